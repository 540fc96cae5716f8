/** How a job ended, to read, save and print. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../shared/job-request.ts';
import { calls } from '../../bridge.ts';
import { PrintIcon, SaveIcon } from '../../components/icons.tsx';
import { FailureBar } from '../../components/message-bar.tsx';
import { Page } from '../../components/page.tsx';
import { useAction } from '../../lib/use-call.ts';
import { useFormat } from '../../lib/use-format.ts';
import { saveUrl } from '../../lib/save-url.ts';
import { useApp } from '../../store/app-store.ts';
import { useCommand } from '../../store/commands.ts';
import { withSecret } from '../../store/dialogs.ts';
import { findAccount, findArchive } from '../../store/selectors.ts';
import { goTo, replaceRoute, showToast } from '../../store/view-store.ts';
import { ExceptionTable, ExceptionText } from './exception-list.tsx';
import { Ledger } from './ledger.tsx';
import { endOf } from './progress.ts';
import { Proof } from './proof.tsx';
import { ReportTable } from './report-table.tsx';

export function Report({ view }: { view: JobView }) {
  const { t } = useTranslation('job');
  const format = useFormat();
  const { snapshot, request, fromName, toName, startedAt, endedAt } = view;
  const end = endOf(view)!;
  const failed = view.exceptions.filter((e) => e.outcome === 'failed');
  const title = t(`${end}.${request.kind}`, { from: fromName, to: toName, count: snapshot.counts.failed });
  const span = t('span', { start: format.long(startedAt), end: format.time(endedAt ?? startedAt) });
  const sentence = end === 'stopped' ? t('stoppedText') : span;
  return (
    <Page title={title} sentence={sentence} actions={<ReportActions view={view} />} readable>
      <div className="stack gap-16 job-report">
        {snapshot.failure && <FailureBar failure={snapshot.failure} />}
        <Ledger counts={snapshot.counts} isVerify={request.kind === 'verify'} />
        {end !== 'failed' && <Proof view={view} />}
        <div className="job-report-columns">
          <ReportTable mailboxes={snapshot.mailboxes} isVerify={request.kind === 'verify'} />
          <aside className="stack gap-16">
            {failed.length > 0 && (
              <section>
                <h2 className="section">{t('failedOnes', { count: failed.length })}</h2>
                <ul className="job-failed">
                  {failed.slice(0, 20).map((exception, i) => (
                    <li key={i}>
                      <ExceptionText exception={exception} />
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {request.kind !== 'verify' && <WhatWordsMean />}
          </aside>
        </div>
        {view.exceptions.length > 0 && (
          <section>
            <h2 className="section">{t('allExceptions')}</h2>
            <ExceptionTable exceptions={view.exceptions} />
          </section>
        )}
      </div>
    </Page>
  );
}

/** Of the sum above; a verification has none of them. */
function WhatWordsMean() {
  const { t } = useTranslation('job');
  return (
    <section className="caption mute stack gap-4">
      <h2 className="section">{t('wordsTitle')}</h2>
      <p>{t('wordsDuplicate')}</p>
      <p>{t('wordsSkipped')}</p>
      <p>{t('wordsVanished')}</p>
    </section>
  );
}

function ReportActions({ view }: { view: JobView }) {
  const { t } = useTranslation('job');
  const format = useFormat();
  const { id, resumable, snapshot, endedAt } = view;
  const save = useAction(async (kind: 'html' | 'csv') => {
    const { saved, url } = await calls.jobs.saveReport({ id, format: kind, language: format.language });
    if (url !== null) saveUrl(url);
    if (saved !== null) showToast(t('savedTo', { file: saved }));
  });
  const again = useAction(async () => {
    const next = await withSecret(() => calls.jobs.again({ id }));
    if (next) replaceRoute({ screen: 'job', jobId: next.id });
  });
  const hasReport = endedAt !== null && snapshot.phase === 'finished';
  useCommand('print', () => window.print());
  useCommand('save', hasReport ? () => save.run('html') : null);
  const retries = view.exceptions.filter((e) => e.canRetry).length;
  const failure = save.failure ?? again.failure;
  return (
    <>
      {failure && <FailureBar failure={failure} onDismiss={() => (save.clear(), again.clear())} />}
      <Button appearance="subtle" icon={<PrintIcon />} onClick={() => window.print()}>
        {t('print')}
      </Button>
      {hasReport && (
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button icon={<SaveIcon />}>{t('saveReport')}</Button>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              <MenuItem onClick={() => save.run('html')}>{t('saveHtml')}</MenuItem>
              <MenuItem onClick={() => save.run('csv')}>{t('saveCsv')}</MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
      {resumable ? (
        <Button appearance="primary" disabled={again.busy} onClick={() => again.run()}>
          {retries > 0 && snapshot.state === 'incomplete' ? t('againCount', { count: retries }) : t('goOn')}
        </Button>
      ) : (
        <OpenButton view={view} />
      )}
    </>
  );
}

/** Where the mail is now. */
function OpenButton({ view: { request, id } }: { view: JobView }) {
  const { t } = useTranslation('job');
  const archiveId = useApp((app) => {
    const brief = app.jobs.find((job) => job.id === id);
    return findArchive(app, brief?.archiveId ?? null)?.id ?? null;
  });
  const targetId = request.kind === 'migrate' ? request.targetId : 'accountId' in request ? request.accountId : null;
  const account = useApp((app) => findAccount(app, targetId)?.id ?? null);
  if ((request.kind === 'backup' || request.kind === 'verify') && archiveId !== null) {
    return (
      <Button appearance="primary" onClick={() => goTo({ screen: 'archive', archiveId })}>
        {t('openArchive')}
      </Button>
    );
  }
  if (account === null) return null;
  return (
    <Button appearance="primary" onClick={() => goTo({ screen: 'account', accountId: account })}>
      {t('openAccount')}
    </Button>
  );
}
