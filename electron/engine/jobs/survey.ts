/** What an account holds, mailbox by mailbox, beside what an archive has of it: for the account's screen. */
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import { EngineError, isEngineError } from '../errors.ts';
import type { SourceLane } from '../source.ts';
import type { ArchivedState } from '../archive/archive-status.ts';

export interface SurveyedMailbox extends MailboxStatus {
  archivedMessages: number | null;
  newMessages: number | null;
  newBytes: number | null;
}

/**
 * Everything that STATUS tells is there at once; sizes and news that need a look into a mailbox follow, one mailbox
 * after another, newest knowledge in place.
 *
 * @param archived null: there is no archive, so nothing can be new to it
 * @param onUpdate called with the same array, whose entries have been replaced
 */
export async function survey(
  openLane: () => Promise<SourceLane>,
  scanned: MailboxStatus[],
  archived: ReadonlyMap<string, ArchivedState> | null,
  onUpdate: (mailboxes: SurveyedMailbox[]) => void,
  signal?: AbortSignal,
): Promise<SurveyedMailbox[]> {
  const mailboxes = scanned.map((status) => firstSight(status, archived));
  onUpdate(mailboxes);
  const open = mailboxes.flatMap((m, i) => (needsLook(m) ? [i] : []));
  if (open.length === 0) return mailboxes;
  let lane: SourceLane | null = null;
  try {
    for (const i of open) {
      if (signal?.aborted) throw new EngineError('cancelled', 'Reading the folders was stopped.');
      lane ??= await openLane();
      const seen = await look(lane, mailboxes[i]!, archived?.get(mailboxes[i]!.path) ?? null);
      if (seen) mailboxes[i] = seen;
      onUpdate(mailboxes);
    }
  } finally {
    await lane?.close();
  }
  return mailboxes;
}

function firstSight(status: MailboxStatus, archived: ReadonlyMap<string, ArchivedState> | null): SurveyedMailbox {
  const sizeBytes = status.messages === 0 || !status.selectable ? 0 : status.sizeBytes;
  const base = { ...status, sizeBytes };
  if (!archived) return { ...base, archivedMessages: null, newMessages: null, newBytes: null };
  const known = archived.get(status.path);
  const archivedMessages = known?.messages ?? 0;
  if (status.messages === 0 || !status.selectable) return { ...base, archivedMessages, newMessages: 0, newBytes: 0 };
  if (!known || archivedMessages === 0) {
    return { ...base, archivedMessages, newMessages: status.messages, newBytes: sizeBytes };
  }
  // Nothing came since (RFC 9051 §2.3.1.1): UIDNEXT moves with every message added.
  const still = known.uidValidity === status.uidValidity && known.uidNext >= status.uidNext && status.uidNext > 0;
  return { ...base, archivedMessages, newMessages: still ? 0 : null, newBytes: still ? 0 : null };
}

const needsLook = (m: SurveyedMailbox): boolean =>
  m.selectable && (m.sizeBytes === null || (m.archivedMessages !== null && m.newMessages === null));

/** null: this mailbox cannot be looked into, and stays as STATUS tells it. */
async function look(
  lane: SourceLane,
  mailbox: SurveyedMailbox,
  known: ArchivedState | null,
): Promise<SurveyedMailbox | null> {
  try {
    const { uids, sizes, uidValidity } = await lane.list(mailbox, { sizes: true });
    const total = sizes!.reduce((sum, size) => sum + size, 0);
    const looked = { ...mailbox, messages: uids.length, sizeBytes: total };
    if (mailbox.archivedMessages === null) return looked;
    if (!known || mailbox.newMessages !== null) return { ...looked, newBytes: mailbox.newBytes ?? total };
    // Renumbered: which messages are new is found out by the backup itself.
    if (known.uidValidity !== uidValidity) return looked;
    const stored = new Set(known.uids());
    const fresh = { messages: 0, bytes: 0 };
    uids.forEach((uid, i) => {
      if (stored.has(uid)) return;
      fresh.messages++;
      fresh.bytes += sizes![i]!;
    });
    return { ...looked, newMessages: fresh.messages, newBytes: fresh.bytes };
  } catch (error) {
    if (isEngineError(error) && error.scope === 'mailbox') return null;
    throw error;
  }
}
