/** What the archive screen asks for, as plain values. Pure. */
import type { MessageQuery, MessageSort } from '../../../shared/browse.ts';
import type { MessageRef } from '../../../shared/job-request.ts';

export const EVERYTHING: MessageQuery = {
  mailbox: null,
  text: '',
  field: 'everywhere',
  unread: false,
  flagged: false,
  attachment: false,
  after: null,
  before: null,
  sort: 'newest',
};

export type Filters = Pick<MessageQuery, 'unread' | 'flagged' | 'attachment' | 'after' | 'before'>;

export const NO_FILTERS: Filters = { unread: false, flagged: false, attachment: false, after: null, before: null };

/** Longer ones are refused by the engine. */
export const MAX_SEARCH = 1000;

export function isFiltered({ unread, flagged, attachment, after, before }: Filters): boolean {
  return unread || flagged || attachment || after !== null || before !== null;
}

export function sortsFor(text: string): MessageSort[] {
  const always: MessageSort[] = ['newest', 'oldest', 'largest', 'from', 'subject'];
  return text === '' ? always : ['relevance', ...always];
}

/** As it is sent: no blanks around the text, and an order that there is. */
export function asked(query: MessageQuery): MessageQuery {
  const text = query.text.trim().slice(0, MAX_SEARCH);
  const sort = text === '' && query.sort === 'relevance' ? 'newest' : query.sort;
  return { ...query, text, sort };
}

export function refKey({ mailbox, uidValidity, uid }: MessageRef): string {
  return `${uidValidity}:${uid}:${mailbox}`;
}

export function refOf({ mailbox, uidValidity, uid }: MessageRef): MessageRef {
  return { mailbox, uidValidity, uid };
}

/** A day as date fields give it: whole, or none. */
export function dayOrNull(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}

/** Where a key leads in a list. @returns null when the key means nothing here */
export function indexAfter(
  key: string,
  at: number,
  list: { count: number; page: number; singleKeys: boolean },
): number | null {
  const { count, page, singleKeys } = list;
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? 0 : at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
    ...(singleKeys ? { j: at + 1, k: at < 0 ? 0 : at - 1 } : {}),
  };
  const target = steps[key.length === 1 ? key.toLowerCase() : key];
  return target === undefined || count === 0 ? null : Math.min(Math.max(target, 0), count - 1);
}
