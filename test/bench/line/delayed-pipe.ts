/** One direction of a distant line: every octet goes on after the same time, in order, and at no more than a given rate. */
import type { Socket } from 'node:net';

export interface LineSpeed {
  /** From one end to the other and back; half of it in each direction. */
  rttMs: number;
  /** In each direction; null: as fast as it comes. */
  bytesPerSecond: number | null;
}

/** On the way at once. Without a rate it must not be what limits: 64 MiB in 20 ms are 3 GB a second. */
const MOST_ON_THE_WAY = 64 * 1024 * 1024;
const LEAST_ON_THE_WAY = 64 * 1024;

interface Chunk {
  dueMs: number;
  /** null: the end. */
  octets: Buffer | null;
}

/** @param onArrival called as octets leave the line, before they are written */
export function delayedPipe(from: Socket, to: Socket, speed: LineSpeed, onArrival: (octets: Buffer) => void): void {
  const delayMs = speed.rttMs / 2;
  const bytesPerMs = speed.bytesPerSecond === null ? Infinity : speed.bytesPerSecond / 1000;
  const room = Number.isFinite(bytesPerMs)
    ? Math.max(LEAST_ON_THE_WAY, bytesPerMs * (speed.rttMs + 50))
    : MOST_ON_THE_WAY;
  let queue: Chunk[] = [];
  let next = 0;
  let onTheWay = 0;
  let sentUntilMs = 0;
  let timer: NodeJS.Timeout | null = null;

  const put = (octets: Buffer | null): void => {
    // The sender needs time to put octets on the line, and then they travel.
    sentUntilMs = Math.max(sentUntilMs, performance.now()) + (octets?.length ?? 0) / bytesPerMs;
    queue.push({ dueMs: sentUntilMs + delayMs, octets });
    onTheWay += octets?.length ?? 0;
    if (onTheWay > room) from.pause();
    arm();
  };

  const arm = (): void => {
    const chunk = queue[next];
    if (timer || !chunk || to.pending || to.writableNeedDrain) return;
    timer = setTimeout(deliver, Math.max(0, Math.ceil(chunk.dueMs - performance.now())));
  };

  const deliver = (): void => {
    timer = null;
    const nowMs = performance.now();
    to.cork();
    for (let chunk = queue[next]; chunk && chunk.dueMs <= nowMs && !to.writableNeedDrain; chunk = queue[next]) {
      next++;
      if (chunk.octets === null) to.end();
      else {
        onTheWay -= chunk.octets.length;
        onArrival(chunk.octets);
        to.write(chunk.octets);
      }
    }
    to.uncork();
    if (next > 1024 || next === queue.length) {
      queue = queue.slice(next);
      next = 0;
    }
    if (onTheWay <= room) from.resume();
    arm();
  };

  let hasEnded = false;
  from.on('data', put);
  from.on('end', () => {
    hasEnded = true;
    put(null);
  });
  // What is on the way still arrives after an end, but not after a break.
  from.on('close', () => !hasEnded && to.destroy());
  to.on('connect', arm).on('drain', arm);
  to.on('close', () => {
    if (timer) clearTimeout(timer);
    queue = [];
    next = 0;
    if (!hasEnded) from.destroy();
  });
}
