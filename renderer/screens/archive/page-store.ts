/** Pages of a message list as they are needed: cached by query, and answers that come too late are dropped. */
import type { MessagePage, MessageQuery, MessageRow } from '../../../shared/browse.ts';
import type { Failure } from '../../../shared/failure.ts';

export const PAGE = 200;
const MAX_LISTS = 12;
/** Of one list: 12,000 rows, so that a walk through a huge folder does not fill the memory. */
const MAX_PAGES = 60;

export interface MessageList {
  /** Of the query that these rows answer. */
  key: string;
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

export class PageStore {
  readonly #parts: PageStoreParts;
  readonly #lists = new Map<string, MessageList>();
  readonly #listeners = new Set<() => void>();
  readonly #asked = new Set<number>();
  #state: ListState = { list: null, isWaiting: true, failure: null };
  #wanted: { key: string; query: MessageQuery } | null = null;
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
    this.#control.abort();
    this.#control = new AbortController();
    this.#asked.clear();
    this.#wanted = { key, query };
    const known = this.#lists.get(key);
    if (known) return this.#put({ list: known, isWaiting: false, failure: null });
    this.#put({ ...this.#state, isWaiting: true, failure: null });
    this.#load(0);
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
    this.#control.abort();
    this.#wanted = null;
  }

  #load(offset: number): void {
    if (!this.#wanted) return;
    const { key, query } = this.#wanted;
    const { signal } = this.#control;
    this.#asked.add(offset);
    this.#parts.load(query, offset, signal).then(
      (page) => {
        if (!signal.aborted) this.#take(key, offset, page);
      },
      (error: unknown) => {
        if (signal.aborted) return;
        this.#asked.delete(offset);
        this.#put({ ...this.#state, isWaiting: false, failure: this.#parts.failureOf(error) });
      },
    );
  }

  #take(key: string, offset: number, page: MessagePage): void {
    this.#asked.delete(offset);
    const before = this.#state.list?.key === key ? this.#state.list.pages : new Map<number, readonly MessageRow[]>();
    const pages = new Map(before).set(offset, page.rows);
    dropFarthest(pages, offset);
    const { total, perMailbox, elapsedMs, unindexed } = page;
    const list: MessageList = { key, total, pages, perMailbox, elapsedMs, unindexed };
    this.#keep(list);
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
