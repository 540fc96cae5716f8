/** Rows of a list, read for one page. */
import type { MessageRow } from '../../../shared/browse.ts';
import { hitFinder, type HitFinder } from '../message/search-hits.ts';
import { NO_DATE, type Columns } from './columns.ts';
import type { IndexDb } from './index-db.ts';
import { MARK } from './index-schema.ts';
import type { MailDoor } from './mail-door.ts';
import { condense, previewOf, readWords } from './message-words.ts';
import { snippetAround, type Snippet } from './snippets.ts';

/** Of one text, where hits are looked for: the first pages. */
const MAX_TEXT = 40_000;
/** A larger message is not read again only for a snippet. */
const MAX_SNIPPET_BYTES = 2 * 1024 * 1024;
const MAX_KEPT = 300;
/** Time for the snippets of one page: rows beyond it show their first words. */
const SNIPPETS_MS = 20;

export class RowReader {
  readonly #columns: Columns;
  readonly #index: IndexDb;
  readonly #door: MailDoor;
  /** Texts of messages shown lately, by id: the next letter typed asks for the same ones. */
  readonly #texts = new Map<number, string>();

  constructor(columns: Columns, index: IndexDb, door: MailDoor) {
    this.#columns = columns;
    this.#index = index;
    this.#door = door;
  }

  read(positions: Iterable<number>, search: string): MessageRow[] {
    const find = search.trim() === '' ? null : hitFinder(search);
    const until = performance.now() + SNIPPETS_MS;
    const rows: MessageRow[] = [];
    for (const at of positions) rows.push(this.#row(at, find, until));
    return rows;
  }

  #row(at: number, find: HitFinder | null, until: number): MessageRow {
    const id = this.#columns.ids[at]!;
    const [mailbox, uidValidity, uid, from, to, subject, preview] = this.#index.statement(ROW).get(id) as [
      string,
      number,
      number,
      string,
      string,
      string,
      string | null,
    ];
    const marks = this.#columns.marks[at]!;
    const date = this.#columns.dates[at]!;
    const sizeBytes = this.#columns.sizes[at]!;
    const snippet = this.#snippet(id, sizeBytes, preview, find, until);
    return {
      ...{ mailbox, uidValidity, uid, from, to, subject, sizeBytes },
      date: date === NO_DATE ? null : isoDate(date),
      unread: !(marks & MARK.seen),
      flagged: (marks & MARK.flagged) !== 0,
      answered: (marks & MARK.answered) !== 0,
      attachments: this.#columns.attachments[at]!,
      missingOnSource: (marks & MARK.missing) !== 0,
      snippet: snippet.text,
      hits: { from: find?.(from) ?? [], subject: find?.(subject) ?? [], snippet: snippet.hits },
    };
  }

  #snippet(id: number, sizeBytes: number, preview: string | null, find: HitFinder | null, until: number): Snippet {
    const inTime = performance.now() < until;
    // Not indexed yet: the first words are read from the message.
    const text = (preview === null || find) && inTime && sizeBytes <= MAX_SNIPPET_BYTES ? this.#text(id) : null;
    const start = preview ?? (text === null ? '' : previewOf(text));
    if (!find) return { text: start, hits: [] };
    const hits = find(start);
    if (hits.length > 0 || text === null) return { text: start, hits };
    return snippetAround(text, find) ?? { text: start, hits };
  }

  #text(id: number): string {
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const text = this.#readText(id).slice(0, MAX_TEXT);
    this.#texts.set(id, text);
    if (this.#texts.size > MAX_KEPT) this.#texts.delete(this.#texts.keys().next().value!);
    return text;
  }

  #readText(id: number): string {
    try {
      const reading = condense(this.#door.chunks(id));
      let step = reading.next();
      while (!step.done) step = reading.next();
      return readWords(step.value).text;
    } catch {
      // Damaged: opening it says so.
      return '';
    }
  }
}

const ROW = `SELECT f.path, e.uidValidity, e.uid, e.sender, e.recipients, e.subject, b.preview
  FROM entry e JOIN folder f ON f.id = e.mailbox LEFT JOIN body b ON b.id = e.id WHERE e.id = ?`;

function isoDate(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : `${date.toISOString().slice(0, -5)}Z`;
}
