/** Adds the words of messages that the index lacks: headers first, then bodies, in the order of the archive. */
import { hash } from 'node:crypto';
import type { IndexDb } from './index-db.ts';
import { senderKey, subjectKey } from './list-orders.ts';
import type { MailDoor } from './mail-door.ts';
import { condense, previewOf, readWords, searchable, type MessageWords } from './message-words.ts';
import { fold, spaced } from './search-words.ts';

/** Called between messages: others get their turn. @returns false to stop; what is done stays */
export type Breathe = () => Promise<boolean>;

export interface BuildHooks {
  breathe: Breathe;
  /** Words of so many bodies are in the index. */
  progress(indexed: number, total: number): void;
  /** Headers were added. */
  headsAdded(): void;
  /** A body was added. */
  bodyAdded(id: number, attachments: number): void;
}

const BATCH = 200;
/** A stop loses what came since the last commit. Each commit makes a segment, and many of them slow down a search. */
const COMMIT_EVERY = 8000;
const COMMIT_MS = 5000;

/** @returns false when it was stopped */
export async function addHeads(index: IndexDb, hooks: BuildHooks): Promise<boolean> {
  const addKey = index.statement('INSERT INTO sortKey VALUES (?, ?, ?, ?)');
  const addWords = index.statement('INSERT INTO head (rowid, sender, recipients, subject) VALUES (?, ?, ?, ?)');
  const next = index.statement(`SELECT id, sender, recipients, subject, coalesce(date, 0) FROM entry
    WHERE id > ? AND id NOT IN (SELECT id FROM sortKey) ORDER BY id LIMIT ${BATCH}`);
  return inTransactions(index, hooks, (last) => {
    const rows = next.all(last) as [number, string, string, string, number][];
    for (const [id, sender, recipients, subject, date] of rows) {
      addKey.run(id, senderKey(fold(sender)), subjectKey(fold(subject)), -date);
      addWords.run(id, spaced(sender), spaced(recipients), spaced(subject));
      last = id;
    }
    if (rows.length > 0) hooks.headsAdded();
    return { last: rows.length < BATCH ? null : last, count: rows.length };
  });
}

/** @returns false when it was stopped */
export async function addBodies(index: IndexDb, door: MailDoor, hooks: BuildHooks): Promise<boolean> {
  const next = index.statement(
    `SELECT id, fingerprint FROM entry WHERE id > ? AND id NOT IN (SELECT id FROM body) ORDER BY id LIMIT ${BATCH}`,
  );
  const total = index.count('entry');
  let indexed = index.count('body');
  let waiting: [number, Uint8Array][] = [];
  hooks.progress(indexed, total);
  return inTransactions(index, hooks, async (last) => {
    if (waiting.length === 0) waiting = next.all(last) as [number, Uint8Array][];
    const [id, fingerprint] = waiting.shift() ?? [];
    if (id === undefined || fingerprint === undefined) return { last: null, count: 0 };
    const words = await wordsIn(door, id, fingerprint, hooks.breathe);
    if (words === null) return { last: null, count: 0 };
    addBody(index, id, words);
    hooks.bodyAdded(id, words.attachments);
    hooks.progress(++indexed, total);
    return { last: id, count: 1 };
  });
}

/** @returns null when it was stopped */
async function wordsIn(
  door: MailDoor,
  id: number,
  fingerprint: Uint8Array,
  breathe: Breathe,
): Promise<MessageWords | null> {
  const reading = condense(door.chunks(id));
  try {
    for (let step = reading.next(); ; step = reading.next()) {
      if (step.done)
        return isOf(step.value, door.sizeBytes(id), fingerprint) ? readWords(step.value) : readWords(EMPTY);
      if (!(await breathe())) return null;
    }
  } catch {
    // Damaged or gone: verify says so. It is found by its header.
    return readWords(EMPTY);
  } finally {
    reading.return(EMPTY);
  }
}

const EMPTY = Buffer.alloc(0);

/** A mailbox may have been rewritten since its places were learned. Large ones are not held whole, and are trusted. */
function isOf(raw: Buffer, sizeBytes: number, fingerprint: Uint8Array): boolean {
  return raw.length !== sizeBytes || hash('sha256', raw, 'hex') === Buffer.from(fingerprint).toString('hex');
}

function addBody(index: IndexDb, id: number, { text, fileNames, attachments }: MessageWords): void {
  index
    .statement('INSERT INTO words (rowid, body, attachments) VALUES (?, ?, ?)')
    .run(id, spaced(searchable(text)), spaced(fileNames));
  index.statement('INSERT INTO body VALUES (?, ?, ?)').run(id, attachments, previewOf(text));
}

interface Step {
  /** Go on after this id; null: that was all. */
  last: number | null;
  count: number;
}

async function inTransactions(
  index: IndexDb,
  { breathe }: BuildHooks,
  act: (last: number) => Step | Promise<Step>,
): Promise<boolean> {
  let last: number | null = 0;
  while (last !== null) {
    index.exec('BEGIN IMMEDIATE');
    const until = performance.now() + COMMIT_MS;
    try {
      for (let done = 0; last !== null && done < COMMIT_EVERY && performance.now() < until;) {
        const step = await act(last);
        last = step.last;
        done += step.count;
        if (!(await breathe())) {
          index.exec('COMMIT');
          return false;
        }
      }
      index.exec('COMMIT');
    } catch (error) {
      index.exec('ROLLBACK');
      throw error;
    }
  }
  return true;
}

/** Joins segments, a little at a time: a search looks into each of them. */
export async function tidyWords(index: IndexDb, breathe: Breathe): Promise<void> {
  for (const table of ['head', 'words']) {
    const merge = index.statement(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`);
    const changes = index.statement('SELECT total_changes()');
    // Negative: also segments of one level only (sqlite.org/fts5.html §6.8).
    for (let pages = -200; ; pages = 200) {
      const before = changes.get()![0] as number;
      merge.run(pages);
      if ((changes.get()![0] as number) - before < 2) break;
      if (!(await breathe())) return;
    }
  }
}
