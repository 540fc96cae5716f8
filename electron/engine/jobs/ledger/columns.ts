/** What a ledger remembers of one generation of a mailbox, in columns: 300,000 messages take some 40 MB, not 150. */
import type { FlagSet } from '../../flags.ts';
import type { KnownMessages, PlacedMessage } from '../../sink.ts';

const DIGEST_BYTES = 32;
const ROW_BYTES = 2 * DIGEST_BYTES;

export class Columns {
  readonly uidValidity: number;
  #count = 0;
  #uids = new Uint32Array(64);
  /** 0: stored, place unknown. */
  #targetUids = new Uint32Array(64);
  #sizes = new Float64Array(64);
  #missing = new Uint8Array(64);
  #digests = Buffer.alloc(64 * ROW_BYTES);
  readonly #dates: (string | null)[] = [];
  readonly #flags: FlagSet[] = [];
  readonly #rows = new Map<number, number>();

  constructor(uidValidity: number) {
    this.uidValidity = uidValidity;
  }

  get size(): number {
    return this.#rows.size;
  }

  has(uid: number): boolean {
    return this.#rows.has(uid);
  }

  set(message: PlacedMessage): void {
    let row = this.#rows.get(message.uid);
    if (row === undefined) {
      row = this.#count++;
      if (row === this.#uids.length) this.#grow();
      this.#rows.set(message.uid, row);
    }
    this.#uids[row] = message.uid;
    this.#targetUids[row] = message.targetUid ?? 0;
    this.#sizes[row] = message.sizeBytes;
    this.#missing[row] = 0;
    this.#digests.write(message.fingerprint, row * ROW_BYTES, 'hex');
    this.#digests.write(message.headerDigest, row * ROW_BYTES + DIGEST_BYTES, 'hex');
    this.#dates[row] = message.internalDate;
    this.#flags[row] = message.flags;
  }

  get(uid: number): PlacedMessage | null {
    const row = this.#rows.get(uid);
    return row === undefined ? null : this.#at(row);
  }

  targetUid(uid: number): number | null {
    const row = this.#rows.get(uid);
    return row === undefined ? null : this.#targetUids[row]! || null;
  }

  setFlags(uid: number, flags: FlagSet): void {
    const row = this.#rows.get(uid);
    if (row === undefined) return;
    this.#flags[row] = flags;
    this.#missing[row] = 0;
  }

  setMissing(uid: number): void {
    const row = this.#rows.get(uid);
    if (row !== undefined) this.#missing[row] = 1;
  }

  delete(uid: number): void {
    this.#rows.delete(uid);
  }

  known(): KnownMessages {
    const rows = this.#sortedRows();
    return {
      uids: Uint32Array.from(rows, (row) => this.#uids[row]!),
      flags: Array.from(rows, (row) => this.#flags[row]!),
      missing: Uint8Array.from(rows, (row) => this.#missing[row]!),
    };
  }

  *messages(): Generator<PlacedMessage> {
    for (const row of this.#sortedRows()) yield this.#at(row);
  }

  #at(row: number): PlacedMessage {
    const digest = row * ROW_BYTES;
    return {
      uidValidity: this.uidValidity,
      uid: this.#uids[row]!,
      sizeBytes: this.#sizes[row]!,
      internalDate: this.#dates[row]!,
      fingerprint: this.#digests.toString('hex', digest, digest + DIGEST_BYTES),
      headerDigest: this.#digests.toString('hex', digest + DIGEST_BYTES, digest + ROW_BYTES),
      flags: this.#flags[row]!,
      targetUid: this.#targetUids[row]! || null,
    };
  }

  #sortedRows(): Uint32Array {
    const rows = Uint32Array.from(this.#rows.values());
    return rows.sort((a, b) => this.#uids[a]! - this.#uids[b]!);
  }

  #grow(): void {
    const size = this.#uids.length * 2;
    const grown = <T extends Uint32Array | Float64Array | Uint8Array>(make: new (n: number) => T, old: T): T => {
      const next = new make(size);
      next.set(old);
      return next;
    };
    this.#uids = grown(Uint32Array, this.#uids);
    this.#targetUids = grown(Uint32Array, this.#targetUids);
    this.#sizes = grown(Float64Array, this.#sizes);
    this.#missing = grown(Uint8Array, this.#missing);
    const digests = Buffer.alloc(size * ROW_BYTES);
    this.#digests.copy(digests);
    this.#digests = digests;
  }
}
