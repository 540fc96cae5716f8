import type { ArgumentReader } from '../arguments.ts';
import type { DemoMailbox } from '../mailbox.ts';
import { bad } from '../refusal.ts';
import type { Session } from '../session.ts';
import { quotedMailbox } from '../text/quote.ts';

type StatusItem = (mailbox: DemoMailbox, session: Session) => number;

const ITEMS: Partial<Record<string, StatusItem>> = {
  MESSAGES: (mailbox) => mailbox.messages.length,
  RECENT: () => 0,
  UIDNEXT: (mailbox) => mailbox.uidNext,
  UIDVALIDITY: (mailbox) => mailbox.uidValidity,
  UNSEEN: (mailbox) => mailbox.unseen,
  SIZE: (mailbox) => mailbox.sizeBytes,
  HIGHESTMODSEQ: (mailbox) => mailbox.highestModSeq,
};

export function status(session: Session, args: ArgumentReader): string {
  args.space();
  const path = args.mailbox();
  args.space();
  const items = readStatusItems(session, args);
  args.end();
  session.out.line(statusResponse(session, session.user.need(path), items));
  return 'OK STATUS done';
}

/** A list of status items. @throws Refusal BAD for one that is not offered */
export function readStatusItems(session: Session, args: ArgumentReader): string[] {
  return args.list(() => {
    const item = args.keyword();
    const offered =
      item === 'SIZE'
        ? session.offers('STATUS=SIZE')
        : item === 'HIGHESTMODSEQ'
          ? session.offers('CONDSTORE')
          : ITEMS[item] !== undefined;
    if (!offered) throw bad('Unknown status item');
    if (item === 'HIGHESTMODSEQ') session.condstore = true;
    return item;
  });
}

export function statusResponse(session: Session, mailbox: DemoMailbox, items: readonly string[]): string {
  const facts = items.map((item) => `${item} ${ITEMS[item]?.(mailbox, session) ?? 0}`);
  return `* STATUS ${quotedMailbox(mailbox.path)} (${facts.join(' ')})`;
}
