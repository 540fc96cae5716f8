/** One job in the list: what, when, how much, how it went, and what can be done. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { JobBrief } from '../../../shared/app.ts';
import type { JobKind } from '../../../shared/job.ts';
import { calls } from '../../bridge.ts';
import { BackUpIcon, MoreIcon, MoveIcon, ProvedIcon, RestoreIcon } from '../../components/icons.tsx';
import { Ring } from '../../components/ring.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { goOnWithJob, noticeFailure } from '../../store/actions.ts';
import { confirm } from '../../store/dialogs.ts';
import { isEnded } from '../../store/selectors.ts';
import { settledCount } from '../job/progress.ts';
import { goTo, showToast } from '../../store/view-store.ts';

const ICONS = {
  backup: BackUpIcon,
  restore: RestoreIcon,
  migrate: MoveIcon,
  verify: ProvedIcon,
} as const satisfies Record<JobKind, unknown>;

function useResult(job: JobBrief): { text: string; tone: 'ok' | 'warn' | 'bad' | '' } {
  const { t } = useTranslation('jobs');
  switch (job.state) {
    case 'running':
      return {
        text: job.doneFraction === null ? t('state.runningUnknown') : t('state.running', { part: job.doneFraction }),
        tone: '',
      };
    case 'complete':
      return { text: t('state.complete'), tone: 'ok' };
    case 'incomplete':
      return { text: t('state.incomplete', { count: job.counts.failed }), tone: 'bad' };
    case 'failed':
      return { text: t('state.failed'), tone: 'bad' };
    case 'stopped':
      return job.resumable ? { text: t('state.stopped'), tone: 'warn' } : { text: t('state.stoppedForGood'), tone: '' };
    case 'pausing':
    case 'paused':
    case 'stopping':
      return { text: t(`state.${job.state}`), tone: job.state === 'paused' ? 'warn' : '' };
  }
}

function RowMenu({ job, name }: { job: JobBrief; name: string }) {
  const { t } = useTranslation('jobs');
  const remove = async () => {
    const isSure = await confirm({ title: t('removeTitle'), text: t('removeText'), confirm: t('remove') });
    if (!isSure) return;
    await calls.jobs.remove({ id: job.id });
    showToast(t('removed'));
  };
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          size="small"
          icon={<MoreIcon />}
          aria-label={t('actionsFor', { name })}
          onClick={(event) => event.stopPropagation()}
        />
      </MenuTrigger>
      <MenuPopover onClick={(event) => event.stopPropagation()}>
        <MenuList>
          <MenuItem onClick={() => void remove().catch(noticeFailure)}>{t('remove')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

export function JobRow({ job }: { job: JobBrief }) {
  const { t } = useTranslation('jobs');
  const format = useFormat();
  const result = useResult(job);
  const name = t(`name.${job.kind}`, { from: job.fromName, to: job.toName });
  const Icon = ICONS[job.kind];
  const settled = settledCount(job.counts);
  const { planned } = job.counts;
  const isWhole = settled === planned || planned === 0;
  const amount = isWhole ? format.countOrDash(planned) : t('ofMessages', { done: settled, total: planned });
  const open = () => goTo({ screen: 'job', jobId: job.id });
  return (
    <tr className="jobs-row" onClick={open}>
      <td>
        <span className="row gap-8">
          {job.state === 'running' ? <Ring fraction={job.doneFraction} /> : <Icon aria-hidden />}
          <button type="button" className="jobs-open ellipsis" title={name} onClick={open}>
            {name}
          </button>
        </span>
      </td>
      <td className="mute num">{format.when(job.startedAt)}</td>
      <td className="right num">{amount}</td>
      <td className="right num">{job.bytes === 0 ? '–' : format.size(job.bytes)}</td>
      <td>
        <span className={result.tone === '' ? 'num' : `tag num ${result.tone}`}>{result.text}</span>
      </td>
      <td className="right">
        <span className="jobs-buttons">
          {isEnded(job) && job.resumable && (
            <Button
              size="small"
              onClick={(event) => {
                event.stopPropagation();
                void goOnWithJob(job.id);
              }}
            >
              {job.state === 'stopped' ? t('goOn') : t('again')}
            </Button>
          )}
          {isEnded(job) && <RowMenu job={job} name={name} />}
        </span>
      </td>
    </tr>
  );
}
