import os from 'node:os';

/** What the figures of a benchmark were taken on, and whether others were at work there. */
export function machineLine(): string {
  const { model } = os.cpus()[0] ?? { model: 'unknown' };
  const load = os.loadavg()[0]!.toFixed(1);
  return `${model}, ${os.cpus().length} cores, Linux ${os.release()}, Node ${process.versions.node}, load ${load} at the start`;
}
