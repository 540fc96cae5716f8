import { EngineError } from '../errors.ts';
import type { Clock } from '../ports.ts';

/** The user or the job gave up. */
export function cancelled(): EngineError {
  return new EngineError('cancelled', 'Cancelled.');
}

/**
 * Run work under a deadline and a signal. What was begun is told to stop by `stop`, and its late failure is swallowed:
 * the error told is the reason why it was stopped.
 *
 * @param ms      deadline; `restart` gives a new one when a phase ends
 * @param expired the error of a missed deadline, made when it is missed
 * @param stop    must make `work` end soon
 */
export async function underDeadline<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  expired: () => EngineError,
  stop: () => void,
  work: (restart: (ms: number) => void) => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw cancelled();
  let timer = new AbortController();
  let fail: (error: EngineError) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    fail = (error) => {
      reject(error); // before stop(): what stopping makes of `work` must lose the race
      stop();
    };
  });
  stopped.catch(() => undefined);
  const restart = (forMs: number) => {
    timer.abort();
    timer = new AbortController();
    const { signal: mine } = timer;
    clock.sleep(forMs, mine).then(
      () => !mine.aborted && fail(expired()),
      () => undefined,
    );
  };
  const onAbort = () => fail(cancelled());
  signal?.addEventListener('abort', onAbort, { once: true });
  restart(ms);
  const running = work(restart);
  running.catch(() => undefined);
  try {
    return await Promise.race([running, stopped]);
  } finally {
    timer.abort();
    signal?.removeEventListener('abort', onAbort);
  }
}
