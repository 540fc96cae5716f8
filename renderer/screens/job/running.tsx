/** A job under way: how far, how fast, what needs a word. */
import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../shared/job-request.ts';
import { calls } from '../../bridge.ts';
import { GoOnIcon, PauseIcon } from '../../components/icons.tsx';
import { FailureBar, MessageBar } from '../../components/message-bar.tsx';
import { Page, StatusFoot } from '../../components/page.tsx';
import { useAction } from '../../lib/use-call.ts';
import { useFormat } from '../../lib/use-format.ts';
import { confirm } from '../../store/dialogs.ts';
import { ExceptionList } from './exception-list.tsx';
import { FolderProgress } from './folder-progress.tsx';
import { LoadStrip } from './load-strip.tsx';
import { doneFraction, settledCount } from './progress.ts';
import { SpeedLine } from './speed-line.tsx';
import { useWhatHappens } from './use-what-happens.ts';

/** Before that an estimate jumps about. */
const ETA_AFTER_MS = 10_000;

export function Running({ view }: { view: JobView }) {
  const { t } = useTranslation('job');
  const { snapshot, request, fromName, toName } = view;
  const isStill = snapshot.state === 'paused' || snapshot.state === 'pausing';
  const sentence = useWhatHappens(view);
  return (
    <Page
      title={t(`${isStill ? 'paused' : 'running'}.${request.kind}`, { from: fromName, to: toName })}
      sentence={sentence}
      actions={<RunningActions view={view} />}
      foot={
        <StatusFoot
          start={snapshot.connections > 0 ? t('connections', { count: snapshot.connections }) : ''}
          end={t('closeTheLid')}
        />
      }
    >
      {snapshot.waiting && (
        <div className="job-notice">
          <MessageBar tone="info">
            <p>{t('waiting')}</p>
          </MessageBar>
        </div>
      )}
      <Headline view={view} />
      <LoadStrip mailboxes={snapshot.mailboxes} />
      <div className="job-columns">
        <section aria-labelledby="job-folders" data-pane>
          <FolderProgress view={view} />
        </section>
        <section className="stack gap-24" data-pane>
          <SpeedLine view={view} />
          <ExceptionList view={view} />
        </section>
      </div>
    </Page>
  );
}

function Headline({ view: { snapshot } }: { view: JobView }) {
  const { t } = useTranslation('job');
  const format = useFormat();
  const fraction = doneFraction(snapshot);
  const { counts, doneBytes, plannedBytes, etaMs, elapsedMs } = snapshot;
  const amounts = { done: settledCount(counts), total: counts.planned };
  const amount =
    plannedBytes === null
      ? t('amountMessages', amounts)
      : t('amount', { ...amounts, size: format.sizeOf(Math.min(doneBytes, plannedBytes), plannedBytes) });
  return (
    <div className="job-headline">
      <span className="hero-number num">{fraction === null ? '–' : format.percent(fraction)}</span>
      <span className="mute num grow">{counts.planned > 0 ? amount : ''}</span>
      {etaMs !== null && elapsedMs > ETA_AFTER_MS && <span className="strong">{format.timeLeft(etaMs)}</span>}
    </div>
  );
}

function RunningActions({ view: { id, snapshot } }: { view: JobView }) {
  const { t } = useTranslation('job');
  const isStill = snapshot.state === 'paused' || snapshot.state === 'pausing';
  const hold = useAction(() => (isStill ? calls.jobs.resume({ id }) : calls.jobs.pause({ id })));
  const cancel = useAction(async () => {
    const words = { confirm: t('cancelConfirm'), cancel: t('cancelNot') };
    const question = { title: t('cancelTitle'), text: t('cancelText'), ...words };
    if (await confirm(question)) await calls.jobs.cancel({ id });
  });
  const failure = hold.failure ?? cancel.failure;
  return (
    <>
      {failure && <FailureBar failure={failure} onDismiss={() => (hold.clear(), cancel.clear())} />}
      <Button
        icon={isStill ? <GoOnIcon /> : <PauseIcon />}
        appearance={isStill ? 'primary' : undefined}
        disabled={hold.busy || snapshot.state === 'stopping'}
        onClick={() => hold.run()}
      >
        {isStill ? t('goOn') : t('pause')}
      </Button>
      <Button appearance="subtle" disabled={snapshot.state === 'stopping'} onClick={() => cancel.run()}>
        {t('cancel')}
      </Button>
    </>
  );
}
