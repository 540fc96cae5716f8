import { DemoMailbox } from './mailbox.ts';
import { no } from './refusal.ts';

export interface AccountSettings {
  delimiter: string;
  namespacePrefix: string;
  /** Called for each new mailbox; never the same number twice. */
  nextUidValidity: () => number;
}

export interface CreateOptions {
  /** RFC 6154 attributes such as `\Sent`. */
  specialUse?: string[];
  subscribed?: boolean;
}

/** The mailboxes of one user. Paths are decoded, with delimiter and namespace prefix as clients see them. */
export class DemoAccount {
  readonly name: string;
  readonly delimiter: string;
  readonly namespacePrefix: string;
  readonly subscriptions = new Set<string>(['INBOX']);
  #byPath = new Map<string, DemoMailbox>();
  #nextUidValidity: () => number;

  constructor(name: string, settings: AccountSettings) {
    this.name = name;
    this.delimiter = settings.delimiter;
    this.namespacePrefix = settings.namespacePrefix;
    this.#nextUidValidity = settings.nextUidValidity;
    this.#byPath.set('INBOX', this.#newMailbox('INBOX', true, []));
  }

  /** INBOX first, then by path. */
  get mailboxes(): DemoMailbox[] {
    const rank = (m: DemoMailbox): string => (m.path === 'INBOX' ? '' : m.path);
    return [...this.#byPath.values()].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  }

  get usedBytes(): number {
    let sum = 0;
    for (const mailbox of this.#byPath.values()) sum += mailbox.sizeBytes;
    return sum;
  }

  /** The path of a mailbox given by its segments, below the namespace prefix. */
  pathOf(...segments: string[]): string {
    if (segments.length === 1 && segments[0]?.toUpperCase() === 'INBOX') return 'INBOX';
    for (const segment of segments) {
      if (segment === '' || segment.includes(this.delimiter)) {
        throw new Error(`"${segment}" cannot name a mailbox where "${this.delimiter}" separates levels.`);
      }
    }
    return this.namespacePrefix + segments.join(this.delimiter);
  }

  /** The mailbox given by its segments, made if missing. */
  ensure(segments: string[], options: CreateOptions = {}): DemoMailbox {
    const path = this.pathOf(...segments);
    const found = this.find(path);
    return found?.selectable ? found : this.create(path, options);
  }

  /** INBOX in any case is INBOX, also as the first level of a path (RFC 3501 §5.1). */
  normalize(path: string): string {
    const end = path.indexOf(this.delimiter);
    const first = end < 0 ? path : path.slice(0, end);
    return first.toUpperCase() === 'INBOX' ? `INBOX${path.slice(first.length)}` : path;
  }

  find(path: string): DemoMailbox | null {
    return this.#byPath.get(this.normalize(path)) ?? null;
  }

  /** @throws Refusal NO when there is none, or none that holds messages */
  need(path: string, code = 'NONEXISTENT'): DemoMailbox {
    const mailbox = this.find(path);
    if (!mailbox?.selectable) throw no(`[${code}] No such mailbox`);
    return mailbox;
  }

  /** Missing levels above are made too, as \Noselect. @throws Refusal NO for a name that exists or cannot be */
  create(wanted: string, options: CreateOptions = {}): DemoMailbox {
    const path = this.#checked(wanted);
    const existing = this.#byPath.get(path);
    if (existing?.selectable) throw no('[ALREADYEXISTS] Mailbox exists');
    for (const parent of this.#ancestors(path)) {
      if (!this.#byPath.has(parent)) this.#byPath.set(parent, this.#newMailbox(parent, false, []));
    }
    const made = this.#newMailbox(path, true, options.specialUse ?? []);
    this.#byPath.set(path, made);
    if (options.subscribed) this.subscriptions.add(path);
    return made;
  }

  /** A mailbox with children stays as a \Noselect level (RFC 3501 §6.3.4). */
  delete(wanted: string): void {
    const path = this.normalize(wanted);
    const mailbox = this.#byPath.get(path);
    if (path === 'INBOX') throw no('[CANNOT] INBOX cannot be deleted');
    if (!mailbox) throw no('[NONEXISTENT] No such mailbox');
    const parentOfOthers = this.#below(path).length > 0;
    if (parentOfOthers && !mailbox.selectable) throw no('[CANNOT] Mailbox has children');
    mailbox.expunge(new Set(mailbox.messages));
    if (parentOfOthers) this.#byPath.set(path, this.#newMailbox(path, false, []));
    else this.#byPath.delete(path);
  }

  /** Children move along. Renaming INBOX moves its messages and leaves it empty (RFC 3501 §6.3.5). */
  rename(from: string, to: string): void {
    const source = this.normalize(from);
    const target = this.#checked(to);
    const mailbox = this.#byPath.get(source);
    if (!mailbox) throw no('[NONEXISTENT] No such mailbox');
    if (this.#byPath.has(target)) throw no('[ALREADYEXISTS] Mailbox exists');
    if (target.startsWith(source + this.delimiter) && source !== 'INBOX') throw no('[CANNOT] Target is below source');
    if (source === 'INBOX') {
      const made = this.create(target);
      for (const message of mailbox.messages) made.append(message);
      mailbox.expunge(new Set(mailbox.messages));
      return;
    }
    for (const moved of [mailbox, ...this.#below(source)]) {
      this.#byPath.delete(moved.path);
      moved.path = target + moved.path.slice(source.length);
      this.#byPath.set(moved.path, moved);
    }
    for (const parent of this.#ancestors(target)) {
      if (!this.#byPath.has(parent)) this.#byPath.set(parent, this.#newMailbox(parent, false, []));
    }
  }

  #below(path: string): DemoMailbox[] {
    const start = path + this.delimiter;
    return [...this.#byPath.values()].filter((m) => m.path.startsWith(start));
  }

  #ancestors(path: string): string[] {
    const parents: string[] = [];
    for (let at = path.indexOf(this.delimiter); at > 0; at = path.indexOf(this.delimiter, at + 1)) {
      parents.push(path.slice(0, at));
    }
    return parents;
  }

  #checked(wanted: string): string {
    const trailing = wanted.endsWith(this.delimiter) && wanted.length > this.delimiter.length;
    const path = this.normalize(trailing ? wanted.slice(0, -this.delimiter.length) : wanted);
    const segments = path.split(this.delimiter);
    if (path === '' || path.length > 1000 || segments.some((s) => s === '')) throw no('[CANNOT] Invalid mailbox name');
    const prefixed = path === 'INBOX' || path.startsWith(this.namespacePrefix);
    if (!prefixed) throw no(`[CANNOT] Mailbox names begin with ${this.namespacePrefix}`);
    return path;
  }

  #newMailbox(path: string, selectable: boolean, specialUse: string[]): DemoMailbox {
    return new DemoMailbox({ path, selectable, specialUse, uidValidity: this.#nextUidValidity() });
  }
}
