/** Which messages a query shows, in its order. */
import type { MessageQuery } from '../../../shared/browse.ts';
import { NO_DATE, type Columns } from './columns.ts';
import { MARK } from './index-schema.ts';
import type { Hits } from './text-search.ts';

export interface Selection {
  positions: Uint32Array;
  /** Hits of each folder by its id, over all folders; null without a search. */
  perFolder: Map<number, number> | null;
}

type Filters = Pick<MessageQuery, 'unread' | 'flagged' | 'attachment' | 'after' | 'before' | 'sort'>;

/** @param hits null: no search; @param folder null: all */
export function selectPositions(
  columns: Columns,
  order: Uint32Array,
  query: Filters,
  folder: number | null,
  hits: Hits | null,
): Selection {
  const { mailboxes } = columns;
  const chosen = new Uint32Array(order.length);
  const perFolder = new Uint32Array(columns.maxMailbox + 1);
  const fits = filter(columns, query);
  let count = 0;
  // By index: this walks through every message of the archive for each letter typed.
  for (let i = 0; i < order.length; i++) {
    const at = order[i]!;
    if ((hits !== null && hits[at] === 0) || (fits !== null && !fits(at))) continue;
    const mailbox = mailboxes[at]!;
    perFolder[mailbox]!++;
    if (folder === null || mailbox === folder) chosen[count++] = at;
  }
  // A copy where it saves memory: selections are kept.
  const positions = count * 2 < chosen.length ? chosen.slice(0, count) : chosen.subarray(0, count);
  // More words in the header first; among equals the newest, as the sort is stable.
  if (query.sort === 'relevance' && hits) positions.sort((a, b) => hits[b]! - hits[a]!);
  return { positions, perFolder: hits && counted(perFolder) };
}

function counted(perFolder: Uint32Array): Map<number, number> {
  return new Map([...perFolder.entries()].filter(([, count]) => count > 0));
}

/** @returns null when all fit */
function filter(columns: Columns, query: Filters): ((at: number) => boolean) | null {
  const { marks, dates, attachments } = columns;
  const { unread, flagged, attachment } = query;
  const from = query.after === null ? -Infinity : dayStart(query.after);
  const to = query.before === null ? Infinity : dayStart(query.before, 1);
  const dated = query.after !== null || query.before !== null;
  if (!unread && !flagged && !attachment && !dated) return null;
  return (at) => {
    if (unread && marks[at]! & MARK.seen) return false;
    if (flagged && !(marks[at]! & MARK.flagged)) return false;
    if (attachment && attachments[at] === 0) return false;
    if (!dated) return true;
    const date = dates[at]!;
    return date >= from && date < to && date !== NO_DATE;
  };
}

/** A day as it was on this machine: the day that the list shows. Seconds. */
function dayStart(day: string, plusDays = 0): number {
  const [year, month, date] = day.split('-').map(Number);
  const start = new Date(2000, 0, 1);
  start.setFullYear(year!, month! - 1, date! + plusDays);
  return start.getTime() / 1000;
}
