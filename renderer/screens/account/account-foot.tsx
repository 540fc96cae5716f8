/** Since when the folders are known, and what is left out. */
import { useTranslation } from 'react-i18next';
import type { AccountOverview } from '../../../shared/overview.ts';
import { StatusFoot } from '../../components/page.tsx';
import { useFormat } from '../../lib/use-format.ts';
import type { Folders } from './use-folders.ts';
import { useEvery } from './use-calm.ts';

interface AccountFootProps {
  overview: AccountOverview;
  folders: Folders;
}

export function AccountFoot({ overview, folders }: AccountFootProps) {
  return <StatusFoot start={<Known overview={overview} folders={folders} />} end={<LeftOut folders={folders} />} />;
}

function Known({ overview: { state, readAt }, folders }: AccountFootProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  useEvery(20_000);
  const holding = folders.tree.all.filter(({ holdsMail }) => holdsMail);
  if (state === 'reading' && holding.length > 0) {
    const done = holding.filter(({ own }) => own.sizeBytes !== null).length;
    return t('reading', { done, count: holding.length });
  }
  if (state === 'reading' || (state === 'connecting' && readAt === null)) return t('readingFolders');
  return readAt === null ? t('notRead') : t('readAt', { ago: format.ago(readAt) });
}

function LeftOut({ folders: { ticks, nameOf, tree } }: { folders: Folders }) {
  const { t } = useTranslation('account');
  if (tree.all.length === 0 || ticks.leftOut.length === 0) return null;
  // Whole parts of the tree are named once, by their top.
  const tops = ticks.leftOut.filter(({ parent }) => !parent || ticks.of.get(parent.path) !== 'none');
  const [one, other] = tops.map(nameOf);
  if (tops.length === 1) return t('leftOutOne', { name: one });
  if (tops.length === 2) return t('leftOutTwo', { one, other });
  return t('leftOutMany', { count: ticks.leftOut.length });
}
