/**
 * Settings for an address, before anybody signs in. Nothing is asked of anybody but the domain of the address: its
 * DNS records, its own web and mail servers, and where those send us. No list on the net is looked at, and neither
 * the part before the @ nor a password goes out.
 */
import type { Discovery, FoundSettings } from '../../../shared/connection.ts';
import { isLoopback } from '../imap/dial.ts';
import { isHostName, isReserved, parseAddress, type MailAddress } from './address.ts';
import { autoconfigUrls, readAutoconfig } from './autoconfig.ts';
import { networkPorts } from './node-ports.ts';
import type { Answer, DiscoveryPorts, SrvRecord } from './ports.ts';
import { MX_HOST, type Preset } from './preset.ts';
import { presetForDomain, presetForHost, presetForMx, providerOf } from './presets.ts';

const DEADLINE_MS = 8_000;
/** Once the domain itself has said something, the rest is given this long. */
const GRACE_MS = 1_500;
const MAX_CANDIDATES = 6;

const NOTHING: Discovery = { provider: null, candidates: [] };

/** @returns best first: preset, srv, autoconfig, guess. Never rejects; empty when nothing answers. */
export async function discoverSettings(address: string, ports: DiscoveryPorts = networkPorts): Promise<Discovery> {
  const parsed = parseAddress(address);
  if (!parsed || isReserved(parsed.domain)) return NOTHING;
  const known = presetForDomain(parsed.domain);
  if (known) return { provider: providerOf(known), candidates: fromPreset(known, parsed, '') };
  const stop = new AbortController();
  try {
    return await search(parsed, ports, stop.signal);
  } finally {
    stop.abort();
  }
}

async function search(address: MailAddress, ports: DiscoveryPorts, signal: AbortSignal): Promise<Discovery> {
  let host: { row: Preset; exchange: string } | null = null;
  const found: Partial<Record<FoundSettings['origin'], FoundSettings[]>> = {};
  const look = async (origin: FoundSettings['origin'], from: () => Promise<FoundSettings[]>): Promise<boolean> => {
    const settings = await from().catch((): FoundSettings[] => []);
    found[origin] = settings;
    return settings.length > 0;
  };
  const published = address.direct
    ? []
    : [
        look('preset', async () => {
          host = await hostedBy(address.domain, ports, signal);
          return host ? fromPreset(host.row, address, host.exchange) : [];
        }),
        look('srv', () => fromSrv(address, ports, signal)),
        look('autoconfig', () => fromAutoconfig(address, ports, signal)),
      ];
  const guessing = look('guess', () => guess(address, ports, signal));
  await Promise.race([enough(published, guessing, ports, signal), quietly(ports.sleep(DEADLINE_MS, signal))]);
  return sum(host, found);
}

/** Until all is known, or a while after the first of those that are worth waiting for said yes. */
async function enough(
  worthy: readonly Promise<boolean>[],
  rest: Promise<unknown>,
  ports: DiscoveryPorts,
  signal: AbortSignal,
): Promise<void> {
  const all = Promise.all([...worthy, rest]);
  const first = Promise.any(worthy.map(async (asked) => ((await asked) ? true : Promise.reject(new Error('nothing')))));
  const grace = first.then(
    () => quietly(ports.sleep(GRACE_MS, signal)),
    () => all,
  );
  await Promise.race([all, grace]);
}

const quietly = (sleeping: Promise<void>) => sleeping.catch(() => undefined);

function sum(
  host: { row: Preset } | null,
  { preset = [], srv = [], autoconfig = [], guess: guessed = [] }: Partial<Record<string, FoundSettings[]>>,
): Discovery {
  if (host && host.row.imap === null) return { provider: providerOf(host.row), candidates: [] };
  const seen = new Set<string>();
  const candidates = [...preset, ...srv, ...autoconfig, ...guessed].filter(({ endpoint, user }) => {
    const key = JSON.stringify([endpoint.host.toLowerCase(), endpoint.port, user]);
    return !seen.has(key) && seen.add(key);
  });
  // Mail may pass a filter first, so that the MX tells nothing, while the settings lead to a known server.
  const row = host?.row ?? (candidates[0] ? presetForHost(candidates[0].endpoint.host) : null);
  return { provider: row ? providerOf(row) : null, candidates: candidates.slice(0, MAX_CANDIDATES) };
}

/** @param exchange the domain's mail exchanger, for providers that read mail on the same host */
function fromPreset({ imap, user }: Preset, address: MailAddress, exchange: string): FoundSettings[] {
  if (!imap) return [];
  const endpoint = { ...imap, host: imap.host === MX_HOST ? exchange : imap.host };
  return [{ endpoint, user: user === 'address' ? address.text : address.localpart, origin: 'preset' }];
}

async function hostedBy(domain: string, ports: DiscoveryPorts, signal: AbortSignal) {
  const records = await ports.resolveMx(domain, signal);
  for (const { exchange } of records.toSorted((a, b) => a.priority - b.priority)) {
    const name = exchange.toLowerCase().replace(/\.$/, '');
    const row = isHostName(name) ? presetForMx(name) : null;
    if (row) return { row, exchange: name };
  }
  return null;
}

/**
 * RFC 6186. A name outside the domain is taken as it is, since DNS can lie: the settings are shown before use, and the
 * certificate has to be for that name.
 */
async function fromSrv(address: MailAddress, ports: DiscoveryPorts, signal: AbortSignal): Promise<FoundSettings[]> {
  const services = [
    { name: `_imaps._tcp.${address.domain}`, security: 'tls' },
    { name: `_imap._tcp.${address.domain}`, security: 'starttls' },
  ] as const;
  const answers = await Promise.all(
    services.map(async ({ name, security }) => {
      const records = await ports.resolveSrv(name, signal).catch((): SrvRecord[] => []);
      return records.map((record) => ({ ...record, security, name: record.name.toLowerCase().replace(/\.$/, '') }));
    }),
  );
  return answers
    .flat()
    .filter(({ name, port }) => isHostName(name) && port > 0 && port < 65_536)
    .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
    .map(({ name: host, port, security }) => ({
      endpoint: { host, port, security },
      user: address.text,
      origin: 'srv',
    }));
}

async function fromAutoconfig(address: MailAddress, ports: DiscoveryPorts, signal: AbortSignal) {
  const files = await Promise.all(
    autoconfigUrls(address.domain).map(async (url) => {
      const text = await ports.fetchText(url, signal).catch(() => null);
      return text === null ? [] : readAutoconfig(text, address);
    }),
  );
  return files.find((settings) => settings.length > 0) ?? [];
}

/** The usual names, over TLS from the first byte; only if none answers so, with STARTTLS. */
async function guess(address: MailAddress, ports: DiscoveryPorts, signal: AbortSignal): Promise<FoundSettings[]> {
  const { domain, direct } = address;
  const hosts = direct ? [domain] : [`imap.${domain}`, `mail.${domain}`, domain];
  const plain = answersAt(hosts, 143, 'starttls', ports, signal);
  const tls = await answersAt(hosts, 993, 'tls', ports, signal);
  return (tls.length > 0 ? tls : await plain).map((endpoint) => ({
    endpoint,
    // Users of a machine have no domain; everywhere else the address is what most servers want.
    user: direct ? address.localpart : address.text,
    origin: 'guess',
  }));
}

/** Those that answer, in the order of hosts; but a shared server often has a certificate for one name: that one first. */
async function answersAt(
  hosts: readonly string[],
  port: number,
  security: 'tls' | 'starttls',
  ports: DiscoveryPorts,
  signal: AbortSignal,
): Promise<FoundSettings['endpoint'][]> {
  const answers: (Answer | null)[] = hosts.map(() => null);
  const asked = hosts.map(async (host, i) => {
    const answer = await ports.probe(host, port, security, signal).catch(() => null);
    if (answer && (answer.security !== 'none' || isLoopback(host))) answers[i] = answer;
    return answer?.trusted === true;
  });
  await enough(asked, Promise.resolve(), ports, signal);
  const found = hosts.flatMap((host, i) => (answers[i] ? [{ host, answer: answers[i] }] : []));
  return found
    .toSorted((a, b) => Number(b.answer.trusted) - Number(a.answer.trusted))
    .map(({ host, answer }) => ({ host, port, security: answer.security }));
}
