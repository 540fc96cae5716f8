/** The ledger of a transfer into an IMAP account: which source message is which target message. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { EngineError, isEngineError } from '../../errors.ts';
import type { AppendIntent, AppendLedger, AppendMailbox } from '../../imap/append-ledger.ts';
import type { Clock, Log } from '../../ports.ts';
import type { AdoptedMessage, KnownDetail, PassState, PlacedMessage } from '../../sink.ts';
import type { FlagSet } from '../../flags.ts';
import { LedgerFile } from './ledger-file.ts';
import { PairState } from './pair-state.ts';
import type { LedgerRecord, StoredRow } from './records.ts';

export interface LedgerOptions {
  /** Folder for ledgers of this user. */
  folder: string;
  /** Ids of source and sink; together they name the file. */
  source: string;
  target: string;
  clock: Clock;
  log: Log;
}

/** @throws EngineError 'archive-locked' when another process moves mail between the same two accounts */
export function openLedger({ folder, source, target, clock, log }: LedgerOptions): AppendLedger {
  const name = createHash('sha256').update(`${source}\0${target}`).digest('hex').slice(0, 32);
  const file = openFile(path.join(folder, `${name}.jsonl`), clock, target);
  const records = file.read();
  if (records === null) log.warn('ledger-damaged', { file: file.path });
  return new FileLedger(file, records ?? [], source, target);
}

function openFile(file: string, clock: Clock, target: string): LedgerFile {
  try {
    return new LedgerFile(file, clock.date());
  } catch (error) {
    if (!isEngineError(error, 'archive-locked')) throw error;
    throw new EngineError(
      'archive-locked',
      `Another Mailferry is moving the same mail to ${target} just now. Wait until it has finished; if none is running, delete ${file}.lock and run again.`,
      { scope: 'account', cause: error },
    );
  }
}

class FileLedger implements AppendLedger {
  readonly unheardSince: Date | null;
  readonly #file: LedgerFile;
  readonly #pairs: PairState[] = [];
  #needsHead: LedgerRecord | null;

  constructor(file: LedgerFile, records: LedgerRecord[], source: string, target: string) {
    this.#file = file;
    this.#needsHead = records.length === 0 ? { type: 'ledger', version: 1, source, target } : null;
    for (const record of records) {
      if (record.type === 'pair') this.#pairs.push(new PairState(record.pair, record.from, record.to));
      else if (record.type !== 'ledger') this.#pairs[record.pair - 1]?.apply(record);
    }
    this.unheardSince = this.#pairs.some(({ intents }) => intents.size > 0) ? file.lastWritten : null;
  }

  mailbox(sourcePath: string, targetPath: string, target: { uidValidity: number } | null): AppendMailbox {
    let state = this.#pairs.find((p) => p.from === sourcePath && p.to === targetPath);
    if (!state) {
      state = new PairState(this.#pairs.length + 1, sourcePath, targetPath);
      this.#pairs.push(state);
      this.#write({ type: 'pair', pair: state.pair, from: sourcePath, to: targetPath });
    }
    const uidValidity = target?.uidValidity ?? 0;
    if (state.targetUidValidity !== uidValidity) {
      const record = { type: 'target', pair: state.pair, uidValidity } as const;
      state.apply(record);
      this.#write(record);
    }
    return new LedgerMailbox(state, (record) => this.#append(record));
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  #write(record: LedgerRecord): void {
    if (this.#needsHead) this.#file.write(this.#needsHead);
    this.#needsHead = null;
    this.#file.write(record);
  }

  async #append(record: LedgerRecord): Promise<void> {
    if (this.#needsHead) this.#file.write(this.#needsHead);
    this.#needsHead = null;
    await this.#file.append(record);
  }
}

class LedgerMailbox implements AppendMailbox {
  readonly #state: PairState;
  readonly #write: (record: LedgerRecord) => Promise<void>;

  constructor(state: PairState, write: (record: LedgerRecord) => Promise<void>) {
    this.#state = state;
    this.#write = write;
  }

  lastPass = (): PassState | null => this.#state.lastPass;

  known = (uidValidity: number) => this.#state.generation(uidValidity).known();

  otherGenerations(uidValidity: number): KnownDetail[] {
    const others = [...this.#state.generations.values()].filter((g) => g.uidValidity !== uidValidity);
    return others.flatMap((g) => [...g.messages()]);
  }

  openIntents = () => [...this.#state.intents.values()];

  targetUids(uidValidity: number, uids: ArrayLike<number>): (number | null)[] {
    const columns = this.#state.generation(uidValidity);
    return Array.from(uids, (uid) => columns.targetUid(uid));
  }

  placed(uidValidity: number, uids: ArrayLike<number>): (PlacedMessage | null)[] {
    const columns = this.#state.generation(uidValidity);
    return Array.from(uids, (uid) => columns.get(uid));
  }

  async intend(intents: AppendIntent[]): Promise<void> {
    for (const [generation, mine] of byGeneration(intents)) {
      const targetUidNext = Math.min(...mine.map((i) => i.targetUidNext));
      const rows = mine.map((i): [number, number, string | null] => [i.uid, i.sizeBytes, i.fingerprint]);
      await this.#record({ type: 'intent', pair: this.#state.pair, generation, targetUidNext, rows });
    }
  }

  async stored(entries: PlacedMessage[]): Promise<void> {
    for (const [generation, mine] of byGeneration(entries)) {
      await this.#record({ type: 'stored', pair: this.#state.pair, generation, rows: mine.map(rowOf) });
    }
  }

  adopt = (found: AdoptedMessage[]): Promise<void> => this.stored(found);

  /** A message that was never sent (over the server's limit, say) has no intent to close: nothing to write down. */
  async refused(generation: number, uids: number[]): Promise<void> {
    const open = uids.filter((uid) => this.#state.hasIntent(generation, uid));
    if (open.length > 0) await this.#record({ type: 'refused', pair: this.#state.pair, generation, uids: open });
  }

  dropIntents = (generation: number, uids: number[]): Promise<void> => this.refused(generation, uids);

  async forgetStored(generation: number, uids: number[]): Promise<void> {
    await this.#record({ type: 'lost', pair: this.#state.pair, generation, uids });
  }

  async recordFlags(generation: number, changes: { uid: number; flags: FlagSet }[]): Promise<void> {
    const rows = changes.map((c): [number, readonly string[]] => [c.uid, c.flags]);
    await this.#record({ type: 'flags', pair: this.#state.pair, generation, rows });
  }

  async recordMissing(generation: number, uids: Uint32Array): Promise<void> {
    await this.#record({ type: 'missing', pair: this.#state.pair, generation, uids: [...uids] });
  }

  async recordRenumbered(
    generation: number,
    matches: { uid: number; flags: FlagSet; was: KnownDetail }[],
  ): Promise<void> {
    const rows = matches.map((m): [number, readonly string[], number, number] => [
      m.uid,
      m.flags,
      m.was.uidValidity,
      m.was.uid,
    ]);
    await this.#record({ type: 'renumbered', pair: this.#state.pair, generation, rows });
  }

  async completePass({ uidValidity, uidNext, messages, highestModSeq }: PassState): Promise<void> {
    await this.#record({ type: 'pass', pair: this.#state.pair, uidValidity, uidNext, messages, highestModSeq });
  }

  /** Known at once, resolved when durable: nobody acts on a record before its promise resolves. */
  async #record(record: LedgerRecord): Promise<void> {
    this.#state.apply(record);
    await this.#write(record);
  }
}

function rowOf(m: PlacedMessage): StoredRow {
  return [m.uid, m.targetUid, m.sizeBytes, m.internalDate, m.flags, m.fingerprint, m.headerDigest];
}

function byGeneration<T extends { uidValidity: number }>(items: T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(item.uidValidity);
    if (group) group.push(item);
    else groups.set(item.uidValidity, [item]);
  }
  return groups;
}
