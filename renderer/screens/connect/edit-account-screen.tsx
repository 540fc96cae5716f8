import { Page } from '../../components/page.tsx';

export function EditAccountScreen({ accountId }: { accountId: string }) {
  return <Page title={accountId}>{null}</Page>;
}
