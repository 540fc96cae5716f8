/** What a request must look like before anything is done with it. Pure. */
import type { IncomingMessage } from 'node:http';

export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>;

/** One sentence for whoever sees it; allow: the methods of a 405. */
export interface Refusal {
  status: 400 | 403 | 404 | 405 | 421 | 426 | 500 | 503;
  text: string;
  allow?: string;
}

export interface Accepted {
  /** As the browser wrote it: `127.0.0.1:PORT` or `localhost:PORT`. */
  authority: string;
  /** Raw, without the query; begins with a slash. */
  path: string;
}

/**
 * A web page elsewhere can make a browser ask us, under a name of its own that it points at 127.0.0.1 (DNS rebinding)
 * or under ours: the first shows in Host, the second in Origin.
 */
export function judge(request: Asked, port: number): Accepted | Refusal {
  const authority = onlyHost(request);
  if (authority === null || !ownAuthorities(port).includes(authority)) {
    return { status: 421, text: 'This is not the address of Mailferry. Use the link that it printed.' };
  }
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== `http://${authority}`) return FOREIGN;
  const method = request.method ?? '';
  if (method !== 'GET' && method !== 'HEAD') {
    if (origin === undefined) return FOREIGN;
    return { status: 405, text: 'Only GET and HEAD work here.', allow: 'GET, HEAD' };
  }
  const target = request.url ?? '';
  if (!target.startsWith('/')) return { status: 400, text: 'Only paths of this server can be asked for.' };
  return { authority, path: target.replace(/[?#].*$/s, '') };
}

/** @returns null when the WebSocket may be opened */
export function judgeUpgrade(request: Asked, accepted: Accepted): Refusal | null {
  // Browsers always say where a WebSocket comes from, and same-origin rules do not hold for it.
  if (request.headers.origin !== `http://${accepted.authority}`) return FOREIGN;
  if (request.method !== 'GET' || request.headers.upgrade?.toLowerCase() !== 'websocket')
    return { status: 400, text: 'Only a WebSocket can be opened here.' };
  if (accepted.path !== '/calls' || request.url !== '/calls') return { status: 404, text: 'There is nothing here.' };
  return null;
}

export const isRefusal = (verdict: Accepted | Refusal): verdict is Refusal => 'status' in verdict;

const FOREIGN: Refusal = { status: 403, text: 'Another page may not use Mailferry.' };

const ownAuthorities = (port: number): string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

/** Node keeps the first of several Host lines; more than one is an attempt to be taken for somebody else. */
function onlyHost({ headers, rawHeaders }: Asked): string | null {
  const lines = rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host').length;
  return lines === 1 ? (headers.host ?? null) : null;
}
