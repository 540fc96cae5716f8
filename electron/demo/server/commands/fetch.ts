import type { ArgumentReader } from '../arguments.ts';
import { readFetchItems } from '../fetch-items.ts';
import type { FetchItem, PlainItem, SectionItem } from '../fetch-items.ts';
import { sectionOctets } from '../fetch-section.ts';
import type { DemoMessage } from '../mailbox.ts';
import { describeBody, describeEnvelope } from '../mime/describe.ts';
import { readHeader } from '../mime/header.ts';
import { readStructure } from '../mime/structure.ts';
import { bad } from '../refusal.ts';
import type { Session } from '../session.ts';
import { quoted } from '../text/quote.ts';
import type { CommandCall } from './table.ts';

export async function fetch(session: Session, args: ArgumentReader, call: CommandCall): Promise<string> {
  const view = session.selected;
  args.space();
  const ranges = args.numberSet();
  args.space();
  const items = readFetchItems(args);
  const changedSince = args.take(' ') ? readChangedSince(session, args) : null;
  args.end();
  addImplied(session, items, call, changedSince);
  const setsSeen = !view.readOnly && items.some((item) => typeof item !== 'string' && !item.peek);
  if (setsSeen && !items.includes('FLAGS')) items.push('FLAGS');
  for (const index of view.resolve(ranges, call.byUid)) {
    const message = view.messages[index];
    if (!message || (changedSince !== null && message.modSeq <= changedSince)) continue;
    if (setsSeen && !message.expunged) view.mailbox.setFlags(message, [...message.flags, '\\Seen']);
    sendMessage(session, index + 1, message, items);
    await session.out.pressure();
    if (session.leaving) break;
  }
  if (setsSeen) view.flagsTold();
  return 'OK FETCH done';
}

function readChangedSince(session: Session, args: ArgumentReader): number {
  if (!session.offers('CONDSTORE')) throw bad('CONDSTORE is not offered');
  args.expect('(CHANGEDSINCE ');
  const modSeq = args.number();
  args.expect(')');
  return modSeq;
}

/** UID FETCH always tells the UID (RFC 3501 §6.4.8), CHANGEDSINCE the MODSEQ (RFC 7162 §3.1.4.1). */
function addImplied(session: Session, items: FetchItem[], call: CommandCall, changedSince: number | null): void {
  if (items.includes('MODSEQ') && !session.offers('CONDSTORE')) throw bad('CONDSTORE is not offered');
  if (call.byUid && !items.includes('UID')) items.unshift('UID');
  if (changedSince !== null && !items.includes('MODSEQ')) items.push('MODSEQ');
  if (items.includes('MODSEQ')) session.condstore = true;
}

function sendMessage(session: Session, number: number, message: DemoMessage, items: readonly FetchItem[]): void {
  const { out } = session;
  let text = `* ${number} FETCH (`;
  items.forEach((item, i) => {
    if (i > 0) text += ' ';
    if (typeof item === 'string') {
      text += plainItem(item, message);
      return;
    }
    out.text(text + item.label);
    text = '';
    sendSection(session, message, item);
  });
  out.line(`${text})`);
}

function sendSection(session: Session, message: DemoMessage, item: SectionItem): void {
  const octets = sectionOctets(message.raw, item);
  if (!octets) return session.out.text(' NIL');
  session.out.text(` {${octets.length}}\r\n`);
  session.out.octets(octets);
}

function plainItem(item: PlainItem, message: DemoMessage): string {
  switch (item) {
    case 'UID':
      return `UID ${message.uid}`;
    case 'FLAGS':
      return `FLAGS (${message.flags.join(' ')})`;
    case 'INTERNALDATE':
      return `INTERNALDATE ${quoted(message.internalDate)}`;
    case 'RFC822.SIZE':
      return `RFC822.SIZE ${message.raw.length}`;
    case 'MODSEQ':
      return `MODSEQ (${message.modSeq})`;
    case 'ENVELOPE':
      return `ENVELOPE ${describeEnvelope(readHeader(message.raw))}`;
    case 'BODY':
    case 'BODYSTRUCTURE':
      return `${item} ${describeBody(message.raw, readStructure(message.raw), item === 'BODYSTRUCTURE')}`;
  }
}
