/** Calls as state of a component: one to load something, one for a button. */
import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import { failureOf } from '../bridge.ts';

export interface Loaded<T> {
  value: T | null;
  failure: Failure | null;
}

const NOTHING: Loaded<never> = { value: null, failure: null };

/** Load when the key changes; null loads nothing. The old value goes at once with its key. */
export function useLoad<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [held, setHeld] = useState<{ key: string | null; loaded: Loaded<T> }>({ key: null, loaded: NOTHING });
  useEffect(() => {
    if (key === null) return;
    const control = new AbortController();
    const put = (loaded: Loaded<T>) => {
      if (!control.signal.aborted) setHeld({ key, loaded });
    };
    load(control.signal).then(
      (value) => put({ value, failure: null }),
      (error: unknown) => put({ value: null, failure: failureOf(error) }),
    );
    return () => control.abort();
    // The load is told apart by its key: load is a new function at every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return held.key === key ? held.loaded : NOTHING;
}

export interface Action<A extends unknown[]> {
  run: (...args: A) => void;
  busy: boolean;
  failure: Failure | null;
  clear: () => void;
}

/** For a button: runs once at a time and keeps how it failed. */
export function useAction<A extends unknown[]>(act: (...args: A) => Promise<unknown>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = (...args: A) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    act(...args)
      .catch((error: unknown) => setFailure(failureOf(error)))
      .finally(() => setBusy(false));
  };
  const clear = useCallback(() => setFailure(null), []);
  return { run, busy, failure, clear };
}
