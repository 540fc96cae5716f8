/** Mailboxes and messages in memory, as a server keeps them. */
import { internFlags, type FlagSet } from '../../../electron/engine/flags.ts';
import type { MailboxStatus } from '../../../shared/mailbox.ts';

export interface MemoryMessage {
  uid: number;
  raw: Buffer;
  flags: FlagSet;
  internalDate: string | null;
  modSeq: number;
}

export class MemoryMailbox {
  uidValidity: number;
  uidNext = 1;
  modSeq = 1;
  messages: MemoryMessage[] = [];
  constructor(uidValidity = 1000) {
    this.uidValidity = uidValidity;
  }

  add(raw: string | Buffer, flags: string[] = [], internalDate: string | null = '2024-05-01T10:00:00+02:00'): number {
    const uid = this.uidNext++;
    this.messages.push({ uid, raw: Buffer.from(raw), flags: internFlags(flags), internalDate, modSeq: ++this.modSeq });
    return uid;
  }

  setFlags(uid: number, flags: string[]): void {
    const message = this.messages.find((m) => m.uid === uid)!;
    message.flags = internFlags(flags);
    message.modSeq = ++this.modSeq;
  }

  remove(uid: number): void {
    this.messages = this.messages.filter((m) => m.uid !== uid);
    this.modSeq++;
  }

  /** The server lost its index: the same messages under new UIDs. */
  renumber(uidValidity: number, firstUid = 100): void {
    this.uidValidity = uidValidity;
    this.uidNext = firstUid;
    for (const m of this.messages) m.uid = this.uidNext++;
  }
}

export interface MemoryStoreOptions {
  condstore?: boolean;
}

export class MemoryStore {
  readonly mailboxes = new Map<string, MemoryMailbox>();
  readonly condstore: boolean;
  /** What lanes were asked for, to prove what was not done. */
  readonly log: string[] = [];
  constructor(options: MemoryStoreOptions = {}) {
    this.condstore = options.condstore ?? true;
  }

  mailbox(path: string): MemoryMailbox {
    let mailbox = this.mailboxes.get(path);
    if (!mailbox) this.mailboxes.set(path, (mailbox = new MemoryMailbox(1000 + this.mailboxes.size)));
    return mailbox;
  }

  status(path: string): MailboxStatus {
    const m = this.mailbox(path);
    return {
      path,
      delimiter: '/',
      specialUse: path === 'INBOX' ? 'inbox' : null,
      selectable: true,
      subscribed: true,
      messages: m.messages.length,
      unseen: null,
      uidValidity: m.uidValidity,
      uidNext: m.uidNext,
      highestModSeq: this.condstore ? String(m.modSeq) : null,
      sizeBytes: m.messages.reduce((sum, x) => sum + x.raw.length, 0),
    };
  }

  statuses(): MailboxStatus[] {
    return [...this.mailboxes.keys()].map((path) => this.status(path));
  }
}
