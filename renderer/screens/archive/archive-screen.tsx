import { Page } from '../../components/page.tsx';
import { useApp } from '../../store/app-store.ts';
import { findArchive } from '../../store/selectors.ts';
import type { Route } from '../../store/view-store.ts';

export function ArchiveScreen({ route }: { route: Extract<Route, { screen: 'archive' }> }) {
  const archive = useApp((app) => findArchive(app, route.archiveId));
  return <Page title={archive?.name ?? ''}>{null}</Page>;
}
