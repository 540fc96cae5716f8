/** Which messages hold the words of a search. Works on whatever is indexed so far. */
import type { SearchField } from '../../../shared/browse.ts';
import type { Columns } from './columns.ts';
import type { IndexDb } from './index-db.ts';
import { occursIn, toFts, wordsOf, type Term } from './search-words.ts';

/** By position: 0 no hit, 1 hit in the text, more: words that are in the header, plus one. */
export type Hits = Uint8Array;

const HEAD_COLUMNS: Record<SearchField, string | null | undefined> = {
  everywhere: null,
  people: 'sender recipients',
  subject: 'subject',
  attachments: undefined,
};
const WORD_COLUMNS: Record<SearchField, string | null | undefined> = {
  everywhere: null,
  people: undefined,
  subject: undefined,
  attachments: 'attachments',
};
const MAX_KEPT = 24;
const MIN_PREFIX_IN_TEXT = 2;

interface Found {
  head: Uint8Array;
  anywhere: Uint8Array;
}

export class TextSearch {
  readonly #columns: Columns;
  readonly #index: IndexDb;
  /** Of single words: while one is being typed those before it stay. */
  readonly #found = new Map<string, Found>();

  constructor(columns: Columns, index: IndexDb) {
    this.#columns = columns;
    this.#index = index;
  }

  /** The index has more words than before. */
  forget(): void {
    this.#found.clear();
  }

  /** @param terms at least one */
  find(terms: Term[], field: SearchField): Hits {
    const hits = new Uint8Array(this.#columns.size).fill(1);
    for (const term of terms) keepFound(hits, this.#term(term, field));
    return hits;
  }

  #term(term: Term, field: SearchField): Found {
    const key = `${field} ${JSON.stringify(term)}`;
    let found = this.#found.get(key);
    if (found) this.#found.delete(key);
    else found = this.#ask(term, field);
    this.#found.set(key, found);
    if (this.#found.size > MAX_KEPT) this.#found.delete(this.#found.keys().next().value!);
    return found;
  }

  #ask(term: Term, field: SearchField): Found {
    const head = new Uint8Array(this.#columns.size);
    const headColumns = HEAD_COLUMNS[field];
    if (headColumns !== undefined) {
      this.#mark(head, 'head', toFts(term, headColumns));
      this.#lookThrough(head, term, field);
    }
    const anywhere = head.slice();
    const columns = WORD_COLUMNS[field];
    if (columns !== undefined) this.#mark(anywhere, 'words', toFts(term, columns, MIN_PREFIX_IN_TEXT));
    return { head, anywhere };
  }

  #mark(marks: Uint8Array, table: 'head' | 'words', question: string): void {
    this.#index.each(['rowid'], `FROM ${table} WHERE ${table} MATCH ?`, [question], (id) => {
      const at = this.#columns.position(id);
      if (at >= 0) marks[at] = 1;
    });
  }

  /** Headers that are not indexed yet, in the first seconds of an archive. */
  #lookThrough(marks: Uint8Array, term: Term, field: SearchField): void {
    const sql = `SELECT id, sender, recipients, subject FROM entry WHERE id > (SELECT coalesce(max(id), 0) FROM sortKey)`;
    for (const [id, sender, recipients, subject] of this.#index.statement(sql).iterate()) {
      const texts = field === 'subject' ? [subject] : [sender, recipients, ...(field === 'people' ? [] : [subject])];
      if (texts.some((text) => occursIn(term, wordsOf(text as string))))
        marks[this.#columns.position(id as number)] = 1;
    }
  }
}

/** A function of its own and without a branch: it is run for each message of the archive. */
function keepFound(hits: Hits, { head, anywhere }: Found): void {
  for (let i = 0; i < hits.length; i++) hits[i] = (hits[i]! + (hits[i] === 0 ? 0 : head[i]!)) * anywhere[i]!;
}
