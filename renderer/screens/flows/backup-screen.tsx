/** Before a backup: the first time where to and how; later it starts at once, into the archive that is there. */
import { Button, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownArchive, SavedAccount } from '../../../shared/app.ts';
import { DEFAULT_JOB_OPTIONS } from '../../../shared/job-request.ts';
import { calls } from '../../bridge.ts';
import { Field } from '../../components/field.tsx';
import { FailureBar, MessageBar } from '../../components/message-bar.tsx';
import { ActionFoot, Page } from '../../components/page.tsx';
import { useAction, type Action } from '../../lib/use-call.ts';
import { useApp } from '../../store/app-store.ts';
import { pickFolder, withSecret } from '../../store/dialogs.ts';
import { findAccount, findArchive, selectArchives, selectSettings } from '../../store/selectors.ts';
import { goBack, goTo, replaceRoute, type Route } from '../../store/view-store.ts';
import { newArchiveFolder } from './archive-place.ts';
import './backup.css';

type BackupRoute = Extract<Route, { screen: 'backup' }>;
type Layout = 'mbox' | 'eml';
type Start = Action<[folder: string, layout: Layout | null]>;

export function BackupScreen({ route }: { route: BackupRoute }) {
  const account = useApp((app) => findAccount(app, route.accountId));
  const archive = useApp((app) => findArchive(app, account?.archiveId ?? null));
  const start = useAction(async (folder: string, layout: Layout | null) => {
    const mailboxes = route.mailboxes ?? null;
    const { accountId } = route;
    const job = await withSecret(() =>
      calls.jobs.start({ kind: 'backup', accountId, folder, layout, mailboxes, options: DEFAULT_JOB_OPTIONS }),
    );
    if (job) replaceRoute({ screen: 'job', jobId: job.id });
    else goBack({ screen: 'account', accountId });
  });
  if (!account) return <Page title="">{null}</Page>;
  return archive?.state === 'present' ? (
    <StartNow account={account} archive={archive} start={start} />
  ) : (
    <FirstBackup account={account} missing={archive} route={route} start={start} />
  );
}

function StartNow({ account, archive, start }: { account: SavedAccount; archive: KnownArchive; start: Start }) {
  const { t } = useTranslation('backup');
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    start.run(archive.folder, null);
  }, [start, archive.folder]);
  return (
    <Page title={t('title', { name: account.name })} sentence={start.failure ? undefined : t('starting')}>
      {start.failure && (
        <FailureBar
          failure={start.failure}
          onRetry={() => start.run(archive.folder, null)}
          onDismiss={() => goBack({ screen: 'account', accountId: account.id })}
        />
      )}
    </Page>
  );
}

interface FirstBackupProps {
  account: SavedAccount;
  /** The archive it had, which is not there now. */
  missing: KnownArchive | undefined;
  route: BackupRoute;
  start: Start;
}

function FirstBackup({ account, missing, route, start }: FirstBackupProps) {
  const { t } = useTranslation('backup');
  const { t: common } = useTranslation();
  const archives = useApp(selectArchives);
  const settings = useApp(selectSettings);
  const taken = archives.map((archive) => archive.folder);
  const [folder, setFolder] = useState(() => newArchiveFolder(settings.archivesFolder, account.name, taken));
  const [layout, setLayout] = useState<Layout>('mbox');
  const choose = async () => {
    const chosen = await pickFolder('new-archive', settings.archivesFolder);
    if (chosen !== null) setFolder(newArchiveFolder(chosen, account.name, taken));
  };
  const { mailboxes } = route;
  return (
    <Page
      title={t('title', { name: account.name })}
      sentence={t('sentence')}
      foot={
        <ActionFoot
          end={
            <>
              <Button onClick={() => goBack({ screen: 'account', accountId: account.id })}>{common('cancel')}</Button>
              <Button
                appearance="primary"
                disabled={start.busy || folder.trim() === ''}
                onClick={() => start.run(folder.trim(), layout)}
              >
                {t('start')}
              </Button>
            </>
          }
        />
      }
    >
      <div className="backup-form">
        {start.failure && <FailureBar failure={start.failure} onDismiss={start.clear} />}
        {missing && (
          <MessageBar tone="warning">
            <p>{t('missing', { folder: missing.folder })}</p>
          </MessageBar>
        )}
        <Field label={t('where')} hint={t('whereHint')}>
          {({ id, describedBy }) => (
            <div className="row gap-8">
              <Input
                id={id}
                aria-describedby={describedBy}
                className="grow"
                value={folder}
                spellCheck={false}
                onChange={(_, data) => setFolder(data.value)}
              />
              <Button onClick={() => void choose()}>{common('choose')}</Button>
            </div>
          )}
        </Field>
        <div className="field">
          <p className="field-label">{t('whichFolders')}</p>
          <div className="row gap-12">
            <span>{mailboxes ? t('someFolders', { count: mailboxes.length }) : t('allFolders')}</span>
            <Button size="small" appearance="subtle" onClick={() => goTo({ screen: 'account', accountId: account.id })}>
              {t('changeFolders')}
            </Button>
          </div>
        </div>
        <div className="field">
          <p className="field-label" id="backup-layout">
            {t('layout')}
          </p>
          <RadioGroup
            aria-labelledby="backup-layout"
            value={layout}
            onChange={(_, data) => setLayout(data.value === 'eml' ? 'eml' : 'mbox')}
          >
            <Radio value="mbox" label={<Choice title={t('mbox')} hint={t('mboxHint')} />} />
            <Radio value="eml" label={<Choice title={t('eml')} hint={t('emlHint')} />} />
          </RadioGroup>
        </div>
      </div>
    </Page>
  );
}

function Choice({ title, hint }: { title: string; hint: string }) {
  return (
    <>
      {title}
      <br />
      <span className="caption mute">{hint}</span>
    </>
  );
}
