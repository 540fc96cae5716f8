import fs from 'node:fs';
import { EngineError } from '../errors.ts';

/**
 * The program of a worker thread. In a build it is an entry of its own at the top (vite.config.ts), and the module that
 * asks is there too or in chunks/.
 *
 * @param from `import.meta.url` of a module in the worker's own folder
 * @throws EngineError 'internal' when it is missing
 */
export function workerFile(name: string, from: string): URL {
  const candidates = [`./${name}.ts`, `./${name}.js`, `../${name}.js`];
  const found = candidates.map((candidate) => new URL(candidate, from)).find((url) => fs.existsSync(url));
  if (found) return found;
  throw new EngineError('internal', `A part of Mailferry is missing: ${name}.js. Install it again.`);
}
