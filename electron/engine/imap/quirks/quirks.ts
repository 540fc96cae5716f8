import { courier } from './courier.ts';
import { dovecot } from './dovecot.ts';
import { exchange } from './exchange.ts';
import { gmail } from './gmail.ts';
import { yahoo } from './yahoo.ts';

/** What is known of a kind of server beyond what it announces. Data only: code reads it, no code asks for a name. */
export interface Quirks {
  /** For reports and logs. */
  name: string;
  /** Connections for one account that the server is known to bear; use no more. */
  maxConnections: number;
  /** New messages show only after a NOOP: send one before looking for what an APPEND left. */
  noopBeforeLook: boolean;
  /** UIDVALIDITY of a mailbox that nobody has opened yet is only settled by the first SELECT; STATUS makes one up. */
  selectBeforeStatus: boolean;
  /** RFC822.SIZE is an estimate: a body of another size is no sign that it was cut short. */
  sizesAreEstimates: boolean;
  /** Names beyond the Basic Multilingual Plane can be made, and then break the listing for other clients. */
  bmpNamesOnly: boolean;
}

export interface ServerTraits {
  capabilities: ReadonlySet<string>;
  /** Greeting and ID name, as sent; matched, never shown. */
  greeting: string;
  idName: string;
  host: string;
}

export interface Quirk {
  matches(server: ServerTraits): boolean;
  facts: Partial<Quirks> & { name: string };
}

const STANDARD: Quirks = {
  name: 'standard',
  maxConnections: 8,
  noopBeforeLook: false,
  selectBeforeStatus: false,
  sizesAreEstimates: false,
  bmpNamesOnly: false,
};

/** The first that matches wins; services come before the software they may run on. */
const QUIRKS: readonly Quirk[] = [gmail, exchange, yahoo, courier, dovecot];

export function pickQuirks(server: ServerTraits): Quirks {
  const found = QUIRKS.find((quirk) => quirk.matches(server));
  return found ? { ...STANDARD, ...found.facts } : STANDARD;
}
