import type { ArgumentReader } from '../arguments.ts';
import { no } from '../refusal.ts';
import type { Session } from '../session.ts';
import { quotedMailbox } from '../text/quote.ts';

/** One quota root, named "", for everything (RFC 9208). */
export function getQuotaRoot(session: Session, args: ArgumentReader): string {
  args.space();
  const mailbox = session.user.need(args.mailbox());
  args.end();
  const limited = session.settings.quotaBytes !== null;
  session.out.line(`* QUOTAROOT ${quotedMailbox(mailbox.path)}${limited ? ' ""' : ''}`);
  if (limited) sendQuota(session);
  return 'OK GETQUOTAROOT done';
}

export function getQuota(session: Session, args: ArgumentReader): string {
  args.space();
  const root = args.astring();
  args.end();
  if (root !== '' || session.settings.quotaBytes === null) throw no('[NONEXISTENT] No such quota root');
  sendQuota(session);
  return 'OK GETQUOTA done';
}

/** In units of 1024 octets (RFC 9208 §5.1). */
function sendQuota(session: Session): void {
  const limit = Math.floor((session.settings.quotaBytes ?? 0) / 1024);
  session.out.line(`* QUOTA "" (STORAGE ${Math.ceil(session.user.usedBytes / 1024)} ${limit})`);
}
