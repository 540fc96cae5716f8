import type { Answer, DiscoveryPorts, MxRecord, SrvRecord } from '../../../electron/engine/accounts/ports.ts';

export interface Network {
  srv?: Record<string, SrvRecord[]>;
  mx?: Record<string, string[]>;
  pages?: Record<string, string>;
  /** By `host:port`. */
  servers?: Record<string, Answer>;
  /** These never answer: a part of a question, such as `mx` or `imap.example`. */
  silent?: string[];
}

/** A network of tables. `asked` has every question; a sleep is as many turns of the event loop as its length. */
export function fakeNetwork({ srv = {}, mx = {}, pages = {}, servers = {}, silent = [] }: Network): {
  ports: DiscoveryPorts;
  asked: string[];
} {
  const asked: string[] = [];
  const answer = async <T>(question: string, signal: AbortSignal, value: T | undefined): Promise<T> => {
    asked.push(question);
    if (silent.some((part) => question.includes(part))) await never(signal);
    if (value === undefined) throw Object.assign(new Error('queryEnotfound'), { code: 'ENOTFOUND' });
    return value;
  };
  const records = (names: string[]): MxRecord[] => names.map((exchange, i) => ({ exchange, priority: i * 10 }));
  return {
    asked,
    ports: {
      resolveSrv: (name, signal) => answer(`srv ${name}`, signal, srv[name]),
      resolveMx: (domain, signal) => answer(`mx ${domain}`, signal, mx[domain] && records(mx[domain])),
      fetchText: (url, signal) => answer(url, signal, pages[url] ?? null),
      probe: (host, port, security, signal) =>
        answer(`${security} ${host}:${port}`, signal, servers[`${host}:${port}`] ?? null),
      sleep: async (ms, signal) => {
        for (let turn = 0; turn < ms / 50 && !signal.aborted; turn++)
          await new Promise((resolve) => setImmediate(resolve));
      },
    },
  };
}

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
}

export const TRUSTED: Answer = { security: 'tls', trusted: true };
export const DOUBTED: Answer = { security: 'tls', trusted: false };
