import { createHash } from 'node:crypto';
import type { Failure } from '../../../shared/failure.ts';
import type { SpecialUse } from '../../../shared/mailbox.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { assignSpecialUses } from '../plan/special-use.ts';
import type { RawLine } from './client.ts';
import { execute, type Line, nameAttribute } from './command.ts';
import { type ListLine, parseListLine, parseStatusLine, readItems, type StatusLine } from './list-lines.ts';
import type { MailboxNames } from './names.ts';
import { quoteName, sanitizeServerText } from './server-text.ts';
import type { ScannedMailbox } from './session-types.ts';

const MAX_MAILBOXES = 100_000;
/** Servers need not read command lines of more than 8,192 octets (RFC 7162 §4); the name must leave room in them. */
const MAX_NAME_OCTETS = 4_000;

export interface ScanState {
  capabilities: ReadonlySet<string>;
  names: MailboxNames;
  /** LIST with RETURN was refused with BAD although it is offered: not tried again on this connection. */
  plainListOnly: boolean;
}

interface Listing {
  mailboxes: Map<string, ListLine>;
  statuses: Map<string, StatusLine>;
  subscribed: Set<string>;
  unreadable: string[];
}

/**
 * Every mailbox with its status: one LIST where the server has LIST-EXTENDED and LIST-STATUS (RFC 5258, RFC 5819),
 * else LIST, LSUB and a STATUS for each mailbox. A mailbox whose STATUS fails is listed with its failure.
 *
 * @throws EngineError 'protocol-error' account, never: more than 100,000 mailboxes; and what execute() throws
 */
export async function scanMailboxes(line: Line, state: ScanState, signal?: AbortSignal): Promise<ScannedMailbox[]> {
  const { listing, extended } = await list(line, state, signal);
  if (!extended) await addSubscriptions(line, listing, signal);
  state.names.learnListing([...listing.mailboxes.keys()]);
  if (listing.mailboxes.has('INBOX')) state.names.learn('INBOX', 'INBOX');
  const failures = await completeStatuses(line, state, listing, signal);
  return describe(state.names, listing, failures);
}

/** One plain LIST. @throws EngineError as scanMailboxes() */
export async function countMailboxes(line: Line, signal?: AbortSignal): Promise<number> {
  const listing = emptyListing();
  await collect(line, 'LIST', ['', '*'], listing, signal);
  return listing.mailboxes.size;
}

async function list(
  line: Line,
  state: ScanState,
  signal?: AbortSignal,
): Promise<{ listing: Listing; extended: boolean }> {
  const options = state.plainListOnly ? [] : returnOptions(state.capabilities);
  const extended = options.includes('SUBSCRIBED');
  const attributes: unknown[] = ['', '*'];
  if (options.length > 0) {
    const status = options.includes('STATUS') ? [statusItems(state.capabilities)] : [];
    attributes.push({ type: 'ATOM', value: 'RETURN' }, [...options.map(atom), ...status]);
  }
  const listing = emptyListing();
  // XLIST is what Gmail had before RFC 6154: the same with other attributes.
  const command = state.capabilities.has('XLIST') && !state.capabilities.has('SPECIAL-USE') ? 'XLIST' : 'LIST';
  try {
    await collect(line, command, attributes, listing, signal);
    return { listing, extended };
  } catch (error) {
    const answeredBad = isEngineError(error, 'server-refused') && options.length > 0 && !line.client.isClosed;
    if (!answeredBad) throw error;
    state.plainListOnly = true;
    return list(line, state, signal);
  }
}

/** STATUS must come last: its list of items follows. */
function returnOptions(capabilities: ReadonlySet<string>): string[] {
  const can = (name: string) => capabilities.has(name);
  const extended = can('LIST-EXTENDED') || (can('IMAP4REV2') && !can('IMAP4REV1'));
  if (can('XLIST') && !can('SPECIAL-USE')) return [];
  if (!extended && !can('LIST-STATUS')) return [];
  return [
    ...(extended ? ['SUBSCRIBED'] : []),
    ...(can('SPECIAL-USE') ? ['SPECIAL-USE'] : []),
    ...(can('LIST-STATUS') || (can('IMAP4REV2') && !can('IMAP4REV1')) ? ['STATUS'] : []),
  ];
}

function statusItems(capabilities: ReadonlySet<string>): { type: string; value: string }[] {
  const items = ['MESSAGES', 'UIDNEXT', 'UIDVALIDITY', 'UNSEEN'];
  if (capabilities.has('CONDSTORE') || capabilities.has('QRESYNC')) items.push('HIGHESTMODSEQ');
  if (capabilities.has('STATUS=SIZE')) items.push('SIZE');
  return items.map(atom);
}

function atom(value: string): { type: string; value: string } {
  return { type: 'ATOM', value };
}

function emptyListing(): Listing {
  return { mailboxes: new Map(), statuses: new Map(), subscribed: new Set(), unreadable: [] };
}

async function collect(
  line: Line,
  command: string,
  attributes: unknown[],
  into: Listing,
  signal?: AbortSignal,
): Promise<void> {
  let overflow: EngineError | null = null;
  const listing = (raw: RawLine) => {
    if (!takeLine(raw, into) && overflow === null) {
      overflow = tooMany(line);
      line.client.close(); // it may never end
    }
  };
  try {
    await execute(line, command, attributes, { listing, signal });
  } catch (error) {
    throw overflow ?? error;
  }
}

/** @returns false when the listing is larger than any real one */
function takeLine(raw: RawLine, into: Listing): boolean {
  const status = parseStatusLine(raw);
  if (status) {
    const key = keyOf(status.octets);
    if (into.mailboxes.has(key)) into.statuses.set(key, status);
    else if (into.statuses.size < MAX_MAILBOXES) into.statuses.set(key, status);
    return true;
  }
  const found = parseListLine(raw);
  if (!found) {
    if (into.unreadable.length < 1000) into.unreadable.push(raw.payload.toString('latin1', 0, 400));
    return true;
  }
  const key = keyOf(found.octets);
  const known = into.mailboxes.get(key);
  const attributes = known ? new Set([...found.attributes, ...known.attributes]) : found.attributes;
  into.mailboxes.set(key, { ...found, attributes, octets: key });
  return into.mailboxes.size <= MAX_MAILBOXES;
}

/** INBOX in any case is one mailbox (RFC 9051 §5.1). An absurdly long name is kept by its beginning and its hash. */
function keyOf(octets: string): string {
  if (octets.length === 5 && octets.toUpperCase() === 'INBOX') return 'INBOX';
  if (octets.length <= MAX_NAME_OCTETS) return octets;
  return `${octets.slice(0, 100)}#${createHash('sha256').update(octets, 'latin1').digest('hex')}${TOO_LONG}`;
}

const TOO_LONG = '#too-long';

function tooMany({ endpoint }: Line): EngineError {
  const message = `${endpoint.host} lists more than ${MAX_MAILBOXES.toLocaleString('en')} mailboxes. Mailferry stops here.`;
  return new EngineError('protocol-error', message);
}

/** Auxiliary: without it every mailbox counts as subscribed. */
async function addSubscriptions(line: Line, listing: Listing, signal?: AbortSignal): Promise<void> {
  const found = emptyListing();
  try {
    await collect(line, 'LSUB', ['', '*'], found, signal);
    for (const octets of found.mailboxes.keys()) listing.subscribed.add(octets);
  } catch (error) {
    if (!isEngineError(error, 'server-refused') || line.client.isClosed) throw error;
    for (const octets of listing.mailboxes.keys()) listing.subscribed.add(octets);
  }
}

/** One STATUS for each mailbox that has none yet, one after the other; what fails is told by mailbox. */
async function completeStatuses(
  line: Line,
  state: ScanState,
  listing: Listing,
  signal?: AbortSignal,
): Promise<Map<string, Failure>> {
  const failures = new Map<string, Failure>();
  for (const [octets, { attributes }] of listing.mailboxes) {
    if (!isSelectable(attributes) || listing.statuses.has(octets) || octets.endsWith(TOO_LONG)) continue;
    const single = emptyListing();
    try {
      const items = statusItems(state.capabilities);
      await collect(line, 'STATUS', [nameAttribute(octets), items], single, signal);
      // Whatever spelling of the name the answer has: only one was asked for.
      const [answer] = single.statuses.values();
      if (answer) listing.statuses.set(octets, answer);
      else failures.set(octets, unreadable(state.names.pathOf(octets), 'it answered nothing').toFailure());
    } catch (error) {
      if (!(error instanceof EngineError) || line.client.isClosed || error.retry === 'later') throw error;
      const said = String(error.details?.serverText ?? error.message);
      failures.set(octets, unreadable(state.names.pathOf(octets), said).toFailure());
    }
  }
  return failures;
}

function unreadable(path: string, said: string): EngineError {
  const message = `The server could not tell the state of mailbox ${quoteName(path)}: ${sanitizeServerText(said)}`;
  return new EngineError('server-refused', message, { scope: 'mailbox', retry: 'now' });
}

function describe(names: MailboxNames, listing: Listing, failures: Map<string, Failure>): ScannedMailbox[] {
  const listed = [...listing.mailboxes.values()].map((entry) => ({ entry, path: names.pathOf(entry.octets) }));
  const uses = assignSpecialUses(
    listed.map(({ entry, path }) => ({
      path,
      delimiter: entry.delimiter,
      selectable: isSelectable(entry.attributes),
      claimed: claimed(entry),
    })),
  );
  const found = listed.map(({ entry, path }, i) => {
    const tooLong = entry.octets.endsWith(TOO_LONG);
    return {
      ...statusOf(listing.statuses.get(entry.octets)),
      path,
      delimiter: entry.delimiter,
      specialUse: uses[i] ?? null,
      selectable: !tooLong && isSelectable(entry.attributes),
      subscribed: isSubscribed(entry, listing),
      failure: tooLong ? nameTooLong(path) : (failures.get(entry.octets) ?? null),
    };
  });
  return [...found, ...listing.unreadable.map(lineUnreadable)];
}

function isSubscribed({ attributes, octets }: ListLine, { subscribed }: Listing): boolean {
  return octets === 'INBOX' || attributes.has('\\subscribed') || subscribed.has(octets);
}

/** \NonExistent implies \Noselect (RFC 5258 §3.4). */
function isSelectable(attributes: ReadonlySet<string>): boolean {
  return !attributes.has('\\noselect') && !attributes.has('\\nonexistent');
}

function statusOf(line: StatusLine | undefined) {
  const items = readItems(line?.items ?? '');
  const number = (item: string, max: number) => {
    const value = Number(items.get(item) ?? NaN);
    return Number.isSafeInteger(value) && value <= max ? value : null;
  };
  const modSeq = items.get('HIGHESTMODSEQ');
  return {
    messages: number('MESSAGES', 0xffffffff) ?? 0,
    unseen: number('UNSEEN', 0xffffffff),
    uidValidity: number('UIDVALIDITY', 0xffffffff) ?? 0,
    uidNext: number('UIDNEXT', 0xffffffff) ?? 0,
    // 0: this mailbox keeps no mod-sequences (RFC 7162 §3.1.2.2)
    highestModSeq: modSeq === undefined || /^0+$/.test(modSeq) ? null : modSeq,
    sizeBytes: number('SIZE', Number.MAX_SAFE_INTEGER),
  };
}

/** RFC 6154 §2, RFC 8457, and the names of the older XLIST. */
const ATTRIBUTE_USES: [string, SpecialUse][] = [
  ['\\inbox', 'inbox'],
  ['\\sent', 'sent'],
  ['\\drafts', 'drafts'],
  ['\\trash', 'trash'],
  ['\\junk', 'junk'],
  ['\\spam', 'junk'],
  ['\\archive', 'archive'],
  ['\\all', 'all'],
  ['\\allmail', 'all'],
  ['\\flagged', 'flagged'],
  ['\\starred', 'flagged'],
  ['\\important', 'important'],
];

function claimed({ attributes }: ListLine): SpecialUse[] {
  return ATTRIBUTE_USES.filter(([attribute]) => attributes.has(attribute)).map(([, use]) => use);
}

function nameTooLong(path: string): Failure {
  const message = `The name of mailbox ${quoteName(path)} is longer than ${MAX_NAME_OCTETS} octets and cannot be used in a command.`;
  return new EngineError('protocol-error', message, { scope: 'mailbox' }).toFailure();
}

/** Reported rather than dropped: there may be mail behind it. */
function lineUnreadable(text: string, index: number): ScannedMailbox {
  const message = `The server listed a mailbox in a way that cannot be read: ${quoteName(text)}`;
  const failure = new EngineError('protocol-error', message, { scope: 'mailbox' }).toFailure();
  const base = { ...statusOf(undefined), delimiter: null, specialUse: null, selectable: false, subscribed: false };
  return { ...base, path: `(unreadable listing ${index + 1})`, failure };
}
