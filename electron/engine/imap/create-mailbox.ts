import type { SpecialUse } from '../../../shared/mailbox.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { execute, type Line, nameAttribute } from './command.ts';
import { type ListLine, parseListLine } from './list-lines.ts';
import type { MailboxNames } from './names.ts';
import { quoteName } from './server-text.ts';
import type { CreateWish } from './session-types.ts';

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

/**
 * Make a mailbox, subscribe to it, and look whether it is really there: some servers answer OK and make none, or make
 * one with another name (`dot.` becomes `dot`). A mailbox that exists already is fine.
 *
 * @returns the path as the server made it; equal to the one asked for, unless the server changed it
 * @throws EngineError 'mailbox-refused' (mailbox, never) with the server's reason; 'over-quota' (account, later)
 */
export async function createMailbox(
  line: Line,
  names: MailboxNames,
  capabilities: ReadonlySet<string>,
  path: string,
  wish: CreateWish,
  signal?: AbortSignal,
): Promise<string> {
  names.wireName(path); // refuses what cannot be sent
  const refusal = await create(line, names.octets(path), capabilities, wish.specialUse ?? null, signal);
  const made = await look(line, names.octets(path), refusal === null, signal);
  if (made === null) throw refusal ? named(path, refusal) : notThere(path);
  if (made.attributes.has('\\noselect') || made.attributes.has('\\nonexistent')) throw notSelectable(path);
  const madePath = made.octets.toUpperCase() === 'INBOX' ? 'INBOX' : names.pathOf(made.octets);
  if (wish.subscribe !== false) await subscribe(line, made.octets, signal);
  return madePath;
}

/** @returns the refusal, which does not count when the mailbox turns out to be there */
async function create(
  line: Line,
  octets: string,
  capabilities: ReadonlySet<string>,
  specialUse: SpecialUse | null,
  signal?: AbortSignal,
): Promise<EngineError | null> {
  const use = specialUse === null ? undefined : USE_ATTRIBUTES[specialUse];
  const name = nameAttribute(octets);
  const withUse = use !== undefined && capabilities.has('CREATE-SPECIAL-USE');
  const attributes = withUse ? [name, [{ type: 'ATOM', value: 'USE' }, [{ type: 'ATOM', value: use }]]] : [name];
  try {
    await execute(line, 'CREATE', attributes, { context: 'create', signal });
    return null;
  } catch (error) {
    if (!isEngineError(error, 'mailbox-refused', 'server-refused', 'mailbox-missing') || line.client.isClosed)
      throw error;
    // The use is taken by another mailbox or cannot be set (NO [USEATTR]): the mailbox matters more.
    return withUse ? create(line, octets, capabilities, null, signal) : error;
  }
}

/**
 * The mailbox with this name, or the one that the server made of it. A trailing delimiter only announces children
 * (RFC 9051 §6.3.4), the mailbox is made without it; after a refusal such a mailbox would be somebody else's.
 */
async function look(line: Line, octets: string, created: boolean, signal?: AbortSignal): Promise<ListLine | null> {
  const found = await listExactly(line, octets, signal);
  if (found || !created || octets.length < 2) return found;
  const bare = await listExactly(line, octets.slice(0, -1), signal);
  return bare && bare.delimiter === octets.at(-1) ? bare : null;
}

async function listExactly(line: Line, octets: string, signal?: AbortSignal): Promise<ListLine | null> {
  const found: ListLine[] = [];
  const listing = (raw: Parameters<typeof parseListLine>[0]) => {
    const entry = found.length < 10_000 ? parseListLine(raw) : null;
    if (entry) found.push(entry);
  };
  await execute(line, 'LIST', ['', nameAttribute(octets)], { listing, signal });
  // `*` and `%` in a name are wildcards here and bring others too; a single other name is ours as the server spells it.
  const wild = /[*%]/.test(octets);
  return found.find((entry) => entry.octets === octets) ?? (wild || found.length !== 1 ? null : (found[0] ?? null));
}

/** Not worth failing for: the mailbox is there, and some servers know no subscriptions. */
async function subscribe(line: Line, octets: string, signal?: AbortSignal): Promise<void> {
  try {
    await execute(line, 'SUBSCRIBE', [nameAttribute(octets)], { signal });
  } catch (error) {
    if (line.client.isClosed || isEngineError(error, 'cancelled')) throw error;
  }
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
