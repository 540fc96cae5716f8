/** Removing messages for good (--mirror). Crash-safe at every step; see "Forgetting" in docs/archive-format.md. */
import fs from 'node:fs';
import path from 'node:path';
import { toEngineError } from '../errors.ts';
import { createFile, renameFile, syncFile, syncFolder, unlinkFile, writeFully } from '../fs/durable.ts';
import type { CatalogMailbox } from './catalog.ts';
import { forgottenFiles, forgottenPlaces } from './catalog-apply.ts';
import { mailPath, rewriteName } from './layout.ts';
import type { ForgetRecord } from './records.ts';
import { formatUidSets } from './uid-set.ts';
import type { WriteCore } from './write-core.ts';

/** Each set rewrites the mbox file once: few and long ones. */
const MAX_RANGES = 20_000;
const COPY_BYTES = 1024 * 1024;

/**
 * Remove messages, and every older name of the same octets, from the archive.
 *
 * @throws EngineError 'disk-full' (mbox: the file is copied); nothing is forgotten then
 */
export async function forgetMessages(
  core: WriteCore,
  mailbox: CatalogMailbox,
  uidValidity: number,
  uids: Uint32Array,
): Promise<void> {
  await core.commit.flush();
  for (const set of formatUidSets(Uint32Array.from(uids).sort(), MAX_RANGES)) {
    const record: ForgetRecord = { type: 'forget', mailbox: mailbox.record.id, uidValidity, uids: set };
    if (core.manifest.layout === 'eml') await forgetEml(core, mailbox, record);
    else await forgetMbox(core, mailbox, record);
  }
}

/** Record first: a file that is left over is unlisted, and recovery removes it. */
async function forgetEml(core: WriteCore, mailbox: CatalogMailbox, record: ForgetRecord): Promise<void> {
  const files = forgottenFiles(core.catalog, record).map((file) =>
    mailPath(core.paths, `${mailbox.record.file}/${file}`),
  );
  await core.record([record]);
  orRecovery(core, () => {
    for (const file of files) unlinkFile(file);
    for (const folder of new Set(files.map((file) => path.dirname(file)))) syncFolder(folder);
  });
}

/**
 * NAME.n.new → fsync → record → fsync → rename. A crash before the record leaves a work file whose number the
 * journal does not know; after it, one whose number it does: recovery deletes the first and renames the second.
 */
async function forgetMbox(core: WriteCore, mailbox: CatalogMailbox, record: ForgetRecord): Promise<void> {
  const places = forgottenPlaces(core.catalog, record);
  if (places.length === 0) {
    await core.record([record]);
    return;
  }
  const file = mailPath(core.paths, mailbox.record.file);
  const ordinal = mailbox.rewrites + 1;
  const fresh = rewriteName(file, ordinal);
  core.ensureSession();
  await exclusively(core, mailbox, async () => {
    unlinkFile(fresh);
    await copyWithout(file, fresh, places);
    syncFolder(path.dirname(fresh));
    core.recordNow({ ...record, rewrite: ordinal });
    core.dropMboxFile(mailbox);
    orRecovery(core, () => {
      renameFile(fresh, file);
      syncFolder(path.dirname(file));
    });
  });
}

/** The record is there: what cannot be done now is left to recovery, and nothing may be written before it. */
function orRecovery(core: WriteCore, act: () => void): void {
  try {
    act();
  } catch (error) {
    core.commit.fail(error);
    throw error;
  }
}

function exclusively(core: WriteCore, mailbox: CatalogMailbox, act: () => Promise<void>): Promise<void> {
  const target = core.mboxFile(mailbox);
  return new Promise((resolve, reject) => {
    target.acquire(() => {
      act()
        .finally(() => {
          target.release();
        })
        .then(resolve, reject);
    });
  });
}

async function copyWithout(file: string, fresh: string, removed: { offset: number; length: number }[]): Promise<void> {
  const from = fs.openSync(file, 'r');
  const to = createFile(fresh);
  try {
    let out = 0;
    let at = 0;
    for (const { offset, length } of [...removed, { offset: fs.fstatSync(from).size, length: 0 }]) {
      out = copyRange(from, to, fresh, at, offset, out);
      at = offset + length;
    }
    await syncFile(to, fresh);
  } catch (error) {
    unlinkFile(fresh);
    throw toEngineError(error, fresh);
  } finally {
    fs.closeSync(from);
    fs.closeSync(to);
  }
}

function copyRange(from: number, to: number, fresh: string, start: number, end: number, out: number): number {
  const buffer = Buffer.allocUnsafe(Math.min(COPY_BYTES, Math.max(0, end - start)));
  for (let at = start; at < end;) {
    const got = fs.readSync(from, buffer, 0, Math.min(buffer.length, end - at), at);
    if (got === 0) break;
    writeFully(to, fresh, buffer.subarray(0, got), out);
    at += got;
    out += got;
  }
  return out;
}
