/** One client as a process of its own: wall time, CPU time and peak memory, as the kernel counts them. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Measured {
  wallMs: number;
  /** User and system time of the process and the children it has waited for; null where nothing tells. */
  cpuMs: number | null;
  /** Octets resident at the most, of the largest process; null where nothing tells. */
  peakBytes: number | null;
  /** null: ended by a signal, or stopped for the time it took. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface MeasureOptions {
  /** The built raw/timed.c; without it /proc is looked at while the command runs, which is exact to 20 ms. */
  timed?: string | null;
  timeoutMs?: number;
  signal?: AbortSignal;
}

const POLL_MS = 20;
const TICKS_PER_SECOND = 100;
const TIMEOUT_MS = 900_000;
/** Only the end of what a client prints is of use. */
const KEPT_CHARACTERS = 200_000;

export async function measure(
  command: string,
  args: string[],
  env: Record<string, string> = {},
  { timed = null, timeoutMs = TIMEOUT_MS, signal }: MeasureOptions = {},
): Promise<Measured> {
  const what = { env: { ...process.env, ...env }, timeoutMs, signal };
  if (timed === null) return run(command, args, what);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-timed-'));
  try {
    const result = await run(timed, [path.join(folder, 'took'), command, ...args], what);
    return { ...result, ...told(path.join(folder, 'took')) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** NaN and null when there is nothing to read: the wrapper itself was stopped, and the run does not count. */
function told(file: string): Pick<Measured, 'wallMs' | 'cpuMs' | 'peakBytes'> {
  const numbers = (readOrNull(file) ?? '').trim().split(' ').map(Number);
  const [wallUs, userUs, systemUs, peakKilobytes] = numbers;
  if (numbers.length !== 5) return { wallMs: NaN, cpuMs: null, peakBytes: null };
  return { wallMs: wallUs! / 1000, cpuMs: (userUs! + systemUs!) / 1000, peakBytes: peakKilobytes! * 1024 };
}

interface RunOptions {
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

function run(command: string, args: string[], { env, timeoutMs, signal }: RunOptions): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], signal, timeout: timeoutMs });
    let stdout = '';
    let stderr = '';
    let peakBytes: number | null = null;
    let cpuMs: number | null = null;
    const end = (text: string): string => text.slice(-KEPT_CHARACTERS);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout = end(stdout + text)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = end(stderr + text)));
    const look = (): void => {
      const { pid } = child;
      if (pid === undefined) return;
      // Both only ever grow, so the last look before the end is at most one poll short.
      peakBytes = peakOf(pid) ?? peakBytes;
      cpuMs = cpuOf(pid) ?? cpuMs;
    };
    look();
    const timer = setInterval(look, POLL_MS);
    child.on('error', (error) => {
      clearInterval(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ wallMs: performance.now() - started, cpuMs, peakBytes, code, stdout, stderr });
    });
  });
}

function peakOf(pid: number): number | null {
  const found = /^VmHWM:\s+(\d+) kB/m.exec(readOrNull(`/proc/${pid}/status`) ?? '');
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
