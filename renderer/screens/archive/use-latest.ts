/** A load whose last answer stays until the next one is there, so that going through messages does not flicker. */
import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { failureOf } from '../../bridge.ts';

export interface Latest<T> {
  value: T | null;
  failure: Failure | null;
  /** What is shown is of an earlier key. */
  isOld: boolean;
}

/** Keys that are held down go past without a call for each message; the first one, and the last, are not waited for. */
const SETTLE_MS = 120;

export function useLatest<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Latest<T> {
  const [held, setHeld] = useState<{ key: string; value: T | null; failure: Failure | null } | null>(null);
  const changedMs = useRef(-Infinity);
  useEffect(() => {
    const control = new AbortController();
    const isInRow = performance.now() - changedMs.current < SETTLE_MS;
    changedMs.current = performance.now();
    const put = (value: T | null, failure: Failure | null) => {
      if (!control.signal.aborted) setHeld({ key, value, failure });
    };
    const timer = setTimeout(
      () => {
        load(control.signal).then(
          (value) => put(value, null),
          (error: unknown) => put(null, failureOf(error)),
        );
      },
      isInRow ? SETTLE_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      control.abort();
    };
    // The load is told apart by its key: load is a new function at every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return { value: held?.value ?? null, failure: held?.failure ?? null, isOld: held?.key !== key };
}
