/** One client as a process of its own: wall time, CPU time and peak memory, as the kernel counts them. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';

export interface Measured {
  wallMs: number;
  /** User and system time of the process and the children it has waited for; null where /proc does not tell. */
  cpuMs: number | null;
  /** VmHWM in octets; null where /proc does not tell. */
  peakBytes: number | null;
  code: number | null;
  stdout: string;
  stderr: string;
}

const POLL_MS = 20;
const TICKS_PER_SECOND = 100;

export function measure(command: string, args: string[], env: Record<string, string> = {}): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let peakBytes: number | null = null;
    let cpuMs: number | null = null;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout = (stdout + text).slice(-200_000)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-20_000)));
    const look = () => {
      const pid = child.pid;
      if (pid === undefined) return;
      // Both only ever grow, so the last look before the end is at most one poll short.
      peakBytes = peakOf(pid) ?? peakBytes;
      cpuMs = cpuOf(pid) ?? cpuMs;
    };
    const timer = setInterval(look, POLL_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ wallMs: performance.now() - started, cpuMs, peakBytes, code, stdout, stderr });
    });
  });
}

function peakOf(pid: number): number | null {
  const status = readOrNull(`/proc/${pid}/status`);
  const found = status === null ? null : /^VmHWM:\s+(\d+) kB/m.exec(status);
  return found ? Number(found[1]) * 1024 : null;
}

/** proc(5): utime, stime, cutime and cstime are fields 14 to 17; the name in field 2 may hold blanks. */
function cpuOf(pid: number): number | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return (ticks * 1000) / TICKS_PER_SECOND;
}

function readOrNull(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
