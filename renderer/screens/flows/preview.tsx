/** Which folder goes where, and what that would copy: the last page before anything is written. */
import { Button } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calls } from '../../bridge.ts';
import { AgainIcon } from '../../components/icons.tsx';
import { FailureBar, MessageBar } from '../../components/message-bar.tsx';
import { ActionFoot, Page } from '../../components/page.tsx';
import { Ring } from '../../components/ring.tsx';
import { Steps } from '../../components/steps.tsx';
import { useAction } from '../../lib/use-call.ts';
import { withSecret } from '../../store/dialogs.ts';
import { replaceRoute } from '../../store/view-store.ts';
import { chosenPaths, NO_CHOICES, type Choices, type Task } from './choices.ts';
import { ChosenEnds, type End } from './ends.tsx';
import { MessageTargets } from './message-targets.tsx';
import { OptionFields } from './option-fields.tsx';
import { PlanCard } from './plan-card.tsx';
import { PlanTable } from './plan-table.tsx';
import { usePlan, type Plan } from './use-plan.ts';
import './flows.css';

interface PreviewProps {
  task: Task;
  from: End;
  to: End;
  onBack: () => void;
}

export function Preview({ task, from, to, onBack }: PreviewProps) {
  const { t } = useTranslation('flows');
  const [choices, setChoices] = useState<Choices>(NO_CHOICES);
  const dryRun = usePlan(task, choices);
  const { plan } = dryRun;
  const messages = task.kind === 'restore' ? task.messages : null;
  const free = plan?.targetFreeBytes ?? null;
  return (
    <Page
      title={messages ? t('plan.messagesTitle', { count: messages.length }) : t('plan.title')}
      sentence={messages ? t('plan.messagesSentence') : t('plan.sentence')}
      steps={<Steps names={[t('plan.stepEnds'), t('plan.stepFolders'), t(`${task.kind}.step`)]} current={1} />}
      fixed
      foot={<PreviewFoot task={task} dryRun={dryRun} onBack={onBack} />}
    >
      <PreviewBody
        {...{ task, choices, dryRun, from }}
        to={free === null ? to : { ...to, amount: t('plan.free', { bytes: free }) }}
        onChoices={setChoices}
      />
    </Page>
  );
}

interface PreviewBodyProps {
  task: Task;
  from: End;
  to: End;
  choices: Choices;
  dryRun: Plan;
  onChoices: (choices: Choices) => void;
}

function PreviewBody({ task, from, to, choices, dryRun, onChoices }: PreviewBodyProps) {
  const { t } = useTranslation('flows');
  const scroller = useRef<HTMLDivElement>(null);
  const { plan } = dryRun;
  const rename = (source: string, target: string) => {
    const renames = new Map(choices.renames);
    if (target === '') renames.delete(source);
    else renames.set(source, target);
    onChoices({ ...choices, renames });
  };
  const tick = (paths: string[], isTicked: boolean) => {
    const ticks = new Map(choices.ticks);
    for (const path of paths) ticks.set(path, isTicked);
    onChoices({ ...choices, ticks });
  };
  const messages = task.kind === 'restore' ? task.messages : null;
  return (
    <div className="plan-scroller" ref={scroller}>
      <ChosenEnds from={from} to={to} />
      {dryRun.failure && <FailureBar failure={dryRun.failure} onRetry={dryRun.countAgain} />}
      {dryRun.isDeclined && (
        <MessageBar tone="info" title={t('plan.declinedTitle')}>
          <p>{t('plan.declinedText')}</p>
        </MessageBar>
      )}
      <OptionFields choices={choices} onChoices={onChoices} />
      {!plan && dryRun.isCounting && (
        <p className="plan-reading row gap-8 mute" role="status">
          <Ring fraction={null} /> {t('plan.reading')}
        </p>
      )}
      {plan && (
        <div className="plan-columns">
          {messages ? (
            <MessageTargets messages={messages} plan={plan} renames={choices.renames} onRename={rename} />
          ) : plan.pairs.length === 0 ? (
            <p className="mute">{t('plan.noFolders')}</p>
          ) : (
            <PlanTable
              plan={plan}
              chosen={new Set(chosenPaths(plan.pairs, task.only, choices.ticks))}
              renames={choices.renames}
              fromName={from.name}
              toName={to.name}
              scroller={scroller}
              onTick={tick}
              onRename={rename}
            />
          )}
          <PlanCard dryRun={dryRun} toName={to.name} />
        </div>
      )}
    </div>
  );
}

function PreviewFoot({ task, dryRun, onBack }: { task: Task; dryRun: Plan; onBack: () => void }) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const { plan, isFresh, isCounting, request } = dryRun;
  const start = useAction(async () => {
    const job = await withSecret(() => calls.jobs.start(request));
    if (job) replaceRoute({ screen: 'job', jobId: job.id });
  });
  const isEmpty = request.mailboxes !== null && request.mailboxes.length === 0;
  return (
    <>
      {start.failure && (
        <div className="flow-failure">
          <FailureBar failure={start.failure} onRetry={start.run} onDismiss={start.clear} />
        </div>
      )}
      <ActionFoot
        start={
          <>
            <Button appearance="subtle" icon={<AgainIcon />} disabled={isCounting} onClick={dryRun.countAgain}>
              {t('plan.countAgain')}
            </Button>
            {plan && isEmpty && <span className="caption mute">{t('plan.nothingChosen')}</span>}
          </>
        }
        end={
          <>
            <Button onClick={onBack}>{common('back')}</Button>
            <Button
              appearance="primary"
              disabledFocusable={!isFresh || isEmpty || start.busy}
              onClick={() => start.run()}
            >
              {plan && isFresh && plan.toCopy > 0
                ? t(`${task.kind}.start`, { count: plan.toCopy })
                : t(`${task.kind}.startNone`)}
            </Button>
          </>
        }
      />
    </>
  );
}
