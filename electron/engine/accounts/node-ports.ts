/** The search for settings on a real network: DNS, https and IMAP greetings, all bounded in size and time. */
import { promises as dns } from 'node:dns';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import type { Answer, DiscoveryPorts } from './ports.ts';

const DNS_MS = 2_500;
const PROBE_MS = 5_000;
const MAX_TEXT_BYTES = 256 * 1024;
const MAX_GREETING_BYTES = 8 * 1024;
const MAX_REDIRECTS = 3;

export const networkPorts: DiscoveryPorts = {
  resolveSrv: (name, signal) => withResolver(signal, (resolver) => resolver.resolveSrv(name)),
  resolveMx: (domain, signal) => withResolver(signal, (resolver) => resolver.resolveMx(domain)),
  fetchText: fetchHttps,
  probe: probeImap,
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

async function withResolver<T>(signal: AbortSignal, ask: (resolver: dns.Resolver) => Promise<T>): Promise<T> {
  const resolver = new dns.Resolver({ timeout: DNS_MS, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await ask(resolver);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** @returns null for anything but a text over https all the way */
export async function fetchHttps(url: string, signal: AbortSignal): Promise<string | null> {
  let next = new URL(url);
  for (let hops = 0; hops <= MAX_REDIRECTS && next.protocol === 'https:'; hops++) {
    const response = await fetch(next, { signal, redirect: 'manual', credentials: 'omit', cache: 'no-store' });
    if (response.ok) return boundedText(response);
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return null;
    next = new URL(location, next);
  }
  return null;
}

async function boundedText(response: Response): Promise<string | null> {
  if (!response.body) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_TEXT_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Is there an IMAP server? Over TLS nothing is sent at all; without, at most a CAPABILITY, to see whether it can go on
 * with STARTTLS (RFC 9051 §6.1.1).
 */
export async function probeImap(
  host: string,
  port: number,
  security: 'tls' | 'starttls',
  signal: AbortSignal,
): Promise<Answer | null> {
  const servername = net.isIP(host) === 0 ? host : undefined;
  const socket =
    security === 'tls'
      ? tls.connect({ host, port, ...(servername ? { servername } : {}), rejectUnauthorized: false })
      : net.connect({ host, port });
  const stop = () => socket.destroy();
  const timer = setTimeout(stop, PROBE_MS);
  signal.addEventListener('abort', stop, { once: true });
  socket.on('error', stop);
  try {
    const lines = linesOf(socket);
    const greeting = await lines.next();
    const found = /^\* (OK|PREAUTH)\b(.*)/i.exec(greeting.value ?? '');
    if (!found) return null;
    if (socket instanceof tls.TLSSocket) return { security: 'tls', trusted: socket.authorized };
    // STARTTLS is ruled out for somebody who is signed in already (RFC 9051 §6.2.1).
    if (found[1]?.toUpperCase() === 'PREAUTH') return { security: 'none', trusted: false };
    const offered = await offersStartTls(found[2] ?? '', lines, socket);
    return { security: offered ? 'starttls' : 'none', trusted: false };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

async function offersStartTls(greeting: string, lines: AsyncGenerator<string>, socket: net.Socket): Promise<boolean> {
  const told = /\[CAPABILITY ([^\]]*)\]/i.exec(greeting)?.[1];
  if (told !== undefined) return hasStartTls(told);
  socket.write('m1 CAPABILITY\r\n');
  for await (const line of lines) {
    if (/^\* CAPABILITY /i.test(line)) return hasStartTls(line);
    if (/^m1 /i.test(line)) return false;
  }
  return false;
}

const hasStartTls = (capabilities: string) => /(^|\s)STARTTLS(\s|$)/i.test(capabilities);

/** Ends when the line ends, or says more than a greeting could. */
async function* linesOf(socket: net.Socket): AsyncGenerator<string, undefined> {
  let rest = '';
  let bytes = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_GREETING_BYTES) return;
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
