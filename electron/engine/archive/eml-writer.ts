import path from 'node:path';
import type { FailureCode } from '../../../shared/failure.ts';
import { AppendFile } from '../fs/append-file.ts';
import { renameFile, unlinkFile } from '../fs/durable.ts';
import { digestMessage, StreamDigest, type MessageDigests } from '../message/digest.ts';
import { readEnvelope } from '../message/header.ts';
import type { MessageWriter, Settle } from '../sink.ts';
import type { MessageHead } from '../source.ts';
import type { CatalogMailbox } from './catalog.ts';
import { linkToCopy, sameFiles, storeEml } from './eml-file.ts';
import type { WriteBuffer } from './eml-writes.ts';
import type { Syncable } from './group-commit.ts';
import { wrongSize } from './large-append.ts';
import { emlFile, mailPath } from './layout.ts';
import type { MessageRecord } from './records.ts';
import { BATCH_BYTES, type WriteCore } from './write-core.ts';

/**
 * Receives messages of one mailbox into .eml files. Small ones are gathered, and other threads write them while more come;
 * a large one goes through a `.part` file.
 */
export class EmlWriter implements MessageWriter {
  readonly #core: WriteCore;
  readonly #mailbox: CatalogMailbox;
  readonly #uidValidity: number;
  readonly #settle: Settle;
  #buffer: WriteBuffer | null = null;
  #head: MessageHead | null = null;
  #kind: 'small' | 'large' | 'known' | 'ignored' = 'ignored';
  #received = 0;
  #part: AppendFile | null = null;
  #digest: StreamDigest | null = null;

  constructor(core: WriteCore, mailbox: CatalogMailbox, uidValidity: number, settle: Settle) {
    this.#core = core;
    this.#mailbox = mailbox;
    this.#uidValidity = uidValidity;
    this.#settle = settle;
  }

  begin(head: MessageHead): void {
    this.#head = head;
    this.#received = 0;
    this.#kind = 'ignored';
    if (this.#core.commit.failure) return;
    this.#guard(() => {
      const { id } = this.#mailbox.record;
      if (this.#core.isKnown(id, this.#uidValidity, head.uid)) {
        this.#kind = 'known';
        return;
      }
      this.#core.ensureSession();
      this.#core.claim(id, this.#uidValidity, head.uid);
      if (head.sizeBytes > BATCH_BYTES) this.#beginLarge(head);
      else this.#beginSmall(head);
    });
  }

  #beginSmall(head: MessageHead): void {
    if (this.#buffer && head.sizeBytes > this.#buffer.octets.length - this.#buffer.usedBytes) this.#seal();
    this.#buffer ??= { octets: this.#core.takeBuffer(), usedBytes: 0, pending: 0, sealed: false };
    this.#kind = 'small';
  }

  #seal(): void {
    if (this.#buffer) this.#core.writes.seal(this.#buffer);
    this.#buffer = null;
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
      const buffer = this.#buffer!;
      octets.copy(buffer.octets, buffer.usedBytes + this.#received - octets.length);
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
      if (this.#kind === 'known') {
        this.#core.commit.add(
          { record: null, envelope: null, settle: this.#settle, uid: head.uid, outcome: 'duplicate' },
          0,
        );
      } else if (this.#kind !== 'ignored' && this.#received !== head.sizeBytes) this.#refuse(head);
      else if (this.#kind === 'small') this.#endSmall(head);
      else if (this.#kind === 'large') this.#endLarge(head);
    });
  }

  #refuse(head: MessageHead): void {
    this.#dropCurrent(head.uid);
    const { code, message } = wrongSize(head, this.#received);
    this.#settle(head.uid, 'failed', { code, reason: message });
  }

  #endSmall(head: MessageHead): void {
    const buffer = this.#buffer!;
    const raw = buffer.octets.subarray(buffer.usedBytes, buffer.usedBytes + head.sizeBytes);
    const digests = digestMessage(raw);
    buffer.usedBytes += head.sizeBytes;
    storeEml(this.#core, buffer, this.#fileOf(head.uid), raw, digests.fingerprint);
    this.#stored(head, digests, raw);
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
    this.#stored(head, digests, octets);
  }

  #stored(head: MessageHead, digests: MessageDigests, octets: Buffer): void {
    const { uid, flags, internalDate, sizeBytes } = head;
    const record: MessageRecord = {
      type: 'message',
      mailbox: this.#mailbox.record.id,
      uidValidity: this.#uidValidity,
      uid,
      flags,
      internalDate,
      sizeBytes,
      fingerprint: digests.fingerprint,
      headerDigest: digests.headerDigest,
      place: { file: emlFile(this.#uidValidity, uid) },
    };
    const envelope = readEnvelope(octets);
    this.#core.stored(record, { envelope, settle: this.#settle, uid, outcome: 'stored' });
  }

  abort(): void {
    const head = this.#head;
    this.#head = null;
    if (head) this.#guard(() => this.#dropCurrent(head.uid));
  }

  #dropCurrent(uid: number): void {
    if (this.#kind === 'small' || this.#kind === 'large') {
      this.#core.unclaim(this.#mailbox.record.id, this.#uidValidity, uid);
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
    const { commit, writes } = this.#core;
    const pressure = commit.pressure();
    if (pressure) return pressure;
    const room = writes.pressure();
    return room && commit.orFailure(room);
  }

  async flush(): Promise<void> {
    await this.#core.commit.flush();
  }

  /** The lane closes or goes on to another mailbox. */
  drain(): void {
    if (this.#head) this.abort();
    this.#seal();
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
