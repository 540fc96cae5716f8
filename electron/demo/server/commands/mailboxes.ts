import type { ArgumentReader } from '../arguments.ts';
import { bad, no } from '../refusal.ts';
import type { Session } from '../session.ts';
import { matchesPattern } from '../text/list-pattern.ts';
import { quoted, quotedMailbox } from '../text/quote.ts';

const SPECIAL_USES = new Map(
  ['\\All', '\\Archive', '\\Drafts', '\\Flagged', '\\Junk', '\\Sent', '\\Trash'].map((u) => [u.toLowerCase(), u]),
);

/** CREATE, with `(USE (\Sent))` (RFC 6154 §3). */
export function createMailbox(session: Session, args: ArgumentReader): string {
  args.space();
  const path = args.mailbox();
  const specialUse = args.take(' ') ? readUse(session, args) : [];
  args.end();
  session.user.create(path, { specialUse });
  return 'OK CREATE done';
}

export function deleteMailbox(session: Session, args: ArgumentReader): string {
  const path = onlyMailbox(args);
  if (session.view && session.user.find(path) === session.view.mailbox) session.view = null;
  session.user.delete(path);
  return 'OK DELETE done';
}

export function renameMailbox(session: Session, args: ArgumentReader): string {
  args.space();
  const from = args.mailbox();
  args.space();
  const to = args.mailbox();
  args.end();
  session.user.rename(from, to);
  return 'OK RENAME done';
}

/** A subscription is a name; the mailbox must exist when it is made, not later (RFC 3501 §6.3.6). */
export function subscribe(session: Session, args: ArgumentReader): string {
  const path = onlyMailbox(args);
  const mailbox = session.user.find(path);
  if (!mailbox) throw no('[NONEXISTENT] No such mailbox');
  session.user.subscriptions.add(mailbox.path);
  return 'OK SUBSCRIBE done';
}

export function unsubscribe(session: Session, args: ArgumentReader): string {
  session.user.subscriptions.delete(session.user.normalize(onlyMailbox(args)));
  return 'OK UNSUBSCRIBE done';
}

/** LSUB: with `%`, a level that only has subscribed mailboxes below it is \Noselect (RFC 3501 §6.3.9). */
export function lsub(session: Session, args: ArgumentReader): string {
  args.space();
  const reference = args.listPattern();
  args.space();
  const pattern = reference + args.listPattern();
  args.end();
  const { delimiter, subscriptions } = session.user;
  const shown = new Map<string, string>();
  for (const path of [...subscriptions].sort()) {
    if (matchesPattern(pattern, path, delimiter)) {
      shown.set(path, session.user.find(path)?.selectable === false ? '\\Noselect' : '');
      continue;
    }
    for (let at = path.indexOf(delimiter); at > 0; at = path.indexOf(delimiter, at + 1)) {
      const parent = path.slice(0, at);
      if (!shown.has(parent) && matchesPattern(pattern, parent, delimiter)) shown.set(parent, '\\Noselect');
    }
  }
  for (const [path, attribute] of shown) {
    session.out.line(`* LSUB (${attribute}) ${quoted(delimiter)} ${quotedMailbox(path)}`);
  }
  return 'OK LSUB done';
}

function onlyMailbox(args: ArgumentReader): string {
  args.space();
  const path = args.mailbox();
  args.end();
  return path;
}

function readUse(session: Session, args: ArgumentReader): string[] {
  if (!session.offers('CREATE-SPECIAL-USE')) throw bad('CREATE-SPECIAL-USE is not offered');
  args.expect('(USE ');
  const uses = args.list(() => args.flag());
  args.expect(')');
  return uses.map((use) => {
    const known = SPECIAL_USES.get(use.toLowerCase());
    if (!known) throw no('[USEATTR] Unknown special use');
    if (session.user.mailboxes.some((mailbox) => mailbox.specialUse.includes(known))) {
      throw no(`[USEATTR] Another mailbox is ${known}`);
    }
    return known;
  });
}
