/** The built page: files of one folder and nothing beside them. */
import fs from 'node:fs';
import path from 'node:path';
import { HASHED_ASSET, pagePolicy, type Headers } from './headers.ts';

export interface StaticFile {
  file: string;
  sizeBytes: number;
  headers: Headers;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Names that the build makes: no percent sign, no backslash, no name that begins with a dot. So no way up. */
const PLAIN_PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/**
 * @param requestPath raw, as in the request line
 * @returns null: there is no such file
 */
export function findStaticFile(folder: string, requestPath: string, authority: string): StaticFile | null {
  const name = requestPath === '/' ? '/index.html' : requestPath;
  const type = TYPES[path.posix.extname(name)];
  if (!PLAIN_PATH.test(name) || type === undefined) return null;
  const file = path.join(folder, name);
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  // A link could lead out of the folder, and the build makes none.
  if (!stat?.isFile()) return null;
  return { file, sizeBytes: stat.size, headers: { 'content-type': type, ...special(name, authority) } };
}

function special(name: string, authority: string): Headers {
  if (name.endsWith('.html')) return { 'content-security-policy': pagePolicy(authority) };
  return name.startsWith('/assets/') ? HASHED_ASSET : {};
}

/**
 * Beside the bundle, or in out/ when run from the sources.
 *
 * @returns null when the page has not been built
 */
export function findRendererFolder(here: string): string | null {
  const places = ['renderer', '../renderer', '../out/renderer', '../../out/renderer'];
  return places.map((place) => path.resolve(here, place)).find(isBuilt) ?? null;
}

const isBuilt = (folder: string): boolean =>
  fs.existsSync(path.join(folder, 'index.html')) && fs.existsSync(path.join(folder, 'assets'));
