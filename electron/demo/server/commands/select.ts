import type { ArgumentReader } from '../arguments.ts';
import { SYSTEM_FLAGS } from '../mailbox.ts';
import { bad } from '../refusal.ts';
import type { Session } from '../session.ts';
import { MailboxView } from '../view.ts';

export const select = (session: Session, args: ArgumentReader): string => open(session, args, false);
export const examine = (session: Session, args: ArgumentReader): string => open(session, args, true);

function open(session: Session, args: ArgumentReader, readOnly: boolean): string {
  args.space();
  const path = args.mailbox();
  if (args.take(' ')) readParameters(session, args);
  args.end();
  // A SELECT that fails leaves nothing selected (RFC 3501 §6.3.1).
  session.view = null;
  const mailbox = session.user.need(path);
  session.view = new MailboxView(mailbox, readOnly);
  const flags = [...SYSTEM_FLAGS, ...mailbox.keywords.values()].join(' ');
  const firstUnseen = mailbox.messages.findIndex((message) => !message.flags.includes('\\Seen'));
  const { out } = session;
  out.line(`* FLAGS (${flags})`);
  out.line(`* OK [PERMANENTFLAGS (${readOnly ? '' : `${flags} \\*`})] Flags that are kept`);
  out.line(`* ${mailbox.messages.length} EXISTS`);
  out.line('* 0 RECENT');
  if (firstUnseen >= 0) out.line(`* OK [UNSEEN ${firstUnseen + 1}] First unseen`);
  out.line(`* OK [UIDVALIDITY ${mailbox.uidValidity}] UIDs valid`);
  out.line(`* OK [UIDNEXT ${mailbox.uidNext}] Predicted next UID`);
  if (session.offers('CONDSTORE')) out.line(`* OK [HIGHESTMODSEQ ${mailbox.highestModSeq}] Highest`);
  return readOnly ? 'OK [READ-ONLY] EXAMINE done' : 'OK [READ-WRITE] SELECT done';
}

function readParameters(session: Session, args: ArgumentReader): void {
  const parameters = args.list(() => args.keyword());
  if (parameters.some((p) => p !== 'CONDSTORE') || !session.offers('CONDSTORE')) throw bad('Unknown parameter');
  session.condstore = true;
}

export function check(_session: Session, args: ArgumentReader): string {
  args.end();
  return 'OK CHECK done';
}

/** Removes what is \Deleted without saying so (RFC 3501 §6.4.2). */
export function close(session: Session, args: ArgumentReader): string {
  args.end();
  const { mailbox, readOnly } = session.selected;
  if (!readOnly) mailbox.expunge(new Set(mailbox.messages.filter((m) => m.flags.includes('\\Deleted'))));
  session.view = null;
  return 'OK CLOSE done';
}

export function unselect(session: Session, args: ArgumentReader): string {
  args.end();
  session.view = null;
  return 'OK UNSELECT done';
}
