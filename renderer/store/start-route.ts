/** Where the window opens: what runs, else the first account, else the first archive, else the three doors. */
import type { AppState } from '../../shared/app.ts';
import { useAppStore } from './app-store.ts';
import { runningJobs } from './selectors.ts';
import { replaceRoute, type Route } from './view-store.ts';

export function firstRoute(app: AppState): Route {
  const running = runningJobs(app)[0];
  if (running) return { screen: 'job', jobId: running.id };
  const account = app.accounts[0];
  if (account) return { screen: 'account', accountId: account.id };
  const archive = app.archives[0];
  if (archive) return { screen: 'archive', archiveId: archive.id };
  return { screen: 'welcome' };
}

/** Once, with the first snapshot. */
export function startRoute(): void {
  const end = useAppStore.subscribe(({ app }) => {
    if (!app) return;
    end();
    replaceRoute(firstRoute(app));
  });
}
