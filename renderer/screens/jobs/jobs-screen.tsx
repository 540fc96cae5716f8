import { Page } from '../../components/page.tsx';

export function JobsScreen() {
  return <Page title={''}>{null}</Page>;
}
