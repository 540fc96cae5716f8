/** Small messages that were received one behind the other, on their way into files of their own. */
import path from 'node:path';
import { EngineError } from '../errors.ts';
import type { Settle } from '../sink.ts';
import type { MessageHead } from '../source.ts';
import type { CatalogMailbox } from './catalog.ts';
import { FreshFile, holds, linkToCopy } from './eml-file.ts';
import { emlFile, mailPath } from './layout.ts';
import type { MessageRecord } from './records.ts';
import { writeNew, type MessageFacts, type NewFile, type Place, type WrittenFile } from './store-tasks.ts';
import { factsAside, writeFilesAside } from './store-thread.ts';
import type { WriteCore } from './write-core.ts';

export interface EmlBatch {
  octets: Buffer;
  usedBytes: number;
  messages: (Place & { head: MessageHead })[];
  since: number;
}

/** Where messages of one mailbox go, and whom to tell. */
export interface EmlTarget {
  core: WriteCore;
  mailbox: CatalogMailbox;
  uidValidity: number;
  settle: Settle;
}

interface Written {
  octets: Buffer;
  written: WrittenFile[];
}

/** Never rejects: what fails is told to the commit. */
export async function storeEmlBatch(target: EmlTarget, batch: EmlBatch): Promise<void> {
  const { core } = target;
  try {
    const { octets, facts } = await factsAside(batch.octets, batch.messages);
    if (core.commit.failure) return;
    const writing = Promise.withResolvers<Written>();
    const files: NewFile[] = [];
    const ends = facts.map((fact, i) => place({ target, octets, files }, batch.messages[i]!, fact, writing.promise));
    writing.resolve(writeFilesAside(octets, files));
    await Promise.all(ends);
    core.giveBuffer((await writing.promise).octets);
  } catch (error) {
    core.commit.fail(error);
  }
}

interface Placing {
  target: EmlTarget;
  octets: Buffer;
  /** To be written with this batch; grows. */
  files: NewFile[];
}

/**
 * Decide how a message comes under its name, and tell the commit of it: as a link to an exact copy where there is one.
 *
 * @returns when it is there; rejects with what kept it from being written
 */
function place(
  { target, octets, files }: Placing,
  message: EmlBatch['messages'][number],
  facts: MessageFacts,
  writing: Promise<Written>,
): Promise<unknown> {
  const { core, mailbox, uidValidity } = target;
  const { start, sizeBytes } = message;
  const file = mailPath(core.paths, `${mailbox.record.file}/${emlFile(uidValidity, message.head.uid)}`);
  const rawIn = (buffer: Buffer): Buffer => buffer.subarray(start, start + sizeBytes);
  const linked = (buffer: Buffer): boolean =>
    linkToCopy(core, file, facts.fingerprint, (copy) => holds(copy, rawIn(buffer)));
  core.needFolder(path.dirname(file));
  core.commit.touchedFolder(path.dirname(file));
  const before = core.writingOf(facts.fingerprint);
  let coming: Promise<number | null> | null = null;
  if (before !== null) {
    // The copy cannot be compared before it is written, nor while the second thread has the octets.
    coming = before.then(() => writing).then((now) => (linked(now.octets) ? null : writeNew(file, rawIn(now.octets))));
  } else if (!linked(octets)) {
    const at = files.push({ path: file, start, sizeBytes }) - 1;
    core.rememberFile(facts.fingerprint, file, writing);
    coming = writing.then(({ written }) => descriptor(written[at]!));
  }
  if (coming) core.commit.touched(new FreshFile(file, coming));
  const { settle } = target;
  const { uid } = message.head;
  core.stored(emlRecord(target, message, facts), { envelope: facts.envelope, settle, uid, outcome: 'stored' });
  return coming ?? Promise.resolve();
}

/** @throws EngineError why it could not be written */
function descriptor(written: WrittenFile): number {
  if (typeof written === 'number') return written;
  throw EngineError.fromFailure(written);
}

export function emlRecord(
  { mailbox, uidValidity }: Pick<EmlTarget, 'mailbox' | 'uidValidity'>,
  { head, sizeBytes }: { head: MessageHead; sizeBytes: number },
  { fingerprint, headerDigest }: Pick<MessageFacts, 'fingerprint' | 'headerDigest'>,
): MessageRecord {
  const { uid, flags, internalDate } = head;
  return {
    type: 'message',
    mailbox: mailbox.record.id,
    ...{ uidValidity, uid, flags, internalDate, sizeBytes, fingerprint, headerDigest },
    place: { file: emlFile(uidValidity, uid) },
  };
}
