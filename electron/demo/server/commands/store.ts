import type { ArgumentReader } from '../arguments.ts';
import { normalizeFlags } from '../mailbox.ts';
import type { DemoMessage } from '../mailbox.ts';
import { bad, no } from '../refusal.ts';
import type { Session } from '../session.ts';
import { formatNumberSet } from '../text/number-set.ts';
import type { MailboxView } from '../view.ts';
import type { CommandCall } from './table.ts';

interface StoreRequest {
  action: '' | '+' | '-';
  silent: boolean;
  flags: readonly string[];
  /** RFC 7162 §3.1.3; null: unconditional. */
  unchangedSince: number | null;
}

export function store(session: Session, args: ArgumentReader, call: CommandCall): string {
  const view = session.selected;
  args.space();
  const ranges = args.numberSet();
  args.space();
  const request = readRequest(session, args);
  needWritable(view);
  const indices = view.resolve(ranges, call.byUid);
  // What others changed is told first; afterwards the session counts as knowing its own changes.
  view.announceFlags(session.out, session.condstore);
  const modified: number[] = [];
  for (const index of indices) {
    const message = view.messages[index];
    if (!message || message.expunged) continue;
    if (request.unchangedSince !== null && message.modSeq > request.unchangedSince) {
      modified.push(call.byUid ? message.uid : index + 1);
      continue;
    }
    view.mailbox.setFlags(message, nextFlags(message.flags, request));
    const line = storeResponse(session, message, index + 1, request, call.byUid);
    if (line !== null) session.out.line(line);
  }
  view.flagsTold();
  return modified.length > 0 ? `OK [MODIFIED ${formatNumberSet(modified)}] Some were changed` : 'OK STORE done';
}

/** @throws Refusal NO in a mailbox opened with EXAMINE */
export function needWritable(view: MailboxView): void {
  if (view.readOnly) throw no('[READ-ONLY] Mailbox was opened read-only');
}

function readRequest(session: Session, args: ArgumentReader): StoreRequest {
  let unchangedSince: number | null = null;
  if (args.take('(UNCHANGEDSINCE ')) {
    if (!session.offers('CONDSTORE')) throw bad('CONDSTORE is not offered');
    unchangedSince = args.number();
    args.expect(')');
    args.space();
    session.condstore = true;
  }
  const action = args.take('+') ? '+' : args.take('-') ? '-' : '';
  args.expect('FLAGS');
  const silent = args.take('.SILENT');
  args.space();
  const flags = args.peek() === '(' ? args.list(() => args.flag()) : bareFlags(args);
  args.end();
  return { action, silent, flags: normalizeFlags(flags), unchangedSince };
}

function bareFlags(args: ArgumentReader): string[] {
  const flags: string[] = [];
  do flags.push(args.flag());
  while (args.take(' '));
  return flags;
}

function nextFlags(now: readonly string[], request: StoreRequest): readonly string[] {
  if (request.action === '') return request.flags;
  if (request.action === '+') return [...now, ...request.flags];
  const gone = new Set(request.flags.map((flag) => flag.toLowerCase()));
  return now.filter((flag) => !gone.has(flag.toLowerCase()));
}

function storeResponse(
  session: Session,
  message: DemoMessage,
  number: number,
  request: StoreRequest,
  byUid: boolean,
): string | null {
  if (request.silent && !session.condstore) return null;
  const items = byUid ? [`UID ${message.uid}`] : [];
  if (!request.silent) items.push(`FLAGS (${message.flags.join(' ')})`);
  if (session.condstore) items.push(`MODSEQ (${message.modSeq})`);
  return `* ${number} FETCH (${items.join(' ')})`;
}
