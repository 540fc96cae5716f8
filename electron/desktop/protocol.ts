/** app://mailferry/ is the built page, app://mail/… what the engine offers of mail. There is no file:// anywhere. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { MAIL_ORIGIN } from './origins.ts';

/** The hash is that of the empty string: Fluent's styles start as an empty style element and are filled by script. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${EMPTY_STYLE}`,
  "font-src 'self'",
  "img-src 'self' data:",
  `frame-src ${MAIL_ORIGIN}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** On every answer, whatever made it. */
const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-dns-prefetch-control': 'off',
  'cross-origin-opener-policy': 'same-origin',
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Before the app is ready, once. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/**
 * @param folder  of the built page
 * @param content asks the engine for what stands behind app://mail/<path>
 */
export function serveApp(session: Session, folder: string, content: (path: string) => Promise<Response>): void {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    if (request.method !== 'GET') return plain(405, {});
    if (url.host === 'mailferry') return pageFile(folder, url.pathname);
    if (url.host === 'mail') return mailAnswer(await content(url.pathname.slice(1)));
    return plain(404, {});
  });
}

async function pageFile(folder: string, pathname: string): Promise<Response> {
  const headers = { 'content-security-policy': PAGE_POLICY };
  const file = fileBelow(folder, pathname === '/' ? '/index.html' : pathname);
  const type = file && TYPES[extname(file)];
  if (!file || !type) return plain(404, headers);
  try {
    const body = await readFile(file);
    return new Response(body, { headers: { ...COMMON_HEADERS, ...headers, 'content-type': type } });
  } catch {
    return plain(404, headers);
  }
}

/** @returns null for a path that leads out of the folder, however it is written */
export function fileBelow(folder: string, pathname: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = normalize(join(folder, path));
  return file.startsWith(normalize(folder) + sep) ? file : null;
}

/** What the engine says stands; what it leaves out is the strictest. */
function mailAnswer(answer: Response): Response {
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(COMMON_HEADERS)) headers.set(name, value);
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', "sandbox; default-src 'none'");
  headers.set('cache-control', 'no-store');
  return new Response(answer.body, { status: answer.status, headers });
}

function plain(status: number, headers: Record<string, string>): Response {
  return new Response(null, { status, headers: { ...COMMON_HEADERS, ...headers } });
}
