/** The places: accounts and archives with the one fact that matters, then jobs and settings. */
import { Tooltip } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobKind } from '../../shared/job.ts';
import type { KnownArchive, SavedAccount } from '../../shared/app.ts';
import { initials } from '../lib/names.ts';
import { useFormat } from '../lib/use-format.ts';
import { openArchive } from '../store/actions.ts';
import { useApp } from '../store/app-store.ts';
import {
  isEnded,
  runningFraction,
  runningJobOfAccount,
  runningJobs,
  selectAccounts,
  selectArchives,
} from '../store/selectors.ts';
import { goTo, selectRoute, useView, type Route } from '../store/view-store.ts';
import { AddIcon, ArchiveIcon, FolderIcon, JobsIcon, SettingsIcon } from './icons.tsx';
import { Ring } from './ring.tsx';

interface EntryProps {
  icon: ReactNode;
  name: string;
  fact?: string;
  isHere: boolean;
  isSlim: boolean;
  onOpen: () => void;
}

function Entry({ icon, name, fact, isHere, isSlim, onOpen }: EntryProps) {
  const button = (
    <button
      type="button"
      className={fact === undefined ? 'rail-entry' : 'rail-entry two'}
      aria-current={isHere ? 'page' : undefined}
      aria-label={isSlim ? name : undefined}
      onClick={onOpen}
    >
      <span className="icon">{icon}</span>
      {!isSlim && (
        <span className="text ellipsis">
          <span className="name ellipsis">{name}</span>
          {fact !== undefined && <small className="ellipsis num">{fact}</small>}
        </span>
      )}
    </button>
  );
  if (!isSlim) return button;
  return (
    <Tooltip content={fact === undefined ? name : `${name}, ${fact}`} relationship="description" positioning="after">
      {button}
    </Tooltip>
  );
}

const RUNNING_WORDS = {
  backup: 'beingBackedUp',
  restore: 'beingRestored',
  migrate: 'beingMoved',
  verify: 'beingVerified',
} as const satisfies Record<JobKind, string>;

function useAccountFact(account: SavedAccount): string {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const job = useApp((app) => runningJobOfAccount(app, account.id));
  if (job) return job.state === 'paused' ? t('paused') : t(RUNNING_WORDS[job.kind]);
  const last = account.lastBackup;
  if (account.demo && !last) return t('sampleMail');
  if (!last) return t('notBackedUp');
  if (last.state === 'failed') return t('backupFailed');
  if (last.state === 'stopped') return t('backupStopped');
  if (last.failed > 0) return t('backedUpFailed', { count: last.failed });
  // Inside a sentence English writes "today" small, and the comma goes.
  const when = format.when(last.endedAt).replace(',', '');
  return t('backedUp', { when: format.language === 'en' ? when.replace('Today', 'today') : when });
}

function isAtAccount(route: Route, id: string): boolean {
  return 'accountId' in route && route.accountId === id && route.screen !== 'restore';
}

function AccountEntry({ account, isSlim }: { account: SavedAccount; isSlim: boolean }) {
  const route = useView(selectRoute);
  const fact = useAccountFact(account);
  const job = useApp((app) => runningJobOfAccount(app, account.id));
  const isHere = isAtAccount(route, account.id) || (route.screen === 'job' && job?.id === route.jobId);
  return (
    <Entry
      icon={<span className="avatar" data-initials={initials(account.name)} />}
      name={account.name}
      fact={fact}
      isHere={isHere}
      isSlim={isSlim}
      onOpen={() => goTo({ screen: 'account', accountId: account.id })}
    />
  );
}

function ArchiveEntry({ archive, isSlim }: { archive: KnownArchive; isSlim: boolean }) {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const route = useView(selectRoute);
  const states = { present: format.size(archive.sizeBytes), missing: t('diskMissing'), damaged: t('damaged') };
  return (
    <Entry
      icon={
        isSlim ? <span className="avatar square" data-initials={initials(archive.name)} /> : <ArchiveIcon aria-hidden />
      }
      name={archive.name}
      fact={states[archive.state]}
      isHere={route.screen === 'archive' && route.archiveId === archive.id}
      isSlim={isSlim}
      onOpen={() => goTo({ screen: 'archive', archiveId: archive.id })}
    />
  );
}

function RailFoot({ isSlim }: { isSlim: boolean }) {
  const { t } = useTranslation('shell');
  const route = useView(selectRoute);
  const running = useApp(runningJobs).filter((job) => job.state === 'running').length;
  const fraction = useApp(runningFraction);
  const ended = useApp(
    (app) => route.screen === 'job' && app.jobs.some((job) => job.id === route.jobId && isEnded(job)),
  );
  return (
    <div className="rail-foot">
      <Entry
        icon={running > 0 ? <Ring fraction={fraction} /> : <JobsIcon aria-hidden />}
        name={t('jobs')}
        isHere={route.screen === 'jobs' || ended}
        isSlim={isSlim}
        onOpen={() => goTo({ screen: 'jobs' })}
      />
      {running > 0 && <span className="sr-only">{t('jobsRunning', { count: running })}</span>}
      <Entry
        icon={<SettingsIcon aria-hidden />}
        name={t('settings')}
        isHere={route.screen === 'settings'}
        isSlim={isSlim}
        onOpen={() => goTo({ screen: 'settings' })}
      />
    </div>
  );
}

export function Rail({ isSlim }: { isSlim: boolean }) {
  const { t } = useTranslation('shell');
  const accounts = useApp(selectAccounts);
  const archives = useApp(selectArchives);
  const screen = useView((view) => view.route.screen);
  return (
    <nav className="rail" aria-label={t('navigation')} data-pane>
      <div className="rail-places">
        {!isSlim && <h2>{t('accounts')}</h2>}
        {accounts.map((account) => (
          <AccountEntry key={account.id} account={account} isSlim={isSlim} />
        ))}
        <Entry
          icon={<AddIcon aria-hidden />}
          name={t('addAccount')}
          isHere={screen === 'add-account'}
          isSlim={isSlim}
          onOpen={() => goTo({ screen: 'add-account', purpose: 'account' })}
        />
        {isSlim ? <div className="rail-divider" /> : <h2>{t('archives')}</h2>}
        {archives.map((archive) => (
          <ArchiveEntry key={archive.id} archive={archive} isSlim={isSlim} />
        ))}
        <Entry
          icon={<FolderIcon aria-hidden />}
          name={t('openArchive')}
          isHere={false}
          isSlim={isSlim}
          onOpen={() => void openArchive()}
        />
      </div>
      <RailFoot isSlim={isSlim} />
    </nav>
  );
}
