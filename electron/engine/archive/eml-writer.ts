import path from 'node:path';
import type { FailureCode } from '../../../shared/failure.ts';
import { AppendFile } from '../fs/append-file.ts';
import { renameFile, unlinkFile } from '../fs/durable.ts';
import { StreamDigest } from '../message/digest.ts';
import { readEnvelope } from '../message/header.ts';
import type { MessageWriter, Settle } from '../sink.ts';
import type { MessageHead } from '../source.ts';
import type { CatalogMailbox } from './catalog.ts';
import { emlRecord, storeEmlBatch, type EmlBatch, type EmlTarget } from './eml-batch.ts';
import { linkToCopy, sameFiles } from './eml-file.ts';
import type { Syncable } from './group-commit.ts';
import { InFlight } from './in-flight.ts';
import type { KnownUids } from './known-uids.ts';
import { wrongSize } from './large-append.ts';
import { emlFile, mailPath } from './layout.ts';
import { BATCH_BYTES, BATCH_MS, MOST_BATCHES, type WriteCore } from './write-core.ts';

/**
 * Receives messages of one mailbox into .eml files. Small ones are gathered, and a second thread writes them while more
 * come; a large one goes through a `.part` file.
 */
export class EmlWriter implements MessageWriter {
  readonly #core: WriteCore;
  readonly #target: EmlTarget;
  readonly #mailbox: CatalogMailbox;
  readonly #uidValidity: number;
  readonly #known: KnownUids;
  readonly #settle: Settle;
  readonly #batches = new InFlight();
  #batch: EmlBatch | null = null;
  #head: MessageHead | null = null;
  #kind: 'small' | 'large' | 'known' | 'ignored' = 'ignored';
  #received = 0;
  #part: AppendFile | null = null;
  #digest: StreamDigest | null = null;

  constructor(core: WriteCore, mailbox: CatalogMailbox, uidValidity: number, settle: Settle) {
    this.#core = core;
    this.#target = { core, mailbox, uidValidity, settle };
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
      if (this.#known.has(head.uid)) {
        this.#kind = 'known';
        return;
      }
      this.#core.ensureSession();
      this.#known.claim(head.uid);
      if (head.sizeBytes > BATCH_BYTES) this.#beginLarge(head);
      else this.#beginSmall(head);
    });
  }

  #beginSmall(head: MessageHead): void {
    if (this.#batch && head.sizeBytes > this.#batch.octets.length - this.#batch.usedBytes) this.#sendBatch();
    this.#batch ??= { octets: this.#core.takeBuffer(), usedBytes: 0, messages: [], since: this.#core.clock.now() };
    this.#kind = 'small';
  }

  #sendBatch(): void {
    const batch = this.#batch;
    this.#batch = null;
    if (!batch) return;
    if (batch.messages.length > 0) this.#core.appending(storeEmlBatch(this.#target, batch), this.#batches);
    else this.#core.giveBuffer(batch.octets);
  }

  #beginLarge(head: MessageHead): void {
    const part = `${this.#fileOf(head.uid)}.part`;
    this.#core.needFolder(path.dirname(part));
    unlinkFile(part);
    this.#part = new AppendFile(part);
    this.#digest = new StreamDigest();
    this.#kind = 'large';
  }

  #fileOf(uid: number): string {
    return mailPath(this.#core.paths, `${this.#mailbox.record.file}/${emlFile(this.#uidValidity, uid)}`);
  }

  chunk(octets: Buffer): void {
    this.#received += octets.length;
    if (this.#received > this.#head!.sizeBytes) return;
    if (this.#kind === 'small') {
      const batch = this.#batch!;
      octets.copy(batch.octets, batch.usedBytes + this.#received - octets.length);
    } else if (this.#kind === 'large') {
      this.#guard(() => {
        this.#digest!.update(octets);
        this.#part!.write(octets);
      });
    }
  }

  end(): void {
    const head = this.#head!;
    this.#head = null;
    if (this.#core.commit.failure) return;
    this.#guard(() => {
      if (this.#kind === 'known') this.#tellKnown(head.uid);
      else if (this.#kind !== 'ignored' && this.#received !== head.sizeBytes) this.#refuse(head);
      else if (this.#kind === 'small') this.#endSmall(head);
      else if (this.#kind === 'large') this.#endLarge(head);
    });
  }

  #refuse(head: MessageHead): void {
    this.#dropCurrent(head.uid);
    const { code, message } = wrongSize(head, this.#received);
    this.#settle(head.uid, 'failed', { code, reason: message });
  }

  /** Told with everything before it, so that 'duplicate' is only said of what is durable. */
  #tellKnown(uid: number): void {
    this.#sendBatch();
    this.#core.tellKnown(this.#settle, uid, this.#batches);
  }

  #endSmall(head: MessageHead): void {
    const batch = this.#batch!;
    batch.messages.push({ head, start: batch.usedBytes, sizeBytes: head.sizeBytes });
    batch.usedBytes += head.sizeBytes;
    if (this.#core.clock.now() - batch.since >= BATCH_MS) this.#sendBatch();
  }

  #endLarge(head: MessageHead): void {
    const part = this.#part!;
    const file = this.#fileOf(head.uid);
    const octets = this.#digest!.head();
    const digests = this.#digest!.end();
    this.#part = null;
    this.#digest = null;
    part.drain();
    if (linkToCopy(this.#core, file, digests.fingerprint, (copy) => sameFiles(copy, part.path))) {
      part.close();
      unlinkFile(part.path);
    } else {
      renameFile(part.path, file);
      this.#core.commit.touched(closedAfterSync(part));
      this.#core.rememberFile(digests.fingerprint, file);
    }
    this.#core.commit.touchedFolder(path.dirname(file));
    const record = emlRecord(this.#target, { head, sizeBytes: head.sizeBytes }, digests);
    const envelope = readEnvelope(octets);
    this.#core.stored(record, { envelope, settle: this.#settle, uid: head.uid, outcome: 'stored' });
  }

  abort(): void {
    const head = this.#head;
    this.#head = null;
    if (head) this.#guard(() => this.#dropCurrent(head.uid));
  }

  #dropCurrent(uid: number): void {
    if (this.#kind === 'small' || this.#kind === 'large') {
      this.#known.unclaim(uid);
    }
    this.#kind = 'ignored';
    const part = this.#part;
    this.#part = null;
    this.#digest = null;
    part?.close();
    if (part) unlinkFile(part.path);
  }

  missed(uid: number, outcome: 'vanished' | 'failed', code: FailureCode, reason: string): void {
    this.#settle(uid, outcome === 'failed' ? 'failed' : 'skipped', { code, reason });
  }

  pressure(): Promise<void> | null {
    const { commit } = this.#core;
    if (this.#batches.size >= MOST_BATCHES) return commit.orFailure(this.#batches.next());
    return commit.pressure();
  }

  async flush(): Promise<void> {
    const { commit } = this.#core;
    this.#guard(() => this.#sendBatch());
    await commit.orFailure(this.#batches.idle());
    await commit.flush();
  }

  /** The lane closes or goes on to another mailbox. */
  drain(): void {
    if (this.#head) this.abort();
    this.#guard(() => this.#sendBatch());
  }

  /** What fails here is told by `pressure` and `flush`: the caller is in the middle of a network read. */
  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#core.commit.fail(error);
    }
  }
}

function closedAfterSync(file: AppendFile): Syncable {
  return {
    sync: async () => {
      try {
        await file.sync();
      } finally {
        file.close();
      }
    },
    abandon: () => {
      file.close();
    },
  };
}
