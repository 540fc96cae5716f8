/** A mailbox that somebody uses: mail arrives, is read, sorted and deleted; folders come, go, and are made anew. */
import { createHash } from 'node:crypto';
import { below, pick, type Random } from '../bench/random.ts';
import { quote, RawImap } from '../helpers/imap-raw.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';
import { Model, type Fingerprint } from './model.ts';

const FLAGS = ['\\Seen', '\\Answered', '\\Flagged', '\\Draft', '$Forwarded', 'Project', 'later', '$Label1'];
const NAMES = ['Work', 'Work/Old', 'Travel', 'Bills', 'Bills/2025', 'Lists', 'Family', 'Kept'];
/** Above this, mail is deleted rather than received: a soak of hours must not fill a disk. */
const MANY = 250;

interface Message {
  uid: number;
  fingerprint: Fingerprint;
}

export class ChangingAccount {
  readonly model = new Model();
  readonly #server: TestServer;
  readonly #user: TestUser;
  #imap: RawImap;
  readonly #random: Random;
  readonly #byId = new Map<string, { raw: Buffer; fingerprint: Fingerprint }>();
  readonly #paths = new Set<string>();
  #messages = 0;
  /** How often each kind of change was made. */
  readonly changes: Record<string, number> = {};

  private constructor(server: TestServer, user: TestUser, imap: RawImap, random: Random) {
    this.#server = server;
    this.#user = user;
    this.#imap = imap;
    this.#random = random;
  }

  static async open(server: TestServer, user: TestUser, random: Random): Promise<ChangingAccount> {
    const account = new ChangingAccount(server, user, await RawImap.signIn(server, user), random);
    account.#paths.add('INBOX');
    for (let n = 0; n < 3; n++) await account.#make();
    for (let n = 0; n < 12; n++) await account.#receive();
    return account;
  }

  close(): Promise<void> {
    return this.#imap.close();
  }

  async change(): Promise<void> {
    const kinds: [weight: number, name: string, make: () => Promise<boolean>][] = [
      [this.#messages > MANY ? 1 : 10, 'received', () => this.#receive()],
      [8, 'flags', () => this.#flag()],
      [this.#messages > MANY ? 8 : 2, 'deleted', () => this.#expunge()],
      [4, 'moved', () => this.#transfer('MOVE')],
      [1, 'copied', () => this.#transfer('COPY')],
      [1, 'folder made', () => this.#make()],
      [0.6, 'folder renamed', () => this.#rename()],
      [0.4, 'folder deleted', () => this.#remove()],
      [0.6, 'folder made anew', () => this.#makeAnew()],
    ];
    let at = this.#random() * kinds.reduce((sum, [weight]) => sum + weight, 0);
    const [, name, make] = kinds.find(([weight]) => (at -= weight) < 0)!;
    if (await make()) this.changes[name] = (this.changes[name] ?? 0) + 1;
  }

  async #receive(): Promise<boolean> {
    const path = this.#somePath();
    for (let n = 1 + below(this.#random, 4); n > 0; n--) {
      const raw = this.#compose();
      const flags = FLAGS.filter(() => this.#random() < 0.15);
      await this.#append(path, raw, flags);
    }
    return true;
  }

  async #append(path: string, raw: Buffer, flags: string[]): Promise<void> {
    // The same for the same message: servers that number anew keep it.
    const internalDate = `${String(1 + (raw.length % 28)).padStart(2)}-Mar-2025 10:00:00 +0100`;
    let reply = await this.#imap.append(path, raw, { flags, internalDate });
    // Dovecot takes a mailbox made anew for the one deleted, as long as some session has that open.
    for (let tries = 0; reply.status !== 'OK' && tries < 50; tries++) {
      await this.#imap.close();
      await new Promise((wake) => setTimeout(wake, 200));
      this.#imap = await RawImap.signIn(this.#server, this.#user);
      await this.#imap.create(path);
      reply = await this.#imap.append(path, raw, { flags, internalDate });
    }
    if (reply.status !== 'OK') throw new Error(`APPEND to ${path}: ${reply.text}`);
    this.model.arrived(path, fingerprintOf(raw));
    this.#messages++;
  }

  #compose(): Buffer {
    const id = `<soak.${this.#byId.size}@example.org>`;
    const size = this.#random() < 0.03 ? 100_000 + below(this.#random, 200_000) : 300 + below(this.#random, 6_000);
    const body = `${'The kettle is on the window sill. '.repeat(2)}\r\n`.repeat(Math.ceil(size / 70));
    const raw = Buffer.from(
      `From: Ida <ida@example.org>\r\nSubject: ${id}\r\nMessage-ID: ${id}\r\n\r\n${id}\r\n${body}`,
    );
    this.#byId.set(id, { raw, fingerprint: fingerprintOf(raw) });
    return raw;
  }

  async #flag(): Promise<boolean> {
    const some = await this.#someOf(this.#somePath());
    if (some.length === 0) return false;
    const flags = FLAGS.filter(() => this.#random() < 0.3).join(' ');
    await this.#imap.store(uidsOf(some), `${pick(this.#random, ['', '+', '-'])}FLAGS (${flags})`);
    return true;
  }

  async #expunge(): Promise<boolean> {
    const some = await this.#someOf(this.#somePath());
    if (some.length === 0) return false;
    await this.#imap.store(uidsOf(some), '+FLAGS (\\Deleted)');
    await this.#imap.must(`UID EXPUNGE ${uidsOf(some)}`);
    this.#messages -= some.length;
    return true;
  }

  async #transfer(command: 'MOVE' | 'COPY'): Promise<boolean> {
    const [from, to] = [this.#somePath(), this.#somePath()];
    if (from === to) return false;
    const some = await this.#someOf(from);
    if (some.length === 0) return false;
    await this.#imap.must(`UID ${command} ${uidsOf(some)} ${quote(to)}`);
    for (const { fingerprint } of some) this.model.arrived(to, fingerprint);
    if (command === 'COPY') this.#messages += some.length;
    return true;
  }

  async #make(): Promise<boolean> {
    const path = this.#freePath(() => true);
    if (path === null) return false;
    await this.#imap.must(`CREATE ${quote(path)}`);
    this.#paths.add(path);
    return true;
  }

  async #rename(): Promise<boolean> {
    const from = this.#leafPath();
    if (from === null) return false;
    // One that others are below is there already, as a name without mail; and none goes below itself.
    const to = this.#freePath((path) => !this.#hasChildren(path) && !path.startsWith(`${from}/`));
    if (to === null) return false;
    const all = await this.#look(from);
    await this.#leave();
    await this.#imap.must(`RENAME ${quote(from)} ${quote(to)}`);
    this.#paths.delete(from);
    this.#paths.add(to);
    for (const { fingerprint } of all) this.model.arrived(to, fingerprint);
    return true;
  }

  async #remove(): Promise<boolean> {
    const path = this.#anyPath();
    if (path === null) return false;
    this.#messages -= (await this.#look(path)).length;
    await this.#leave();
    await this.#imap.must(`DELETE ${quote(path)}`);
    this.#paths.delete(path);
    return true;
  }

  /** Another UIDVALIDITY: most messages are back, under other UIDs and in another order. */
  async #makeAnew(): Promise<boolean> {
    const path = this.#leafPath();
    if (path === null) return false;
    const all = await this.#look(path);
    await this.#leave();
    await this.#imap.must(`DELETE ${quote(path)}`);
    await this.#imap.must(`CREATE ${quote(path)}`);
    this.#messages -= all.length;
    const raws = new Map([...this.#byId.values()].map(({ raw, fingerprint }) => [fingerprint, raw]));
    const back = all.filter(() => this.#random() < 0.9).sort(() => this.#random() - 0.5);
    for (const { fingerprint } of back) await this.#append(path, raws.get(fingerprint)!, ['\\Seen']);
    return true;
  }

  /** Up to five neighbours, or now and then all; the mailbox is selected then. */
  async #someOf(path: string): Promise<Message[]> {
    const all = await this.#look(path);
    if (this.#random() < 0.03) return all;
    const from = below(this.#random, all.length);
    return all.slice(from, from + 1 + below(this.#random, 5));
  }

  async #look(path: string): Promise<Message[]> {
    if ((await this.#select(path)) === 0) return [];
    const { untagged } = await this.#imap.must('UID FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])');
    return untagged.flatMap(({ text, literals }) => {
      const uid = /\bUID (\d+)/.exec(text)?.[1];
      const id = /<soak\.\d+@example\.org>/.exec(String(literals[0] ?? ''))?.[0];
      return uid && id ? [{ uid: Number(uid), fingerprint: this.#byId.get(id)!.fingerprint }] : [];
    });
  }

  /**
   * @returns messages in it. Dovecot may take a mailbox that was made anew for the one before: it says that it "was
   *   deleted under us", or says BYE and closes the connection. Both pass.
   */
  async #select(path: string, tries = 5): Promise<number> {
    try {
      return (await this.#imap.select(path)).exists;
    } catch (error) {
      if (tries === 1) throw error;
      this.#imap.destroy();
      await new Promise((wake) => setTimeout(wake, 200));
      this.#imap = await RawImap.signIn(this.#server, this.#user);
      return this.#select(path, tries - 1);
    }
  }

  /** A mailbox that goes away must not be the selected one. */
  async #leave(): Promise<void> {
    await this.#select('INBOX');
  }

  #somePath(): string {
    return this.#random() < 0.4 ? 'INBOX' : pick(this.#random, [...this.#paths]);
  }

  /** Never INBOX, and never the last but it. */
  #anyPath(): string | null {
    const others = [...this.#paths].filter((path) => path !== 'INBOX');
    return others.length < 2 ? null : pick(this.#random, others);
  }

  /** Nothing that others are below: they would be renamed with it. */
  #leafPath(): string | null {
    const path = this.#anyPath();
    return path === null || this.#hasChildren(path) ? null : path;
  }

  #hasChildren(path: string): boolean {
    return [...this.#paths].some((other) => other.startsWith(`${path}/`));
  }

  #freePath(fits: (path: string) => boolean): string | null {
    const free = NAMES.filter((path) => !this.#paths.has(path) && fits(path));
    return free.length === 0 ? null : pick(this.#random, free);
  }
}

export const fingerprintOf = (raw: Buffer): Fingerprint => createHash('sha256').update(raw).digest('hex');

const uidsOf = (messages: readonly Message[]): string => messages.map(({ uid }) => uid).join(',');
