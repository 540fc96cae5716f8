/** A call that streams snapshots, as state of a component. */
import { useEffect, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import { failureOf, watch } from '../bridge.ts';
import { useAppStore } from '../store/app-store.ts';

export interface Stream<T> {
  /** The newest snapshot; null before the first. */
  value: T | null;
  failure: Failure | null;
  ended: boolean;
}

const NOTHING: Stream<never> = { value: null, failure: null, ended: false };

/**
 * Follow a stream while the component is shown, and again after a lost line.
 *
 * @param key   another key is another stream: the old value goes at once
 * @param start calls the contract; the newest one given is used when key changes
 */
export function useStream<T>(key: string, start: (signal: AbortSignal) => Promise<AsyncIterable<T>>): Stream<T> {
  const line = useAppStore((store) => store.line);
  const [held, setHeld] = useState<{ key: string; stream: Stream<T> }>({ key, stream: NOTHING });
  useEffect(() => {
    if (line !== 'open') return;
    const control = new AbortController();
    const put = (change: (stream: Stream<T>) => Stream<T>) => {
      if (control.signal.aborted) return;
      setHeld((now) => ({ key, stream: change(now.key === key ? now.stream : NOTHING) }));
    };
    watch(start, (value) => put(() => ({ value, failure: null, ended: false })), control.signal).then(
      () => put((stream) => ({ ...stream, ended: true })),
      (error: unknown) => {
        const failure = failureOf(error);
        // The next line brings the stream again, and what was seen last stays until then.
        if (failure.code !== 'cut-off') put((stream) => ({ ...stream, failure, ended: true }));
      },
    );
    return () => control.abort();
    // The stream is told apart by its key: start is a new function at every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, line]);
  return held.key === key ? held.stream : NOTHING;
}
