import { Page } from '../../components/page.tsx';
import { useApp } from '../../store/app-store.ts';
import { findAccount } from '../../store/selectors.ts';

export function AccountScreen({ accountId }: { accountId: string }) {
  const account = useApp((app) => findAccount(app, accountId));
  return <Page title={account?.name ?? ''}>{null}</Page>;
}
