import type { FailureCode } from '../../../shared/failure.ts';
import { digestParts, headerOf } from '../message/digest.ts';
import { envelopeOf, type Envelope } from '../message/header.ts';
import type { MessageWriter, Settle } from '../sink.ts';
import type { MessageHead } from '../source.ts';
import type { CatalogMailbox } from './catalog.ts';
import { InFlight } from './in-flight.ts';
import type { KnownUids } from './known-uids.ts';
import { LargeAppend, wrongSize } from './large-append.ts';
import { FROM_LINE_BYTES, quoteInPlace, quotePositions, writeFromLine } from './mbox.ts';
import type { MessageRecord } from './records.ts';
import { BATCH_MS, type WriteCore } from './write-core.ts';

const LF = 0x0a;
/** From_ line, an added newline, the LF between messages. */
const EXTRA_BYTES = FROM_LINE_BYTES + 2;

/** Whole messages as they will stand in the file; places count from the start of the batch. */
interface Batch {
  buffer: Buffer;
  used: number;
  entries: { record: MessageRecord; envelope: Envelope }[];
  since: number;
}

/** Receives messages of one mailbox into its mbox file: small ones in batches, a large one on its own. */
export class MboxWriter implements MessageWriter {
  readonly #core: WriteCore;
  readonly #mailbox: CatalogMailbox;
  readonly #uidValidity: number;
  readonly #known: KnownUids;
  readonly #settle: Settle;
  #batch: Batch | null = null;
  #head: MessageHead | null = null;
  #kind: 'batch' | 'large' | 'known' | 'ignored' = 'ignored';
  #received = 0;
  #large: LargeAppend | null = null;
  /** Large messages that have come whole and wait for the file: whom to tell that they are in it. */
  readonly #ended = new Map<LargeAppend, () => void>();
  /** Batches and large messages that have come whole and wait for the file. */
  readonly #waiting = new InFlight();

  constructor(core: WriteCore, mailbox: CatalogMailbox, uidValidity: number, settle: Settle) {
    this.#core = core;
    this.#mailbox = mailbox;
    this.#uidValidity = uidValidity;
    this.#known = core.knownUids(mailbox.record.id, uidValidity);
    this.#settle = settle;
  }

  begin(head: MessageHead): void {
    this.#head = head;
    this.#received = 0;
    this.#kind = 'ignored';
    if (this.#core.commit.failure) return;
    this.#guard(() => {
      if (this.#known.has(head.uid)) this.#kind = 'known';
      else this.#beginStoring(head);
    });
  }

  #beginStoring(head: MessageHead): void {
    this.#core.ensureSession();
    const needs = head.sizeBytes + EXTRA_BYTES;
    if (this.#batch && this.#batch.used + needs > this.#batch.buffer.length) this.#sendBatch();
    this.#known.claim(head.uid);
    const buffer = this.#batch?.buffer ?? this.#core.takeBuffer();
    if (needs > buffer.length) {
      this.#core.giveBuffer(buffer);
      this.#kind = 'large';
      const target = this.#core.mboxFile(this.#mailbox);
      this.#large = new LargeAppend(target, head, (act) => this.#guard(act), this.#largeFinished);
      return;
    }
    this.#kind = 'batch';
    this.#batch ??= { buffer, used: 0, entries: [], since: this.#core.clock.now() };
  }

  chunk(octets: Buffer): void {
    this.#received += octets.length;
    if (this.#kind === 'ignored' || this.#kind === 'known' || this.#received > this.#head!.sizeBytes) return;
    if (this.#kind === 'large') this.#guard(() => this.#large!.chunk(octets));
    else octets.copy(this.#batch!.buffer, this.#batch!.used + FROM_LINE_BYTES + this.#received - octets.length);
  }

  end(): void {
    const head = this.#head!;
    this.#head = null;
    if (this.#core.commit.failure) return;
    this.#guard(() => {
      if (this.#kind === 'known') this.#tellKnown(head.uid);
      else if (this.#kind !== 'ignored' && this.#received !== head.sizeBytes) this.#refuse(head);
      else if (this.#kind === 'large') this.#endLarge(this.#large!);
      else if (this.#kind === 'batch') this.#endInBatch(head);
    });
  }

  /** Told with everything before it, so that 'duplicate' is only said of what is durable. */
  #tellKnown(uid: number): void {
    this.#sendBatch();
    this.#core.tellKnown(this.#settle, uid, this.#waiting);
  }

  #refuse(head: MessageHead): void {
    this.#dropCurrent(head.uid);
    const { code, message } = wrongSize(head, this.#received);
    this.#settle(head.uid, 'failed', { code, reason: message });
  }

  #endInBatch(head: MessageHead): void {
    const batch = this.#batch!;
    const start = batch.used + FROM_LINE_BYTES;
    const raw = batch.buffer.subarray(start, start + head.sizeBytes);
    const header = headerOf(raw);
    const digests = digestParts(raw, header);
    const envelope = envelopeOf(header);
    const addsNewline = raw.length > 0 && raw[raw.length - 1] !== LF;
    const positions = quotePositions(raw);
    const length = FROM_LINE_BYTES + raw.length + positions.length + Number(addsNewline) + 1;
    const record: MessageRecord = {
      type: 'message',
      mailbox: this.#mailbox.record.id,
      uidValidity: this.#uidValidity,
      uid: head.uid,
      flags: head.flags,
      internalDate: head.internalDate,
      sizeBytes: raw.length,
      fingerprint: digests.fingerprint,
      headerDigest: digests.headerDigest,
      place: { offset: batch.used, length },
    };
    if (addsNewline) record.notes = ['final-newline-added'];
    if (batch.used + length > batch.buffer.length) growBatch(batch, batch.used + length);
    const text = batch.buffer.subarray(batch.used, batch.used + length);
    writeFromLine(text, head.internalDate);
    if (positions.length > 0) quoteInPlace(text.subarray(FROM_LINE_BYTES), raw.length, positions);
    if (addsNewline) text[length - 2] = LF;
    text[length - 1] = LF;
    batch.used += length;
    batch.entries.push({ record, envelope });
    if (this.#core.clock.now() - batch.since >= BATCH_MS) this.#sendBatch();
  }

  #endLarge(large: LargeAppend): void {
    const over = new Promise<void>((resolve) => this.#ended.set(large, resolve));
    large.end();
    if (this.#ended.has(large)) this.#core.waitingForFile(over, this.#waiting);
  }

  abort(): void {
    const head = this.#head;
    this.#head = null;
    if (head) this.#guard(() => this.#dropCurrent(head.uid));
  }

  #dropCurrent(uid: number): void {
    if (this.#kind === 'batch' || this.#kind === 'large') this.#known.unclaim(uid);
    if (this.#kind === 'large') {
      this.#large!.abort();
      this.#large = null;
    }
    this.#kind = 'ignored';
  }

  missed(uid: number, outcome: 'vanished' | 'failed', code: FailureCode, reason: string): void {
    this.#settle(uid, outcome === 'failed' ? 'failed' : 'skipped', { code, reason });
  }

  pressure(): Promise<void> | null {
    const { commit } = this.#core;
    if (commit.failure) return Promise.reject(commit.failure);
    // A large message that has the file does not wait for it.
    const waits = this.#waiting.size > 0 || this.#large?.isWaiting;
    const free = waits ? this.#core.mboxFile(this.#mailbox).whenReleased() : null;
    return free ? commit.orFailure(free) : commit.pressure();
  }

  async flush(): Promise<void> {
    const { commit } = this.#core;
    this.#guard(() => this.#sendBatch());
    await commit.orFailure(this.#waiting.idle());
    await commit.flush();
  }

  /** Hand over what is collected, without waiting: the lane closes. */
  drain(): void {
    if (this.#head) this.abort();
    this.#guard(() => this.#sendBatch());
  }

  #sendBatch(): void {
    const batch = this.#batch;
    this.#batch = null;
    if (!batch) return;
    if (batch.entries.length === 0) {
      this.#core.giveBuffer(batch.buffer);
      return;
    }
    const target = this.#core.mboxFile(this.#mailbox);
    let isOver = false;
    const over = new Promise<void>((resolve) => {
      target.acquire(() => {
        this.#guard(() => {
          try {
            if (!this.#core.commit.failure) this.#append(batch);
          } finally {
            target.release();
          }
        });
        isOver = true;
        resolve();
      });
    });
    if (!isOver) this.#core.waitingForFile(over, this.#waiting);
  }

  #append(batch: Batch): void {
    const target = this.#core.mboxFile(this.#mailbox);
    const base = target.file.end;
    target.file.write(batch.buffer.subarray(0, batch.used));
    target.file.drain();
    this.#core.commit.touched(target);
    for (const { record, envelope } of batch.entries) {
      if ('offset' in record.place) record.place.offset += base;
      this.#core.stored(record, { envelope, settle: this.#settle, uid: record.uid, outcome: 'stored' });
    }
    this.#core.giveBuffer(batch.buffer);
  }

  readonly #largeFinished = (large: LargeAppend): void => {
    if (this.#large === large) this.#large = null;
    this.#core.commit.touched(this.#core.mboxFile(this.#mailbox));
    const { record, envelope } = large.record(this.#mailbox.record.id, this.#uidValidity);
    this.#core.stored(record, { envelope, settle: this.#settle, uid: record.uid, outcome: 'stored' });
    this.#ended.get(large)?.();
    this.#ended.delete(large);
  };

  /** What fails here is told by `pressure` and `flush`: the caller is in the middle of a network read. */
  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#core.commit.fail(error);
    }
  }
}

/** Quoting made the last message longer than the room it had. */
function growBatch(batch: Batch, bytes: number): void {
  const larger = Buffer.allocUnsafeSlow(bytes);
  batch.buffer.copy(larger, 0);
  batch.buffer = larger;
}
