import { Page } from '../../components/page.tsx';

export function AddAccountScreen({ purpose }: { purpose: string }) {
  return <Page title={purpose}>{null}</Page>;
}
