/** One pair of mailboxes as its records have made it: the replayed state, no file. */
import { internFlags } from '../../flags.ts';
import type { OpenIntent, PassState, PlacedMessage } from '../../sink.ts';
import { Columns } from './columns.ts';
import type { LedgerRecord } from './records.ts';

export class PairState {
  readonly pair: number;
  readonly from: string;
  readonly to: string;
  targetUidValidity: number | null = null;
  lastPass: PassState | null = null;
  readonly generations = new Map<number, Columns>();
  /** By `generation uid`. */
  readonly intents = new Map<string, OpenIntent>();

  constructor(pair: number, from: string, to: string) {
    this.pair = pair;
    this.from = from;
    this.to = to;
  }

  generation(uidValidity: number): Columns {
    let columns = this.generations.get(uidValidity);
    if (!columns) this.generations.set(uidValidity, (columns = new Columns(uidValidity)));
    return columns;
  }

  hasIntent(generation: number, uid: number): boolean {
    return this.intents.has(intentKey(generation, uid));
  }

  apply(record: LedgerRecord): void {
    switch (record.type) {
      case 'ledger':
      case 'pair':
        return;
      case 'target':
        return this.#retarget(record.uidValidity);
      case 'intent':
        for (const [uid] of record.rows) {
          const intent = { uidValidity: record.generation, uid, targetUidNext: record.targetUidNext };
          this.intents.set(intentKey(record.generation, uid), intent);
        }
        return;
      case 'stored':
        for (const row of record.rows) this.#store(record.generation, row);
        return;
      case 'refused':
        for (const uid of record.uids) this.intents.delete(intentKey(record.generation, uid));
        return;
      case 'flags':
        for (const [uid, flags] of record.rows) this.generation(record.generation).setFlags(uid, internFlags(flags));
        return;
      case 'missing':
        for (const uid of record.uids) this.generation(record.generation).setMissing(uid);
        return;
      case 'renumbered':
        for (const [uid, flags, wasGeneration, wasUid] of record.rows) {
          const was = this.generation(wasGeneration).get(wasUid);
          if (was)
            this.generation(record.generation).set({
              ...was,
              uidValidity: record.generation,
              uid,
              flags: internFlags(flags),
            });
        }
        return;
      case 'pass': {
        const { uidValidity, uidNext, messages, highestModSeq } = record;
        this.lastPass = { uidValidity, uidNext, messages, highestModSeq };
        return;
      }
      case 'lost':
        for (const uid of record.uids) this.generation(record.generation).delete(uid);
        this.lastPass = null;
        return;
    }
  }

  #store(generation: number, row: Extract<LedgerRecord, { type: 'stored' }>['rows'][number]): void {
    const [uid, targetUid, sizeBytes, internalDate, flags, fingerprint, headerDigest] = row;
    const message: PlacedMessage = {
      uidValidity: generation,
      uid,
      sizeBytes,
      internalDate,
      fingerprint,
      headerDigest,
      flags: internFlags(flags),
      targetUid,
    };
    this.generation(generation).set(message);
    this.intents.delete(intentKey(generation, uid));
  }

  /** The mailbox was deleted and made again, or the server lost its index: none of our UIDs means anything there. */
  #retarget(uidValidity: number): void {
    if (this.targetUidValidity !== null && this.targetUidValidity !== uidValidity) {
      this.generations.clear();
      this.intents.clear();
      this.lastPass = null;
    }
    this.targetUidValidity = uidValidity;
  }
}

const intentKey = (generation: number, uid: number): string => `${generation} ${uid}`;
