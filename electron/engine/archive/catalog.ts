/** The catalog: what the journal says, by mailbox and UID, in SQLite. Derived; never the truth. */
import type { SpecialUse } from '../../../shared/mailbox.ts';
import { durableStep } from '../fs/durable.ts';
import type { PassState } from '../sink.ts';
import type { Database, Statement, Value } from './catalog-driver.ts';
import { JOURNAL_START, type JournalPosition, type MailboxRecord } from './records.ts';

export interface CatalogMailbox {
  record: MailboxRecord;
  /** mbox: where the octets end that the journal knows of; what follows is an unlisted tail. */
  endBytes: number;
  /** mbox: the same, of octets that are no message of ours. */
  gapEndBytes: number;
  /** mbox: how often the file was rewritten. */
  rewrites: number;
  /** uidValidity that was written last; null for a mailbox that never held a message. */
  generation: number | null;
  lastPass: PassState | null;
}

/** How far the journal is in the catalog. `crc`: of the last line applied, so another journal is noticed. */
export interface Applied {
  position: JournalPosition;
  crc: string;
}

export class Catalog {
  readonly db: Database;
  readonly file: string;
  /** A catalog in memory is never committed and never falls behind. */
  readonly inMemory: boolean;
  /** In memory, and what was found on disk was up to date. */
  foundCurrent = false;
  readonly mailboxes = new Map<number, CatalogMailbox>();
  readonly byPath = new Map<string, CatalogMailbox>();
  readonly #statements = new Map<string, Statement>();
  readonly #changed = new Set<CatalogMailbox>();
  #inTransaction = false;
  #applied: Applied;
  nextId: number;

  /** @param db a database that has the schema already */
  constructor(db: Database, file: string) {
    this.db = db;
    this.file = file;
    this.inMemory = file === ':memory:';
    for (const mailbox of readMailboxes(db)) this.#remember(mailbox);
    this.#applied = readApplied(this.meta('applied'));
    this.nextId = Number(this.meta('nextId') ?? 1);
  }

  get applied(): Applied {
    return this.#applied;
  }

  statement(sql: string): Statement {
    let found = this.#statements.get(sql);
    if (!found) {
      found = this.db.prepare(sql);
      this.#statements.set(sql, found);
    }
    return found;
  }

  meta(key: string): string | undefined {
    return this.statement('SELECT value FROM meta WHERE key = ?').get(key)?.[0] as string | undefined;
  }

  setMeta(key: string, value: string): void {
    this.begin();
    this.statement('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);
  }

  /** Every change goes into one transaction that is open until `commit`. */
  begin(): void {
    if (this.#inTransaction) return;
    this.db.exec('BEGIN IMMEDIATE');
    this.#inTransaction = true;
  }

  /** The journal up to here is applied; seen by others after `commit`. */
  advance(applied: Applied): void {
    this.#applied = applied;
  }

  commit(): void {
    if (!this.#inTransaction) return;
    for (const mailbox of this.#changed) this.#store(mailbox);
    this.#changed.clear();
    this.setMeta('applied', JSON.stringify(this.#applied));
    this.setMeta('nextId', String(this.nextId));
    durableStep('catalog-commit', this.file, () => {
      this.db.exec('COMMIT');
    });
    this.#inTransaction = false;
  }

  /** Without commit: what is not committed comes from the journal next time. */
  close(): void {
    try {
      if (this.#inTransaction) this.db.exec('ROLLBACK');
    } catch {
      // Where the disk failed SQLite may have done so itself; why it failed is told by whoever wanted to write.
    } finally {
      this.#inTransaction = false;
      this.#statements.clear();
      this.db.close();
    }
  }

  /** The mailbox will be stored with the next commit. */
  touch(mailbox: CatalogMailbox): void {
    this.begin();
    this.#changed.add(mailbox);
  }

  putMailbox(record: MailboxRecord): void {
    const found = this.mailboxes.get(record.id);
    if (found) this.byPath.delete(found.record.path);
    const fresh = { endBytes: 0, gapEndBytes: 0, rewrites: 0, generation: null, lastPass: null };
    const mailbox: CatalogMailbox = Object.assign(found ?? fresh, { record });
    this.#remember(mailbox);
    this.touch(mailbox);
  }

  #remember(mailbox: CatalogMailbox): void {
    this.mailboxes.set(mailbox.record.id, mailbox);
    this.byPath.set(mailbox.record.path, mailbox);
  }

  #store(mailbox: CatalogMailbox): void {
    const { record: r, lastPass: pass } = mailbox;
    const values: Value[] = [r.id, r.path, r.source ?? r.path, r.delimiter, r.specialUse, Number(r.selectable)];
    values.push(Number(r.subscribed), r.file, mailbox.endBytes, mailbox.gapEndBytes, mailbox.rewrites);
    values.push(mailbox.generation, pass?.uidValidity ?? null, pass?.uidNext ?? null, pass?.messages ?? null);
    values.push(pass?.highestModSeq ?? null);
    this.statement(`INSERT OR REPLACE INTO mailbox VALUES (${values.map(() => '?').join(', ')})`).run(...values);
  }
}

function readMailboxes(db: Database): CatalogMailbox[] {
  return db
    .prepare('SELECT * FROM mailbox ORDER BY id')
    .all()
    .map((row) => {
      const [id, path, source, delimiter, specialUse, selectable, subscribed, file] = row;
      const [endBytes, gapEndBytes, rewrites, generation, uidValidity, uidNext, messages, highestModSeq] = row.slice(8);
      const record: MailboxRecord = {
        type: 'mailbox',
        id: id as number,
        path: path as string,
        ...(source === path ? {} : { source: source as string }),
        delimiter: delimiter as string | null,
        specialUse: specialUse as SpecialUse | null,
        selectable: selectable === 1,
        subscribed: subscribed === 1,
        file: file as string,
      };
      const pass = { uidValidity, uidNext, messages, highestModSeq } as unknown as PassState;
      return {
        record,
        endBytes: endBytes as number,
        gapEndBytes: gapEndBytes as number,
        rewrites: rewrites as number,
        generation: generation as number | null,
        lastPass: uidValidity === null ? null : pass,
      };
    });
}

function readApplied(text: string | undefined): Applied {
  return text === undefined ? { position: JOURNAL_START, crc: '' } : (JSON.parse(text) as Applied);
}
