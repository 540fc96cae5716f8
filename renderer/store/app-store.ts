/** What the engine said last: whole snapshots, each replacing the one before. */
import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { AppState } from '../../shared/app.ts';
import { calls, onLine, watch, type LineState } from '../bridge.ts';
import type { Language } from '../lib/format.ts';
import { interruptedJobs } from './selectors.ts';

interface AppStore {
  /** null until the first snapshot. */
  app: AppState | null;
  line: LineState;
  /** Jobs that were running when the line was lost and are stopped now. */
  interrupted: string[];
}

export const useAppStore = create<AppStore>(() => ({ app: null, line: 'connecting', interrupted: [] }));

function takeSnapshot(app: AppState): void {
  const before = useAppStore.getState();
  const interrupted = before.line === 'lost' ? interruptedJobs(before.app, app) : before.interrupted;
  useAppStore.setState({ app, line: 'open', interrupted });
}

/** Keep following the app's state over every loss of the line. Called once. */
export function followApp(): void {
  let current: AbortController | null = null;
  onLine((line) => {
    if (line !== 'open') return useAppStore.setState({ line });
    current?.abort();
    current = new AbortController();
    // The line's own loss is told by onLine; a stream that breaks with it needs no second word.
    watch((signal) => calls.app.watch(undefined, { signal }), takeSnapshot, current.signal).catch(() => undefined);
  });
}

export function forgetInterrupted(): void {
  useAppStore.setState({ interrupted: [] });
}

/** The snapshot; only below App, which shows nothing else until there is one. */
export function appNow(): AppState {
  const { app } = useAppStore.getState();
  if (!app) throw new Error('The app state is not there yet');
  return app;
}

/** One narrow slice of the snapshot, compared shallowly. @param select defined at module level where it can be */
export function useApp<T>(select: (app: AppState) => T): T {
  return useAppStore(
    useShallow((store) => {
      if (!store.app) throw new Error('The app state is not there yet');
      return select(store.app);
    }),
  );
}

/** The language that is shown: the chosen one, or the system's. */
export function languageOf(app: AppState | null): Language {
  const wish = app?.settings.language ?? 'system';
  if (wish !== 'system') return wish;
  const system = app?.systemLanguage ?? navigator.language;
  return system.toLowerCase().startsWith('de') ? 'de' : 'en';
}

export function useLanguage(): Language {
  return useAppStore((store) => languageOf(store.app));
}
