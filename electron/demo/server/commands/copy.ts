import type { ArgumentReader } from '../arguments.ts';
import type { DemoMessage } from '../mailbox.ts';
import { no } from '../refusal.ts';
import type { Session } from '../session.ts';
import { formatNumberSet } from '../text/number-set.ts';
import { needWritable } from './store.ts';
import type { CommandCall } from './table.ts';

/** Flags and INTERNALDATE go along (RFC 3501 §6.4.7). */
export function copy(session: Session, args: ArgumentReader, call: CommandCall): string {
  const { code } = copyMessages(session, args, call);
  return `OK ${code}COPY done`;
}

/** RFC 6851: COPYUID comes untagged, before the removals. */
export function move(session: Session, args: ArgumentReader, call: CommandCall): string {
  needWritable(session.selected);
  const { code, sources } = copyMessages(session, args, call);
  if (code !== '') session.out.line(`* OK ${code}Moved`);
  session.selected.mailbox.expunge(new Set(sources));
  return 'OK MOVE done';
}

function copyMessages(
  session: Session,
  args: ArgumentReader,
  call: CommandCall,
): { code: string; sources: DemoMessage[] } {
  const view = session.selected;
  args.space();
  const ranges = args.numberSet();
  args.space();
  const path = args.mailbox();
  args.end();
  const sources = view.resolve(ranges, call.byUid).flatMap((i) => view.messages[i] ?? []);
  const target = session.user.need(path, 'TRYCREATE');
  checkRoom(session, sources);
  const uids = sources.map((message) => target.append(message).uid);
  if (!session.offers('UIDPLUS') || uids.length === 0) return { code: '', sources };
  const from = formatNumberSet(sources.map((message) => message.uid));
  return { code: `[COPYUID ${target.uidValidity} ${from} ${formatNumberSet(uids)}] `, sources };
}

function checkRoom(session: Session, sources: readonly DemoMessage[]): void {
  const { quotaBytes } = session.settings;
  const added = sources.reduce((sum, message) => sum + message.raw.length, 0);
  if (quotaBytes !== null && session.user.usedBytes + added > quotaBytes) throw no('[OVERQUOTA] Quota exceeded');
}
