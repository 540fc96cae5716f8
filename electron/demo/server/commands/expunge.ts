import type { ArgumentReader } from '../arguments.ts';
import type { Session } from '../session.ts';
import { needWritable } from './store.ts';
import type { CommandCall } from './table.ts';

/** EXPUNGE, or UID EXPUNGE of the given UIDs only (RFC 4315 §2.1). The session tells the removals afterwards. */
export function expunge(session: Session, args: ArgumentReader, call: CommandCall): string {
  const view = session.selected;
  let candidates = view.messages;
  if (call.byUid) {
    args.space();
    candidates = view.resolve(args.numberSet(), true).flatMap((i) => view.messages[i] ?? []);
  }
  args.end();
  needWritable(view);
  const doomed = candidates.filter((message) => message.flags.includes('\\Deleted') && !message.expunged);
  view.mailbox.expunge(new Set(doomed));
  return 'OK EXPUNGE done';
}
