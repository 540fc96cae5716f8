/** Pages of a message list as they are needed: cached by query, and answers that come too late are dropped. */
import type { MessagePage, MessageQuery, MessageRow } from '../../../shared/browse.ts';
import type { Failure } from '../../../shared/failure.ts';

/** Several screens: small enough to be read, sent and taken apart within one frame. */
export const PAGE = 60;
const MAX_LISTS = 12;
/** Of one list: 12,000 rows, so that a walk through a huge folder does not fill the memory. */
const MAX_PAGES = 200;
/**
 * Who types fast asks for more than can be answered in turn: the answer on the way is waited for, and then the newest
 * query is asked, not those between. No longer than this, for a line that is lost never answers.
 */
const PATIENCE_MS = 300;

export interface MessageList {
  /** Of the query that these rows answer. */
  key: string;
  query: MessageQuery;
  total: number;
  pages: ReadonlyMap<number, readonly MessageRow[]>;
  perMailbox: Record<string, number> | null;
  elapsedMs: number;
  unindexed: number;
}

export interface ListState {
  /** The newest answer; of an earlier query while `isWaiting`. */
  list: MessageList | null;
  isWaiting: boolean;
  failure: Failure | null;
}

export interface PageStoreParts {
  load: (query: MessageQuery, offset: number, signal: AbortSignal) => Promise<MessagePage>;
  failureOf: (error: unknown) => Failure;
}

interface Wanted {
  key: string;
  query: MessageQuery;
}

export class PageStore {
  readonly #parts: PageStoreParts;
  readonly #lists = new Map<string, MessageList>();
  readonly #listeners = new Set<() => void>();
  readonly #asked = new Set<number>();
  #state: ListState = { list: null, isWaiting: true, failure: null };
  #wanted: Wanted | null = null;
  /** Whose first page is on the way. */
  #first: Wanted | null = null;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #control = new AbortController();

  constructor(parts: PageStoreParts) {
    this.#parts = parts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly read = (): ListState => this.#state;

  /** Show what this query finds. @param key another key is another list */
  show(key: string, query: MessageQuery): void {
    this.#leave();
    this.#wanted = { key, query };
    const known = this.#lists.get(key);
    if (known) return this.#put({ list: known, isWaiting: false, failure: null });
    this.#put({ ...this.#state, isWaiting: true, failure: null });
    if (this.#first === null) this.#loadFirst();
    else if (this.#first.key !== key) this.#patience = setTimeout(() => this.#loadFirst(), PATIENCE_MS);
  }

  /** Rows of this range are about to be seen. */
  need(first: number, last: number): void {
    const { list, isWaiting } = this.#state;
    if (!list || isWaiting || list.total === 0) return;
    const end = Math.min(last, list.total - 1);
    for (let offset = pageOf(first); offset <= end; offset += PAGE) {
      if (!list.pages.has(offset) && !this.#asked.has(offset)) this.#load(offset);
    }
  }

  close(): void {
    this.#leave();
    this.#wanted = null;
  }

  /** What is asked for beyond the first page of a list is of no use without it. */
  #leave(): void {
    clearTimeout(this.#patience);
    this.#control.abort();
    this.#control = new AbortController();
    this.#asked.clear();
  }

  #loadFirst(): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    clearTimeout(this.#patience);
    this.#first = wanted;
    this.#parts.load(wanted.query, 0, new AbortController().signal).then(
      (page) => this.#firstEnded(wanted, () => this.#take(wanted, 0, page)),
      (error: unknown) => this.#firstEnded(wanted, () => this.#fail(wanted, error)),
    );
  }

  /** Also of a query that was given up: who takes a letter back has its list at once. */
  #firstEnded(ended: Wanted, act: () => void): void {
    act();
    if (this.#first !== ended) return;
    this.#first = null;
    if (this.#wanted && this.#wanted !== ended && this.#state.isWaiting) this.#loadFirst();
  }

  #load(offset: number): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    const { signal } = this.#control;
    this.#asked.add(offset);
    this.#parts.load(wanted.query, offset, signal).then(
      (page) => {
        if (!signal.aborted) this.#take(wanted, offset, page);
      },
      (error: unknown) => {
        if (signal.aborted) return;
        this.#asked.delete(offset);
        this.#fail(wanted, error);
      },
    );
  }

  #fail({ key }: Wanted, error: unknown): void {
    if (this.#wanted?.key !== key) return;
    this.#put({ ...this.#state, isWaiting: false, failure: this.#parts.failureOf(error) });
  }

  #take({ key, query }: Wanted, offset: number, page: MessagePage): void {
    const before = this.#state.list?.key === key ? this.#state.list.pages : new Map<number, readonly MessageRow[]>();
    const pages = new Map(before).set(offset, page.rows);
    dropFarthest(pages, offset);
    const { total, perMailbox, elapsedMs, unindexed } = page;
    const list: MessageList = { key, query, total, pages, perMailbox, elapsedMs, unindexed };
    this.#keep(list);
    if (this.#wanted?.key !== key) return;
    this.#asked.delete(offset);
    this.#put({ list, isWaiting: false, failure: null });
  }

  #keep(list: MessageList): void {
    this.#lists.delete(list.key);
    this.#lists.set(list.key, list);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > MAX_LISTS && oldest !== undefined) this.#lists.delete(oldest);
  }

  #put(state: ListState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function pageOf(index: number): number {
  return Math.floor(Math.max(index, 0) / PAGE) * PAGE;
}

function dropFarthest(pages: Map<number, readonly MessageRow[]>, from: number): void {
  while (pages.size > MAX_PAGES) {
    const farthest = [...pages.keys()].reduce((one, other) =>
      Math.abs(other - from) > Math.abs(one - from) ? other : one,
    );
    pages.delete(farthest);
  }
}

/** @returns undefined while its page is on the way */
export function rowAt(list: MessageList, index: number): MessageRow | undefined {
  const offset = pageOf(index);
  return list.pages.get(offset)?.[index - offset];
}

/** Where a message is among the rows that are there; -1: not among them. */
export function indexOfRow(list: MessageList, isIt: (row: MessageRow) => boolean): number {
  for (const [offset, rows] of list.pages) {
    const at = rows.findIndex(isIt);
    if (at >= 0) return offset + at;
  }
  return -1;
}
