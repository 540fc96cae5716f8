/** What a server does to nasty messages and mailbox names, seen by the raw client alone. */
import { RawImap, type RawMessage } from '../imap-raw.ts';
import type { NastyMailbox } from '../nasty-mailboxes.ts';
import type { NastyMessage } from '../nasty-messages.ts';
import type { TestServer, TestUser } from './server.ts';

/** Names of messages, each with what happened. A message that is in no table came back as it was sent. */
export interface Observation {
  /** Not stored: the server's answer. */
  refused: Map<string, string>;
  /** Stored, but the octets served differ: how. */
  altered: Map<string, string>;
  /** Flags given and not served, or served and not given. */
  flags: Map<string, string>;
  /** INTERNALDATE is another instant. */
  dates: Map<string, string>;
  served: Map<string, RawMessage>;
}

export async function observeMessages(
  server: TestServer,
  user: TestUser,
  messages: readonly NastyMessage[],
): Promise<Observation> {
  const seen: Observation = {
    refused: new Map(),
    altered: new Map(),
    flags: new Map(),
    dates: new Map(),
    served: new Map(),
  };
  const uids = await appendAll(server, user, messages, seen.refused);
  const imap = await RawImap.signIn(server, user);
  await imap.select('INBOX');
  const byUid = new Map((await imap.fetchAll()).map((message) => [message.uid, message]));
  await imap.close();
  for (const message of messages) {
    const uid = uids.get(message.name);
    if (uid === undefined) continue;
    const served = byUid.get(uid);
    if (served) compare(message, served, seen);
    else seen.altered.set(message.name, 'accepted, but not there');
  }
  return seen;
}

async function appendAll(
  server: TestServer,
  user: TestUser,
  messages: readonly NastyMessage[],
  refused: Map<string, string>,
): Promise<Map<string, number>> {
  const uids = new Map<string, number>();
  let imap = await RawImap.signIn(server, user);
  for (const { name, raw, flags, internalDate } of messages) {
    try {
      const reply = await imap.append('INBOX', raw, { flags, ...(internalDate && { internalDate }) });
      const uid = /\[APPENDUID \d+ (\d+)\]/.exec(reply.text)?.[1];
      if (uid) uids.set(name, Number(uid));
      else refused.set(name, `${reply.status} ${reply.text}`);
    } catch (error) {
      refused.set(name, `connection lost: ${(error as Error).message}`);
      imap.destroy();
      imap = await RawImap.signIn(server, user);
    }
  }
  await imap.close();
  return uids;
}

function compare(sent: NastyMessage, served: RawMessage, seen: Observation): void {
  seen.served.set(sent.name, served);
  const change = describeChange(sent.raw, served.raw);
  if (change) seen.altered.set(sent.name, change);
  const want = new Set(sent.flags);
  const have = new Set(served.flags.filter((flag) => flag !== '\\Recent'));
  const differing = [
    ...[...want].filter((f) => !have.has(f)).map((f) => `-${f}`),
    ...[...have].filter((f) => !want.has(f)).map((f) => `+${f}`),
  ];
  if (differing.length > 0) seen.flags.set(sent.name, differing.join(' '));
  if (sent.internalDate && instant(sent.internalDate) !== instant(served.internalDate))
    seen.dates.set(sent.name, `${sent.internalDate} became ${served.internalDate}`);
}

/** Seconds since 1970 of an IMAP date-time; NaN when it is none. 31 February counts as 2 March, as Cyrus has it. */
function instant(dateTime: string): number {
  const found = /^([ \d]\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(dateTime);
  if (!found) return NaN;
  const [, day, month, year, hour, minute, second, sign, zoneHour, zoneMinute] = found;
  const index = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].indexOf(month!);
  if (index < 0) return NaN;
  const local = Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second)) / 1000;
  const zone = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60;
  return sign === '+' ? local - zone : local + zone;
}

/** One phrase for what became of the octets; null when they are the same. */
export function describeChange(sent: Buffer, served: Buffer | null): string | null {
  if (!served) return 'NIL served';
  if (sent.equals(served)) return null;
  const [a, b] = [sent.toString('latin1'), served.toString('latin1')];
  const allCrLf = (text: string): string => text.replace(/\r?\n/g, '\r\n');
  const withoutCr = (text: string): string => text.replaceAll('\r', '');
  const nulTo80 = (text: string): string => text.replaceAll('\0', '\x80');
  const rules: [phrase: string, expected: string][] = [
    ['CR LF added at the end', `${a}\r\n`],
    ['LF to CR LF', allCrLf(a)],
    ['LF to CR LF, CR LF added at the end', `${allCrLf(a)}\r\n`],
    ['NUL to 0x80', nulTo80(a)],
    ['NUL to 0x80, LF to CR LF', allCrLf(nulTo80(a))],
    ['cut at the first NUL', a.split('\0')[0]!],
    ['NUL removed', a.replaceAll('\0', '')],
    ['8-bit octets in the header to X', mungeHeader(a)],
  ];
  const found = rules.find(([, expected]) => expected === b);
  if (found) return found[0];
  if (withoutCr(a) === withoutCr(b)) return 'bare CR removed or moved';
  if (withoutCr(nulTo80(a)) === withoutCr(b)) return 'NUL to 0x80, bare CR removed or moved';
  if (`${withoutCr(a)}\n` === withoutCr(b)) return 'bare CR removed or moved, CR LF added at the end';
  if (a.startsWith(b)) return 'cut short';
  return `other: ${sent.length} octets sent, ${served.length} served`;
}

function mungeHeader(text: string): string {
  const end = text.indexOf('\r\n\r\n');
  const at = end < 0 ? text.length : end;
  return text.slice(0, at).replace(/[\x80-\xff]/g, 'X') + text.slice(at);
}

/** Mailbox names that the server did not make, or lists under another name. */
export async function observeMailboxes(
  server: TestServer,
  user: TestUser,
  mailboxes: readonly NastyMailbox[],
): Promise<Map<string, string>> {
  const odd = new Map<string, string>();
  let imap = await RawImap.signIn(server, user);
  const { delimiter, prefix } = await personalNamespace(imap);
  for (const { name, segments, unlessDelimiter } of mailboxes) {
    if (unlessDelimiter === delimiter) continue;
    const path = prefix + segments.join(delimiter);
    try {
      const reply = await imap.create(path);
      if (reply.status !== 'OK') odd.set(name, `${reply.status} ${reply.text}`);
      else if (!(await imap.list()).some((listed) => listed.path === path)) odd.set(name, 'accepted, but not listed');
    } catch (error) {
      odd.set(name, `connection lost: ${(error as Error).message}`);
      imap.destroy();
      imap = await RawImap.signIn(server, user);
    }
  }
  await imap.close();
  return odd;
}

export async function personalNamespace(imap: RawImap): Promise<{ prefix: string; delimiter: string }> {
  const { untagged } = await imap.must('NAMESPACE');
  const found = untagged.map(({ text }) => /^NAMESPACE \(\("([^"]*)" "(.)"/.exec(text)).find(Boolean);
  if (!found) throw new Error('the server says nothing of its name spaces');
  return { prefix: found[1]!, delimiter: found[2]! };
}
