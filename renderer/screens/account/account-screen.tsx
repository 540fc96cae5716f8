/** One account: what it holds, how large it is, what is new, and what is ticked for the next backup. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedAccount } from '../../../shared/app.ts';
import type { AccountOverview } from '../../../shared/overview.ts';
import { Page } from '../../components/page.tsx';
import { useSteady } from '../../lib/use-steady.ts';
import { useApp } from '../../store/app-store.ts';
import { findAccount, findArchive } from '../../store/selectors.ts';
import { goTo } from '../../store/view-store.ts';
import { AccountActions } from './account-actions.tsx';
import { AccountBody } from './account-body.tsx';
import { AccountFacts } from './account-facts.tsx';
import { AccountFoot } from './account-foot.tsx';
import { AccountNotice } from './account-notice.tsx';
import { ConnectionDialog } from './connection-dialog.tsx';
import { sumAmounts, type FolderNode } from './folder-tree.ts';
import { LargestDialog } from './largest-dialog.tsx';
import { removeAccount } from './remove-account.ts';
import { StoppedNotice } from './stopped-notice.tsx';
import { useBackupJob } from './use-backup-job.ts';
import { useFolders } from './use-folders.ts';
import { useOverview } from './use-overview.ts';
import './account.css';
import './account-dialogs.css';
import './size-map.css';

export function AccountScreen({ accountId }: { accountId: string }) {
  const account = useApp((app) => findAccount(app, accountId));
  return account ? <Account account={account} /> : <Page title="">{null}</Page>;
}

function Account({ account }: { account: SavedAccount }) {
  const { t } = useTranslation('account');
  const { id, archiveId } = account;
  const { overview, failure, readAgain, signIn } = useOverview(account);
  const archive = useApp((app) => findArchive(app, archiveId));
  const { job, loaded } = useBackupJob(account);
  const folders = useFolders(id, overview.mailboxes);
  const [dialog, setDialog] = useState<'connection' | 'largest' | null>(null);
  const { ticks, tree } = folders;
  const chosen = useMemo(() => sumAmounts(ticks.ticked), [ticks]);
  const whole = useMemo(() => sumAmounts(tree.all), [tree]);
  // A number that still grows would promise less than is done.
  const isCounting = overview.state === 'reading' && ticks.ticked.some(({ own }) => own.newMessages === null);
  const sentence = useSentence(account, overview);
  const isFirst = archiveId === null || account.lastBackup === null;
  const onOpen = (node: FolderNode) => {
    if (archiveId !== null && archive?.state === 'present' && node.holdsMail) {
      goTo({ screen: 'archive', archiveId, mailbox: node.path });
    } else if (node.children.length > 0) folders.fold(node, !folders.unfolded(node));
  };
  const onReadAgain = useSteady(readAgain);
  const actions = {
    ...{ account, ticks, job, onReadAgain },
    newMessages: isFirst || isCounting ? null : chosen.newMessages,
    canBackUp: ticks.ticked.length > 0,
    onConnection: useSteady(() => setDialog('connection')),
    onRemove: useSteady(() => void removeAccount(account, t)),
  };
  const notice = { accountId: id, overview, failure, onReadAgain, onSignIn: useSteady(signIn) };
  return (
    <Page
      title={account.name}
      sentence={sentence}
      fixed
      actions={<AccountActions {...actions} />}
      below={
        <>
          <div className="account-notice">
            <AccountNotice {...notice} />
            {!job && <StoppedNotice accountId={id} />}
          </div>
          <AccountFacts {...{ account, archive, job, overview, chosen, whole }} />
        </>
      }
      foot={<AccountFoot overview={overview} folders={folders} />}
    >
      <AccountBody
        {...{ account, overview, folders, loaded, onOpen }}
        isAshore={archiveId === null}
        onLargest={() => setDialog('largest')}
      />
      {dialog === 'connection' && (
        <ConnectionDialog
          account={account}
          report={overview.connection}
          serverName={overview.serverName}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'largest' && (
        <LargestDialog account={account} tree={tree} nameOf={folders.nameOf} onClose={() => setDialog(null)} />
      )}
    </Page>
  );
}

/** `katharina@brandt.example · Nordwolke · connected`. */
function useSentence(account: SavedAccount, overview: AccountOverview): string {
  const { t } = useTranslation('account');
  const states = {
    connecting: t('connecting'),
    reading: t('connected'),
    ready: t('connected'),
    offline: t('notConnected'),
    'secret-needed': t('passwordMissing'),
  } as const;
  const provider = account.demo ? t('sampleServer') : (account.provider?.name ?? account.account.endpoint.host);
  return [account.address, provider, states[overview.state]].join(' · ');
}
