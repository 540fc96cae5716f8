/** A clock that never waits, and the line that breaks. */
import { EngineError } from '../../../electron/engine/errors.ts';
import type { Clock } from '../../../electron/engine/ports.ts';

/** A clock that never waits; sleeps are recorded. */
export class FakeClock implements Clock {
  ms = 0;
  readonly sleeps: number[] = [];
  now(): number {
    return (this.ms += 1);
  }
  date(): Date {
    return new Date(1_790_000_000_000 + this.ms);
  }
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.ms += ms;
  }
}

export const connectionLost = () =>
  new EngineError('connection-lost', 'The connection to the server was lost.', { scope: 'account', retry: 'now' });
