import type { Clock } from '../ports.ts';

/** How often it is looked whether another lane would help. */
const RAMP_MS = 400;
/** Shares of one processor: as much may we use at the most, and as much has to lie idle on this machine. */
const BUSY_SHARE = 0.3;
const IDLE_SHARE = 0.5;
/** From here on a server is so far away that it is the line that we wait for, whatever else this machine does. */
export const DISTANT_MS = 10;

/**
 * On a slow or distant line more lanes fill it. On a fast one a lane more only competes for the processor (measured on
 * loopback: 4 lanes are 1.3 times slower than one), and so it does while others use all processors: then we seem to
 * wait, but not for the line (measured beside other work: one lane 5.5 s of CPU time and 7.3 of the server's, four 6.1
 * and 9.6). Each takes memory, too.
 */
export class Ramp {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Look for a while, less if the signal ends it.
   *
   * @param roundTripMs asked for at the end; 0: not known
   * @returns whether another lane would help
   */
  async look(signal: AbortSignal, roundTripMs: () => number): Promise<boolean> {
    const clock = this.#clock;
    const read = () => ({ atMs: clock.now(), cpuMs: clock.cpuMs?.() ?? 0, idleMs: clock.idleMs?.() ?? null });
    const before = read();
    await clock.sleep(RAMP_MS, signal).catch(() => undefined);
    const after = read();
    const tookMs = Math.max(1, after.atMs - before.atMs);
    const idleMs = after.idleMs === null ? Infinity : after.idleMs - (before.idleMs ?? 0);
    if ((after.cpuMs - before.cpuMs) / tookMs >= BUSY_SHARE) return false;
    return idleMs / tookMs >= IDLE_SHARE || roundTripMs() >= DISTANT_MS;
  }
}
