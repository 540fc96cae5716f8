import type { SpecialUse } from '../../../shared/mailbox.ts';
import { EngineError, isEngineError } from '../errors.ts';
import type { LaneParts } from './imap-source-lane.ts';
import { type ListLine, parseListLine } from './list-lines.ts';
import { quotedOctets } from './names.ts';
import { quoteName } from './server-text.ts';
import { requireOk } from './wire/selection.ts';
import type { StatusLine } from './wire/status-line.ts';

const MOST_LISTED = 10_000;

/** RFC 6154 §2 and RFC 8457: what may be asked for with USE. INBOX is there already. */
const USE_ATTRIBUTES: Partial<Record<SpecialUse, string>> = {
  sent: '\\Sent',
  drafts: '\\Drafts',
  trash: '\\Trash',
  junk: '\\Junk',
  archive: '\\Archive',
  all: '\\All',
  flagged: '\\Flagged',
  important: '\\Important',
};

export type CreateLine = Pick<LaneParts, 'wire' | 'names' | 'capabilities'>;

/**
 * Make a mailbox and look whether it is really there: some servers answer OK and make none, or make one with another
 * name (`dot.` becomes `dot`). A mailbox that exists already is fine. Many may be made at once on one line.
 *
 * @returns the path as the server made it; equal to the one asked for, unless the server changed it
 * @throws EngineError 'mailbox-refused' (mailbox, never) with the server's reason; 'over-quota' (account, later)
 */
export async function createMailbox(line: CreateLine, path: string, specialUse: SpecialUse | null): Promise<string> {
  const { names, capabilities } = line;
  const use = specialUse === null ? undefined : USE_ATTRIBUTES[specialUse];
  const withUse = use !== undefined && capabilities.has('CREATE-SPECIAL-USE');
  let attempt = await create(line, path, withUse ? ` (USE (${use}))` : '');
  // The use is taken by another mailbox or cannot be set (NO [USEATTR]): the mailbox matters more.
  if (withUse && attempt.refusal && !attempt.found) attempt = await create(line, path, '');
  const { refusal } = attempt;
  const made = attempt.found ?? (refusal ? null : await lookForBare(line, path));
  if (made === null) throw refusal ? named(path, refusal) : notThere(path);
  if (made.attributes.has('\\noselect') || made.attributes.has('\\nonexistent')) throw notSelectable(path);
  return made.octets.toUpperCase() === 'INBOX' ? 'INBOX' : names.pathOf(made.octets);
}

interface Attempt {
  found: ListLine | null;
  /** Does not count when the mailbox turns out to be there. */
  refusal: EngineError | null;
}

async function create(line: CreateLine, path: string, use: string): Promise<Attempt> {
  const answer = line.wire.command(`CREATE ${line.names.wireName(path)}${use}`);
  const listed = listExactly(line, line.names.octets(path));
  listed.catch(() => undefined);
  const refusal = refusalIn(await answer);
  return { found: await listed, refusal };
}

/** @throws EngineError a refusal that is not about this mailbox */
function refusalIn(answer: StatusLine): EngineError | null {
  try {
    requireOk(answer, 'create');
    return null;
  } catch (error) {
    if (isEngineError(error, 'mailbox-refused', 'server-refused', 'mailbox-missing')) return error;
    throw error;
  }
}

/**
 * A trailing delimiter only announces children (RFC 9051 §6.3.4): the mailbox is made without it. After a refusal such a
 * mailbox would be somebody else's.
 */
async function lookForBare(line: CreateLine, path: string): Promise<ListLine | null> {
  const octets = line.names.octets(path);
  if (octets.length < 2) return null;
  const bare = await listExactly(line, octets.slice(0, -1));
  return bare && bare.delimiter === octets.at(-1) ? bare : null;
}

async function listExactly({ wire }: CreateLine, octets: string): Promise<ListLine | null> {
  const found: ListLine[] = [];
  const untagged = (text: string) => {
    const raw = { payload: Buffer.from(`* ${text}`, 'latin1'), literals: [] };
    const entry = found.length < MOST_LISTED && /^LIST /i.test(text) ? parseListLine(raw) : null;
    if (entry) found.push(entry);
  };
  requireOk(await wire.command(`LIST "" ${quotedOctets(octets)}`, { untagged }), 'other');
  // `*` and `%` in a name are wildcards here and bring others too; a single other name is ours as the server spells it.
  const wild = /[*%]/.test(octets);
  return found.find((entry) => entry.octets === octets) ?? (wild || found.length !== 1 ? null : (found[0] ?? null));
}

function named(path: string, { code, scope, retry, details, message }: EngineError): EngineError {
  const say = `Mailbox ${quoteName(path)} could not be created. ${message}`;
  return new EngineError(code, say, details ? { scope, retry, details } : { scope, retry });
}

function notThere(path: string): EngineError {
  const message = `The server said that it created mailbox ${quoteName(path)}, but it is not there. Map it to another name.`;
  return new EngineError('mailbox-refused', message, { scope: 'mailbox' });
}

function notSelectable(path: string): EngineError {
  const message = `${quoteName(path)} exists on the server but cannot hold messages. Map it to another name.`;
  return new EngineError('mailbox-refused', message, { scope: 'mailbox' });
}
