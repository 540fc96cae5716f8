import { bad } from './refusal.ts';

export interface DemoMessage {
  readonly uid: number;
  /** Exactly the octets that were given; treat as read-only. */
  readonly raw: Buffer;
  /** IMAP date-time with the zone as given: `24-Nov-2026 03:40:45 +0100`. */
  readonly internalDate: string;
  flags: readonly string[];
  modSeq: number;
  /** Set once removed; sessions that still show it read it until they are told. */
  expunged: boolean;
}

export interface NewMessage {
  raw: Buffer;
  flags: readonly string[];
  internalDate: string;
}

export interface MailboxInit {
  path: string;
  uidValidity: number;
  selectable: boolean;
  /** RFC 6154 attributes such as `\Sent`. */
  specialUse: string[];
}

export const SYSTEM_FLAGS = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'];
const SYSTEM_BY_KEY = new Map(SYSTEM_FLAGS.map((flag) => [flag.toLowerCase(), flag]));

/** Without duplicates, system flags in their usual case. @throws Refusal BAD for `\Recent` and unknown `\` flags */
export function normalizeFlags(flags: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const flag of flags) {
    const key = flag.toLowerCase();
    const system = SYSTEM_BY_KEY.get(key);
    if (!system && flag.startsWith('\\')) throw bad(`Flag ${flag} cannot be set`);
    if (!seen.has(key)) seen.set(key, system ?? flag);
  }
  return Object.freeze([...seen.values()]);
}

export class DemoMailbox {
  path: string;
  selectable: boolean;
  specialUse: string[];
  uidValidity: number;
  uidNext = 1;
  highestModSeq = 1;
  /** Sum of the sizes of all messages, in octets. */
  sizeBytes = 0;
  /** Changes whenever anything a session shows has changed. */
  revision = 0;
  /** Ascending by uid. */
  messages: DemoMessage[] = [];
  /** Keywords ever used here, for the FLAGS response. */
  readonly keywords = new Map<string, string>();
  #unseen = { revision: -1, count: 0 };

  constructor(init: MailboxInit) {
    this.path = init.path;
    this.uidValidity = init.uidValidity;
    this.selectable = init.selectable;
    this.specialUse = init.specialUse;
  }

  get unseen(): number {
    if (this.#unseen.revision !== this.revision) {
      const count = this.messages.reduce((sum, m) => sum + (m.flags.includes('\\Seen') ? 0 : 1), 0);
      this.#unseen = { revision: this.revision, count };
    }
    return this.#unseen.count;
  }

  /** Stores one message under the next UID. The buffer is kept, not copied. */
  append(message: NewMessage): DemoMessage {
    const stored: DemoMessage = {
      uid: this.uidNext++,
      raw: message.raw,
      internalDate: message.internalDate,
      flags: this.#learn(normalizeFlags(message.flags)),
      modSeq: this.#change(),
      expunged: false,
    };
    this.messages.push(stored);
    this.sizeBytes += message.raw.length;
    return stored;
  }

  /** Replaces the flags of a message. Equal flags change nothing, MODSEQ included. */
  setFlags(message: DemoMessage, flags: readonly string[]): void {
    const next = this.#learn(normalizeFlags(flags));
    const same = next.length === message.flags.length && next.every((flag) => message.flags.includes(flag));
    if (same) return;
    message.flags = next;
    message.modSeq = this.#change();
  }

  expunge(doomed: ReadonlySet<DemoMessage>): void {
    if (doomed.size === 0) return;
    this.messages = this.messages.filter((message) => !doomed.has(message));
    for (const message of doomed) {
      message.expunged = true;
      this.sizeBytes -= message.raw.length;
    }
    this.#change();
  }

  /** The same messages under new UIDs, as after a server was rebuilt. Only while no session has it selected. */
  renumber(uidValidity: number, firstUid = 1): void {
    const old = this.messages;
    this.messages = [];
    this.sizeBytes = 0;
    this.uidValidity = uidValidity;
    this.uidNext = firstUid;
    for (const message of old) {
      message.expunged = true;
      this.append(message);
    }
  }

  #change(): number {
    this.revision++;
    return ++this.highestModSeq;
  }

  /** One spelling for each keyword in a mailbox: keywords are case-insensitive (RFC 3501 §2.3.2). */
  #learn(flags: readonly string[]): readonly string[] {
    return flags.map((flag) => {
      if (flag.startsWith('\\')) return flag;
      const known = this.keywords.get(flag.toLowerCase());
      if (known === undefined) this.keywords.set(flag.toLowerCase(), flag);
      return known ?? flag;
    });
  }
}
