/** Which component shows which route. */
import type { Route } from '../store/view-store.ts';
import { AccountScreen } from './account/account-screen.tsx';
import { ArchiveScreen } from './archive/archive-screen.tsx';
import { AddAccountScreen } from './connect/add-account-screen.tsx';
import { EditAccountScreen } from './connect/edit-account-screen.tsx';
import { FirstRunScreen } from './first-run/first-run-screen.tsx';
import { BackupScreen } from './flows/backup-screen.tsx';
import { MigrateScreen } from './flows/migrate-screen.tsx';
import { RestoreScreen } from './flows/restore-screen.tsx';
import { JobScreen } from './job/job-screen.tsx';
import { JobsScreen } from './jobs/jobs-screen.tsx';
import { SearchScreen } from './search/search-screen.tsx';
import { SettingsScreen } from './settings/settings-screen.tsx';

/** Keys make a screen start afresh for another account, archive or job. */
export function showScreen(route: Route) {
  switch (route.screen) {
    case 'welcome':
      return <FirstRunScreen />;
    case 'add-account':
      return <AddAccountScreen key={route.purpose} route={route} />;
    case 'account':
      return <AccountScreen key={route.accountId} accountId={route.accountId} />;
    case 'edit-account':
      return <EditAccountScreen key={route.accountId} accountId={route.accountId} />;
    case 'archive':
      return <ArchiveScreen key={route.archiveId} route={route} />;
    case 'backup':
      return <BackupScreen key={route.accountId} route={route} />;
    case 'restore':
      return <RestoreScreen key={`${route.archiveId}:${route.accountId}`} route={route} />;
    case 'migrate':
      return <MigrateScreen key={route.accountId} route={route} />;
    case 'jobs':
      return <JobsScreen />;
    case 'job':
      return <JobScreen key={route.jobId} jobId={route.jobId} />;
    case 'search':
      return <SearchScreen text={route.text} />;
    case 'settings':
      return <SettingsScreen />;
  }
}
