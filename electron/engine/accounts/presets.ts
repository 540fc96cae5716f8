/** Which provider an address, a mail exchanger or an IMAP server belongs to. */
import type { Provider } from '../../../shared/connection.ts';
import type { Preset } from './preset.ts';
import { GERMAN } from './presets/german.ts';
import { OTHERS } from './presets/others.ts';
import { WORLDWIDE } from './presets/worldwide.ts';

export const PRESETS: readonly Preset[] = [...GERMAN, ...WORLDWIDE, ...OTHERS];

const byDomain = new Map(PRESETS.flatMap((row) => row.domains.map((domain) => [domain, row] as const)));
const byMx = new Map(PRESETS.flatMap((row) => row.mx.map((suffix) => [suffix, row] as const)));

/** @param domain lower case; a tenant below a provider's domain counts too (`firm.onmicrosoft.com`) */
export function presetForDomain(domain: string): Preset | null {
  return byDomain.get(domain) ?? (domain.endsWith('.onmicrosoft.com') ? byDomain.get('onmicrosoft.com') : null) ?? null;
}

/** @param exchange host name of a mail exchanger, lower case; the row with the longest ending that fits */
export function presetForMx(exchange: string): Preset | null {
  for (let name = exchange; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    const row = byMx.get(name);
    if (row) return row;
  }
  return null;
}

/** By the name of its IMAP server. Bridges are found by address only: their host is this machine. */
export function presetForHost(host: string): Preset | null {
  return PRESETS.find((row) => row.imap?.security === 'tls' && row.imap.host === host.toLowerCase()) ?? null;
}

export function providerOf({ id, name, hint }: Preset): Provider {
  return { id, name, hint: hint?.hint ?? null, hintUrl: hint?.url ?? null };
}

/** @returns null for an id that no table has */
export function findProvider(id: string): Provider | null {
  const row = PRESETS.find((candidate) => candidate.id === id);
  return row ? providerOf(row) : null;
}
