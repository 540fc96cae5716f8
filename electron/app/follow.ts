/** Snapshots for watchers: always the newest, never a queue, so a slow window costs nothing. */
import type { Clock } from '../engine/ports.ts';

export class Signal {
  readonly #listeners = new Set<() => void>();

  emit(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export interface Followed<T> {
  read(): T;
  subscribe(listener: () => void): () => void;
  /** Asked before `read`: after a true answer that snapshot is the last. */
  ended?(): boolean;
}

/** @param everyMs the shortest time between two snapshots */
export async function* follow<T>(
  followed: Followed<T>,
  clock: Clock,
  everyMs: number,
  signal?: AbortSignal,
): AsyncGenerator<T, void, void> {
  let dirty = true;
  let wake = (): void => undefined;
  const stir = () => {
    dirty = true;
    wake();
  };
  const unsubscribe = followed.subscribe(stir);
  signal?.addEventListener('abort', stir);
  try {
    while (!signal?.aborted) {
      if (!dirty) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      dirty = false;
      const ended = followed.ended?.() ?? false;
      yield followed.read();
      if (ended) return;
      await clock.sleep(everyMs, signal).catch(() => undefined);
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', stir);
  }
}
