/** Runs the command line as a user does: a process of its own, with its exit code and everything it printed. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

export interface CliResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Parsed lines of a --json run; empty otherwise. */
  lines: Record<string, unknown>[];
}

export interface CliOptions {
  env?: Record<string, string>;
  /** Signal to send, once this text has been printed. */
  interruptAfter?: { text: string; signal: NodeJS.Signals };
  timeoutMs?: number;
  /** A program that starts it, with its arguments: `strace …`. */
  under?: string[];
}

export function runCli(args: string[], options: CliOptions = {}): Promise<CliResult> {
  const { env = {}, interruptAfter, timeoutMs = 120_000, under = [] } = options;
  const [program, ...first] = [...under, process.execPath, path.join(ROOT, 'electron/cli.ts')];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args], {
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let interrupted = false;
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const look = () => {
      if (interrupted || !interruptAfter || !stdout.includes(interruptAfter.text)) return;
      interrupted = true;
      child.kill(interruptAfter.signal);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      look();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const lines = args.includes('--json')
        ? stdout
            .split('\n')
            .filter(Boolean)
            .map((l) => JSON.parse(l) as Record<string, unknown>)
        : [];
      resolve({ code, signal, stdout, stderr, lines });
    });
  });
}

/** The last line of a --json run. */
export function summaryOf(result: CliResult): Record<string, unknown> {
  const last = result.lines.at(-1);
  if (last?.['type'] !== 'summary')
    throw new Error(`no summary; stdout: ${result.stdout.slice(-500)} stderr: ${result.stderr}`);
  return last;
}
