/** Four facts of the account: last backup, what the archive has, what is new, and the room at the provider. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobBrief, KnownArchive, SavedAccount } from '../../../shared/app.ts';
import type { AccountOverview } from '../../../shared/overview.ts';
import { Bar } from '../../components/bar.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { useFormat } from '../../lib/use-format.ts';
import type { Amounts } from './folder-tree.ts';

interface AccountFactsProps {
  account: SavedAccount;
  archive: KnownArchive | undefined;
  job: JobBrief | undefined;
  overview: AccountOverview;
  /** Of the ticked folders. */
  chosen: Amounts;
  /** Of all folders. */
  whole: Amounts;
}

export const AccountFacts = memo(function AccountFacts(props: AccountFactsProps) {
  return (
    <Facts>
      <LastBackup {...props} />
      <InArchive {...props} />
      <NewSince {...props} />
      <Space {...props} />
    </Facts>
  );
});

function LastBackup({ account, job }: AccountFactsProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { lastBackup } = account;
  if (job) {
    const { doneFraction } = job;
    return (
      <Fact
        label={t('lastBackup')}
        value={job.state === 'paused' ? t('paused') : t('running')}
        note={doneFraction === null ? undefined : format.percent(doneFraction)}
        extra={doneFraction === null ? undefined : <Bar className="account-space" fraction={doneFraction} width={72} />}
      />
    );
  }
  if (!lastBackup) return <Fact label={t('lastBackup')} value={t('notYet')} />;
  const notes = {
    complete: t('complete'),
    incomplete: <span className="danger">{t('failedMessages', { count: lastBackup.failed })}</span>,
    failed: <span className="danger">{t('failed')}</span>,
  } as const;
  const { state, endedAt } = lastBackup;
  const note = state === 'complete' || state === 'incomplete' || state === 'failed' ? notes[state] : t('stopped');
  return <Fact label={t('lastBackup')} value={format.when(endedAt)} note={note} title={format.long(endedAt)} />;
}

function InArchive({ archive }: AccountFactsProps) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const format = useFormat();
  if (!archive) return <Fact label={t('inArchive')} value={null} />;
  const notes = { present: null, missing: t('archiveMissing'), damaged: t('archiveDamaged') } as const;
  const bad = notes[archive.state];
  return (
    <Fact
      label={t('inArchive')}
      value={format.size(archive.sizeBytes)}
      note={bad === null ? common('messages', { count: archive.messages }) : <span className="danger">{bad}</span>}
      title={format.exactSize(archive.sizeBytes)}
    />
  );
}

function NewSince({ account, chosen }: AccountFactsProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const isFirst = account.archiveId === null;
  const count = isFirst ? chosen.messages : chosen.newMessages;
  const bytes = isFirst ? chosen.sizeBytes : chosen.newBytes;
  return (
    <Fact
      label={isFirst ? t('toBackUp') : t('newSince')}
      value={count === null ? null : format.count(count)}
      note={bytes === null || count === 0 ? undefined : format.size(bytes)}
      title={bytes === null ? undefined : format.exactSize(bytes)}
    />
  );
}

function Space({ overview, whole }: AccountFactsProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const quota = overview.quota.find(({ resource, limit }) => resource === 'storage' && limit > 0);
  if (!quota) {
    const { sizeBytes } = whole;
    return <Fact label={t('space')} value={sizeBytes === null ? null : format.size(sizeBytes)} />;
  }
  return (
    <Fact
      label={t('space')}
      value={format.size(quota.used)}
      note={t('spaceOf', { bytes: quota.limit })}
      extra={<Bar className="quota account-space" fraction={quota.used / quota.limit} width={96} />}
      title={`${format.exactSize(quota.used)} / ${format.exactSize(quota.limit)}`}
    />
  );
}
