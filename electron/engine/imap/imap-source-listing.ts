import type { MailboxStatus } from '../../../shared/mailbox.ts';
import { EngineError } from '../errors.ts';
import type { FlagSet } from '../flags.ts';
import { digestHeader } from '../message/digest.ts';
import type { ListWish, MailboxListing } from '../source.ts';
import type { ImapSourceLane } from './imap-source-lane.ts';
import { indexOfUid } from './imap-source-rows.ts';
import { classifyResponse } from './classify-response.ts';
import type { FetchRow } from './wire/fetch-row.ts';
import { formatSearchDay, parseInternalDate } from './wire/internal-date.ts';
import { compactSet, UidList } from './wire/number-set.ts';
import { searchUids } from './wire/search.ts';
import { learn, type Selection } from './wire/selection.ts';
import type { StatusLine } from './wire/status-line.ts';

const RANGE = 500;

/** SourceLane.list for IMAP. Must be called in turn. */
export async function listMailbox(
  lane: ImapSourceLane,
  mailbox: MailboxStatus,
  wish: ListWish,
): Promise<MailboxListing> {
  const selection = lane.examine(mailbox.path, true);
  if (lane.parts.noopBeforeList) void lane.wire.command('NOOP', { untagged: (text) => learn(selection, text) });
  // Empty only when LIST and EXAMINE both say so: what is not listed is marked as gone.
  const early = mailbox.messages > 0 ? searchAll(lane, selection) : null;
  // Whose failure it is, is told by EXAMINE.
  early?.catch(() => undefined);
  await selection.opened;
  const isEmpty = selection.messages === 0 && mailbox.messages === 0;
  const uids = isEmpty ? new Uint32Array(0) : await listUids(lane, selection, early);
  const inScope = wish.since === undefined ? null : await searchSince(lane, wish.since, uids.length, selection);
  const columns = new Columns(uids, wish);
  if (uids.length > 0) await fillColumns(lane, columns, wish, selection);
  const { flags, sizes, internalDates, headerDigests, messageIds } = columns;
  return {
    uidValidity: selection.uidValidity,
    uidNext: Math.max(selection.uidNext || mailbox.uidNext, (uids.at(-1) ?? 0) + 1),
    highestModSeq: selection.highestModSeq,
    uids,
    inScope,
    flags,
    sizes,
    internalDates,
    headerDigests,
    messageIds,
  };
}

/** Some servers cut search results off (Yahoo at 1,000, by its documents): count, and ask by FETCH if some are missing. */
async function listUids(
  lane: ImapSourceLane,
  selection: Selection,
  early: Promise<Uint32Array> | null,
): Promise<Uint32Array> {
  const found = await (early ?? searchAll(lane, selection));
  if (found.length >= selection.messages) return found;
  const list = new UidList();
  for (const uid of found) list.push(uid);
  const take = (row: FetchRow) => (row.uid > 0 ? list.push(row.uid) : undefined);
  requireListed(await lane.wire.command('FETCH 1:* (UID)', { rows: rowTaker(take) }));
  return list.toSorted();
}

const searchAll = (lane: ImapSourceLane, selection: Selection): Promise<Uint32Array> =>
  searchUids(lane.wire, 'ALL', lane.offers('ESEARCH'), selection);

async function searchSince(
  lane: ImapSourceLane,
  day: string,
  count: number,
  selection: Selection,
): Promise<Uint32Array> {
  const date = formatSearchDay(day);
  if (date === null) throw new EngineError('usage', `${day} is no date. Write it as YYYY-MM-DD, such as 2026-11-24.`);
  if (count === 0) return new Uint32Array(0);
  return searchUids(lane.wire, `SINCE ${date}`, lane.offers('ESEARCH'), selection);
}

/** The columns of a listing, filled row by row in whatever order the rows come. */
class Columns {
  readonly uids: Uint32Array;
  readonly flags: (FlagSet | undefined)[] | null;
  readonly sizes: Float64Array | null;
  readonly internalDates: (string | null)[] | null;
  readonly headerDigests: string[] | null;
  readonly messageIds: string[] | null;
  /** 1: a row with everything asked for was seen. */
  readonly seen: Uint8Array;

  constructor(uids: Uint32Array, wish: ListWish) {
    const count = uids.length;
    this.uids = uids;
    this.flags = wish.flags ? new Array<FlagSet | undefined>(count).fill(undefined) : null;
    this.sizes = wish.sizes ? new Float64Array(count) : null;
    this.internalDates = wish.internalDates ? new Array<string | null>(count).fill(null) : null;
    this.headerDigests = wish.headerDigests ? new Array<string>(count).fill('') : null;
    this.messageIds = wish.messageIds ? new Array<string>(count).fill('') : null;
    this.seen = new Uint8Array(count);
  }

  take(row: FetchRow, mark: number): boolean {
    const i = row.uid > 0 ? indexOfUid(this.uids, row.uid) : -1;
    if (i < 0) return false;
    if (row.flags && this.flags) this.flags[i] = row.flags;
    if (row.sizeBytes >= 0 && this.sizes) this.sizes[i] = row.sizeBytes;
    if (row.internalDate && this.internalDates) this.internalDates[i] = parseInternalDate(row.internalDate);
    if (row.header && this.headerDigests) this.headerDigests[i] = digestHeader(row.header);
    if (row.headerFields && this.messageIds) this.messageIds[i] = messageIdIn(row.headerFields);
    this.seen[i] = (this.seen[i] as number) | mark;
    return true;
  }

  /** UIDs without that mark. */
  lacking(mark: number): number[] {
    const lacking: number[] = [];
    for (let i = 0; i < this.uids.length; i++) {
      if (((this.seen[i] as number) & mark) === 0) lacking.push(this.uids[i] as number);
    }
    return lacking;
  }
}

const ATTRIBUTES = 1;
const HEADERS = 2;

async function fillColumns(
  lane: ImapSourceLane,
  columns: Columns,
  wish: ListWish,
  selection: Selection,
): Promise<void> {
  const changedSince = typeof wish.flags === 'object' && selection.highestModSeq ? wish.flags.changedSince : null;
  const items: string[] = [];
  if (wish.flags && changedSince === null) items.push('FLAGS');
  if (wish.sizes) items.push('RFC822.SIZE');
  if (wish.internalDates) items.push('INTERNALDATE');
  if (changedSince !== null) {
    const rows = rowTaker((row) => columns.take(row, 0));
    const text = `UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE ${changedSince})`;
    requireListed(await lane.wire.command(text, { rows }));
  }
  if (items.length > 0) await fillAttributes(lane, columns, `(UID ${items.join(' ')})`);
  const headers: string[] = [];
  if (wish.headerDigests) headers.push('BODY.PEEK[HEADER]');
  if (wish.messageIds) headers.push('BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]');
  if (headers.length > 0) await askFor(lane, columns, columns.lacking(HEADERS), `(UID ${headers.join(' ')})`, HEADERS);
}

/** Everything in one command; what it left out by name. A message that vanished meanwhile keeps the empty values. */
async function fillAttributes(lane: ImapSourceLane, columns: Columns, items: string): Promise<void> {
  const rows = rowTaker((row) => columns.take(row, hasAll(row, items) ? ATTRIBUTES : 0));
  judge(await lane.wire.command(`UID FETCH 1:* ${items}`, { rows }));
  const lacking = columns.lacking(ATTRIBUTES);
  if (lacking.length > 0) await askFor(lane, columns, lacking, items, ATTRIBUTES);
}

/** A row of flags alone may be unsolicited: it does not answer a wish for sizes. */
function hasAll(row: FetchRow, items: string): boolean {
  return (
    (row.flags !== null || !items.includes('FLAGS')) &&
    (row.sizeBytes >= 0 || !items.includes('RFC822.SIZE')) &&
    (row.internalDate !== undefined || !items.includes('INTERNALDATE'))
  );
}

/** In ranges, two in flight. A range that the server breaks off at a message it cannot read is halved around it. */
async function askFor(
  lane: ImapSourceLane,
  columns: Columns,
  uids: number[],
  items: string,
  mark: number,
): Promise<void> {
  const complete = (row: FetchRow) => (mark === HEADERS ? hasHeaders(row, columns) : hasAll(row, items));
  const rows = rowTaker((row) => columns.take(row, complete(row) ? mark : 0));
  const asked: { from: number; next: number; answer: Promise<StatusLine> }[] = [];
  for (let at = 0; at < uids.length;) {
    const { set, next } = compactSet(uids, at, RANGE);
    const { answer } = await lane.send(`UID FETCH ${set} ${items}`, { rows });
    asked.push({ from: at, next, answer });
    at = next;
  }
  for (const { from, next, answer } of asked) {
    if (!judge(await answer) || next - from < 2) continue;
    const left = uids.slice(from, next).filter((uid) => !((columns.seen[indexOfUid(columns.uids, uid)] ?? 0) & mark));
    const half = Math.ceil(left.length / 2);
    await askFor(lane, columns, left.slice(0, half), items, mark);
    await askFor(lane, columns, left.slice(half), items, mark);
  }
}

function hasHeaders(row: FetchRow, { headerDigests, messageIds }: Columns): boolean {
  return (row.header !== null || headerDigests === null) && (row.headerFields !== null || messageIds === null);
}

/** @returns true when the command was refused for the sake of single messages */
function judge(line: StatusLine): boolean {
  if (line.status !== 'NO' && line.status !== 'BAD') return false;
  const error = classifyResponse(line.status, line.code, line.text, 'fetch');
  if (error.scope !== 'message') throw error;
  return true;
}

/** Where a part of the answer cannot be done without. */
function requireListed(line: StatusLine): void {
  if (line.status === 'NO' || line.status === 'BAD')
    throw classifyResponse(line.status, line.code, line.text, 'select');
}

/** A handler for rows without bodies. */
export function rowTaker(take: (row: FetchRow) => boolean | void) {
  return {
    bodyBegin: () => undefined,
    bodyChunk: () => undefined,
    bodyEnd: () => undefined,
    pressure: () => null,
    broken: () => undefined,
    rowEnd: (row: FetchRow) => take(row) !== false,
  };
}

/** The first Message-ID as written, folding undone; '' when there is none. */
function messageIdIn(fields: Buffer): string {
  const unfolded = fields.toString('latin1').replace(/\r?\n(?=[ \t])/g, '');
  return /^message-id[ \t]*:[ \t]*(.*?)[ \t]*\r?$/im.exec(unfolded)?.[1] ?? '';
}
