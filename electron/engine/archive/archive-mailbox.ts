import type { FlagSet } from '../flags.ts';
import type { KnownDetail, KnownMessages, PassState, SinkMailbox } from '../sink.ts';
import type { CatalogMailbox } from './catalog.ts';
import { knownMessages, otherGenerations } from './catalog-read.ts';
import { forgetMessages } from './forget.ts';
import type { FlagsRecord, RenumberedRecord } from './records.ts';
import { formatUidSets } from './uid-set.ts';
import type { WriteCore } from './write-core.ts';

/** One mailbox of the archive as a sink sees it: the ledger is the journal. */
export class ArchiveMailbox implements SinkMailbox {
  readonly sourcePath: string;
  readonly targetPath: string;
  readonly mailbox: CatalogMailbox;
  readonly #core: WriteCore;

  constructor(core: WriteCore, mailbox: CatalogMailbox) {
    this.#core = core;
    this.mailbox = mailbox;
    this.targetPath = mailbox.record.path;
    this.sourcePath = mailbox.record.source ?? mailbox.record.path;
  }

  get #id(): number {
    return this.mailbox.record.id;
  }

  lastPass(): PassState | null {
    return this.mailbox.lastPass;
  }

  known(uidValidity: number): KnownMessages {
    return knownMessages(this.#core.catalog, this.#id, uidValidity);
  }

  otherGenerations(uidValidity: number): KnownDetail[] {
    return otherGenerations(this.#core.catalog, this.#id, uidValidity);
  }

  async recordFlags(uidValidity: number, changes: { uid: number; flags: FlagSet }[]): Promise<void> {
    const byFlags = new Map<string, { flags: FlagSet; uids: number[] }>();
    for (const { uid, flags } of changes) {
      const key = flags.join(' ');
      const group = byFlags.get(key);
      if (group) group.uids.push(uid);
      else byFlags.set(key, { flags, uids: [uid] });
    }
    const records: FlagsRecord[] = [];
    for (const { flags, uids } of byFlags.values()) {
      uids.sort((a, b) => a - b);
      for (const set of formatUidSets(uids)) {
        records.push({ type: 'flags', mailbox: this.#id, uidValidity, uids: set, flags });
      }
    }
    await this.#core.record(records);
  }

  async recordMissing(uidValidity: number, uids: Uint32Array): Promise<void> {
    const sets = formatUidSets(Uint32Array.from(uids).sort());
    await this.#core.record(sets.map((set) => ({ type: 'missing', mailbox: this.#id, uidValidity, uids: set })));
  }

  async recordRenumbered(
    uidValidity: number,
    matches: { uid: number; flags: FlagSet; was: KnownDetail }[],
  ): Promise<void> {
    const records = matches.map(({ uid, flags, was }): RenumberedRecord => ({
      type: 'renumbered',
      mailbox: this.#id,
      uidValidity,
      uid,
      flags,
      was: { uidValidity: was.uidValidity, uid: was.uid },
    }));
    await this.#core.record(records);
  }

  /** Saying again what is recorded already writes nothing: a run without changes changes no file. */
  async completePass(state: PassState): Promise<void> {
    const last = this.mailbox.lastPass;
    const { uidValidity, uidNext, messages, highestModSeq } = state;
    const same =
      last?.uidValidity === uidValidity &&
      last.uidNext === uidNext &&
      last.messages === messages &&
      last.highestModSeq === highestModSeq;
    if (same) return;
    await this.#core.record([{ type: 'pass', mailbox: this.#id, uidValidity, uidNext, messages, highestModSeq }]);
  }

  async forget(uidValidity: number, uids: Uint32Array): Promise<void> {
    await forgetMessages(this.#core, this.mailbox, uidValidity, uids);
  }
}
