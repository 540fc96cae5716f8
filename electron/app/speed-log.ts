/** How fast a job was over its whole time, in a bounded number of samples: the longer the job, the coarser. */
import type { JobSnapshot } from '../../shared/job.ts';
import type { SpeedSample } from '../../shared/job-request.ts';

const MAX_SAMPLES = 240;
const FIRST_EVERY_MS = 250;

export class SpeedLog {
  #everyMs = FIRST_EVERY_MS;
  #samples: SpeedSample[] = [];

  add(snapshot: JobSnapshot): void {
    const { elapsedMs: atMs, bytesPerSecond, messagesPerSecond, waiting } = snapshot;
    const last = this.#samples.at(-1);
    if (last && atMs - last.atMs < this.#everyMs) return;
    this.#samples.push({ atMs, bytesPerSecond, messagesPerSecond, waiting: waiting !== null });
    if (this.#samples.length <= MAX_SAMPLES) return;
    this.#everyMs *= 2;
    this.#samples = this.#samples.filter((_, i) => i % 2 === 0);
  }

  samples(): SpeedSample[] {
    return [...this.#samples];
  }
}
