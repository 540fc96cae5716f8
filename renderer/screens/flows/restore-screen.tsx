/** From an archive into an account: both ends, then which folder goes where. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../store/app-store.ts';
import { openArchive } from '../../store/actions.ts';
import { findAccount, findArchive, selectAccounts, selectArchives } from '../../store/selectors.ts';
import { goBack, goTo, type Route } from '../../store/view-store.ts';
import { EndChoice, useEnds } from './ends.tsx';
import { EndsPage } from './flow-frame.tsx';
import { Preview } from './preview.tsx';

export function RestoreScreen({ route }: { route: Extract<Route, { screen: 'restore' }> }) {
  const { t } = useTranslation('flows');
  const ends = useEnds();
  const accounts = useApp(selectAccounts);
  const archives = useApp(selectArchives).filter((archive) => archive.state === 'present');
  const [archiveId, setArchiveId] = useState(route.archiveId);
  const [accountId, setAccountId] = useState(route.accountId);
  const wasGiven = route.archiveId !== null && route.accountId !== null;
  const [isPreview, setPreview] = useState(wasGiven);
  const archive = useApp((app) => findArchive(app, archiveId));
  const account = useApp((app) => findAccount(app, accountId));
  if (isPreview && archive && account) {
    return (
      <Preview
        task={{
          kind: 'restore',
          archiveId: archive.id,
          accountId: account.id,
          // Folders and messages are of the archive that the page was opened with.
          only: archive.id === route.archiveId ? (route.mailboxes ?? null) : null,
          messages: archive.id === route.archiveId ? (route.messages ?? null) : null,
        }}
        from={ends.ofArchive(archive)}
        to={ends.ofAccount(account)}
        onBack={() => (wasGiven ? goBack() : setPreview(false))}
      />
    );
  }
  return (
    <EndsPage
      kind="restore"
      from={
        <EndChoice
          title={t('plan.from')}
          ends={archives.map(ends.ofArchive)}
          value={archiveId}
          onValue={setArchiveId}
          none={t('plan.noArchives')}
          add={{ text: t('plan.openArchive'), onClick: () => void openArchive() }}
        />
      }
      to={
        <EndChoice
          title={t('plan.to')}
          ends={accounts.map(ends.ofAccount)}
          value={accountId}
          onValue={setAccountId}
          none={t('plan.noAccounts')}
          add={{
            text: t('plan.addAccount'),
            onClick: () =>
              goTo({
                screen: 'add-account',
                purpose: 'account',
                next: {
                  flow: archiveId === route.archiveId ? route : { screen: 'restore', archiveId, accountId },
                  end: 'accountId',
                },
              }),
          }}
        />
      }
      onNext={archive && account ? () => setPreview(true) : null}
    />
  );
}
