import { Page } from '../../components/page.tsx';

export function SearchScreen({ text }: { text: string }) {
  return <Page title={text}>{null}</Page>;
}
