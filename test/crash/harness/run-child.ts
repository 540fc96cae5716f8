import { spawn } from 'node:child_process';
import path from 'node:path';
import { workFolder } from './work-folder.ts';

export interface ChildEnd {
  /** null: it came to its end. */
  signal: NodeJS.Signals | null;
  /** What it said, for the case that it came to an end of another kind. */
  said: string;
}

/** Most of a child's life would be reading TypeScript. Removed with the other work folders. */
let cache: string | null = null;

/**
 * @param nth the durable step at which the child kills itself; Infinity: not by itself
 * @param onStart told of how to kill it from here
 */
export function runChild(
  { name, root, nth, port }: { name: string; root: string; nth: number; port?: number },
  onStart: (kill: () => void) => void = () => undefined,
): Promise<ChildEnd> {
  const args = [path.join(import.meta.dirname, 'child.ts'), name, root, String(nth)];
  if (port !== undefined) args.push(String(port));
  cache ??= workFolder();
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  let said = '';
  child.stderr.on('data', (octets: Buffer) => (said += octets.toString()));
  onStart(() => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => resolve({ signal, said }));
  });
}
