import { ArgumentReader } from './arguments.ts';
import { Refusal } from './refusal.ts';
import type { Session } from './session.ts';

/** Literals outside APPEND are names and search strings. */
const MAX_STRING_BYTES = 1 << 16;

/**
 * Whether to take a literal. For APPEND everything that can be known beforehand is said before the message is sent:
 * size limit (RFC 7889 §4), quota, missing mailbox.
 *
 * @param parts what was read of the command, the text before the literal last
 * @returns null, or the tagged reply
 */
export function judgeLiteral(
  session: Session,
  parts: readonly (string | Buffer)[],
  sizeBytes: number,
  waiting: boolean,
): string | null {
  if (!waiting && !session.offers('LITERAL+')) return 'BAD LITERAL+ is not offered';
  const args = new ArgumentReader(parts);
  try {
    args.atom();
    args.space();
    if (args.keyword() !== 'APPEND' || !session.account) return oversize(sizeBytes, MAX_STRING_BYTES);
    args.space();
    // The first literal of an APPEND may be the mailbox name itself.
    if (args.atEnd) return oversize(sizeBytes, MAX_STRING_BYTES);
    const path = args.mailbox();
    const tooLarge = oversize(sizeBytes, session.settings.appendLimitBytes ?? session.settings.maxLiteralBytes);
    if (tooLarge) return tooLarge;
    session.user.need(path, 'TRYCREATE');
    return overQuota(session, parts, sizeBytes);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

function oversize(sizeBytes: number, limit: number): string | null {
  return sizeBytes > limit ? `NO [TOOBIG] Larger than ${limit} octets` : null;
}

function overQuota(session: Session, parts: readonly (string | Buffer)[], sizeBytes: number): string | null {
  const { quotaBytes } = session.settings;
  if (quotaBytes === null) return null;
  const pending = parts.reduce((sum, part) => sum + (typeof part === 'string' ? 0 : part.length), 0);
  return session.user.usedBytes + pending + sizeBytes > quotaBytes ? 'NO [OVERQUOTA] Quota exceeded' : null;
}
