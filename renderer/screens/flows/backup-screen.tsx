import { Page } from '../../components/page.tsx';
import { useApp } from '../../store/app-store.ts';
import { findAccount } from '../../store/selectors.ts';
import type { Route } from '../../store/view-store.ts';

export function BackupScreen({ route }: { route: Extract<Route, { screen: 'backup' }> }) {
  const account = useApp((app) => findAccount(app, route.accountId));
  return <Page title={account?.name ?? ''}>{null}</Page>;
}
