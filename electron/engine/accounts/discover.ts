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
  const all = Promise.all([...published, look('guess', () => guess(address, ports, signal))]);
  const enough = Promise.any(published.map(async (looked) => ((await looked) ? true : Promise.reject(new Error()))));
  const wait = (ms: number) => ports.sleep(ms, signal).catch(() => undefined);
  await Promise.race([
    all,
    wait(DEADLINE_MS),
    enough.then(
      () => wait(GRACE_MS),
      () => all,
    ),
  ]);
  return sum(host, found);
}

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
  const at = async (port: number, security: 'tls' | 'starttls') => {
    const ask = (host: string) => ports.probe(host, port, security, signal).catch((): Answer | null => null);
    const answers = await Promise.all(hosts.map(async (host) => ({ host, port, answer: await ask(host) })));
    return answers.flatMap(({ host, answer }) => (answer && isUsable(host, answer) ? [{ host, port, answer }] : []));
  };
  const [tls, plain] = await Promise.all([at(993, 'tls'), at(143, 'starttls')]);
  // A shared server often has a certificate for one of its names only: that one first.
  const best = (tls.length > 0 ? tls : plain).toSorted((a, b) => Number(b.answer.trusted) - Number(a.answer.trusted));
  return best.map(({ host, port, answer: { security } }) => ({
    endpoint: { host, port, security },
    // Users of a machine have no domain; everywhere else the address is what most servers want.
    user: direct ? address.localpart : address.text,
    origin: 'guess',
  }));
}

function isUsable(host: string, { security }: Answer): boolean {
  return security !== 'none' || isLoopback(host);
}
