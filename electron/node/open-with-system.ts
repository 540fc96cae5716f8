import { spawn } from 'node:child_process';
import { EngineError } from '../engine/errors.ts';

/** How each system opens a file, a folder or an address. No shell: nothing in the target can be read as a command. */
const OPENERS: Partial<Record<NodeJS.Platform, [file: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Open with the program that the user has chosen for it, and do not wait for that.
 *
 * @param target absolute path or URL; never begins with a dash
 * @throws EngineError 'internal' when this system has no such opener or it refused
 */
export function openWithSystem(target: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  if (target.startsWith('-')) throw new TypeError('An option is no target.');
  const [file, ...args] = OPENERS[platform] ?? ['xdg-open'];
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) =>
      reject(new EngineError('internal', `${target} could not be opened from here. Open it yourself.`, { cause }));
    const child = spawn(file, [...args, target], { stdio: 'ignore', detached: true });
    child.once('error', fail);
    // Some openers stay until the program that they started ends: that is no failure.
    child.once('exit', (code) => (code === 0 ? resolve() : fail()));
    setTimeout(resolve, 3_000).unref();
    child.unref();
  });
}
