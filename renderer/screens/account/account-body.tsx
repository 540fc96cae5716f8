/** The two halves of the screen, table and picture, beside each other or under tabs. */
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedAccount } from '../../../shared/app.ts';
import type { AccountOverview } from '../../../shared/overview.ts';
import { CalmDrawing } from '../../components/drawings.tsx';
import { Empty } from '../../components/empty.tsx';
import { useApp } from '../../store/app-store.ts';
import { selectArchives } from '../../store/selectors.ts';
import { goTo } from '../../store/view-store.ts';
import { FolderPane } from './folder-pane.tsx';
import type { FolderNode } from './folder-tree.ts';
import { MapPane } from './map-pane.tsx';
import { Skeleton } from './skeleton.tsx';
import { Tabs, type BodyTab } from './tabs.tsx';
import { useMedia } from './use-calm.ts';
import type { Folders } from './use-folders.ts';

export interface AccountBodyProps {
  account: SavedAccount;
  overview: AccountOverview;
  folders: Folders;
  isAshore: boolean;
  loaded: ReadonlyMap<string, number> | null;
  onOpen: (node: FolderNode) => void;
  onLargest: () => void;
}

export function AccountBody(props: AccountBodyProps) {
  const { overview, folders } = props;
  const isNarrow = useMedia('(max-width: 1099px)');
  const [tab, setTab] = useState<BodyTab>('folders');
  if (folders.tree.all.length === 0) {
    if (overview.state === 'connecting' || overview.state === 'reading') return <Skeleton isNarrow={isNarrow} />;
    return overview.state === 'ready' ? <NoMail account={props.account} isWithoutFolders /> : null;
  }
  const isEmpty = overview.state === 'ready' && folders.tree.roots.every(({ total }) => total.messages === 0);
  if (isEmpty) return <NoMail account={props.account} />;
  if (!isNarrow) {
    return (
      <div className="account-columns">
        <FolderPane {...props} />
        <MapPane {...props} />
      </div>
    );
  }
  return (
    <div className="account-tabs">
      <Tabs tab={tab} onTab={setTab} />
      {tab === 'folders' ? <FolderPane {...props} /> : <MapPane {...props} isUnderTab />}
    </div>
  );
}

function NoMail({ account, isWithoutFolders = false }: { account: SavedAccount; isWithoutFolders?: boolean }) {
  const { t } = useTranslation('account');
  const archives = useApp(selectArchives);
  const restore = () => goTo({ screen: 'restore', archiveId: account.archiveId, accountId: account.id });
  return (
    <Empty
      drawing={<CalmDrawing />}
      text={isWithoutFolders ? t('noFolders') : t('emptyAccount')}
      action={archives.length > 0 ? <Button onClick={restore}>{t('restoreInto')}</Button> : undefined}
    />
  );
}
