import type { ArgumentReader } from '../arguments.ts';
import type { NewMessage } from '../mailbox.ts';
import { normalizeFlags } from '../mailbox.ts';
import { bad, no } from '../refusal.ts';
import type { Session } from '../session.ts';
import { formatDateTime, parseDateTime } from '../text/dates.ts';
import { formatNumberSet } from '../text/number-set.ts';

/**
 * APPEND of one message, or of several in one command (RFC 3502): all are stored or none.
 *
 * The literals are kept as they are; nothing is added, converted or normalised.
 */
export function append(session: Session, args: ArgumentReader): string {
  args.space();
  const path = args.mailbox();
  const messages: NewMessage[] = [];
  do messages.push(readMessage(args));
  while (!args.atEnd);
  if (messages.length > 1 && !session.offers('MULTIAPPEND')) throw bad('MULTIAPPEND is not offered');
  const mailbox = session.user.need(path, 'TRYCREATE');
  checkRoom(session, messages);
  const uids = messages.map((message) => mailbox.append(message).uid);
  if (!session.offers('UIDPLUS')) return 'OK APPEND done';
  return `OK [APPENDUID ${mailbox.uidValidity} ${formatNumberSet(uids)}] APPEND done`;
}

function readMessage(args: ArgumentReader): NewMessage {
  args.space();
  let flags: readonly string[] = [];
  if (args.peek() === '(') {
    flags = normalizeFlags(args.list(() => args.flag()));
    args.space();
  }
  const internalDate = args.peek() === '"' ? readDate(args) : formatDateTime(Date.now(), 0);
  return { flags, internalDate, raw: args.literal() };
}

function readDate(args: ArgumentReader): string {
  const date = parseDateTime(args.astring());
  if (date === null) throw bad('Invalid date-time');
  args.space();
  return date;
}

function checkRoom(session: Session, messages: readonly NewMessage[]): void {
  const { quotaBytes } = session.settings;
  if (quotaBytes === null) return;
  const added = messages.reduce((sum, message) => sum + message.raw.length, 0);
  if (session.user.usedBytes + added > quotaBytes) throw no('[OVERQUOTA] Quota exceeded');
}
