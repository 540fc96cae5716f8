import type { MailboxStatus } from '../../../shared/mailbox.ts';
import { readEnvelope, type Envelope } from '../message/header.ts';
import type { ImapSourceLane } from './imap-source-lane.ts';
import { rowTaker } from './imap-source-listing.ts';
import { compactSet } from './wire/number-set.ts';

const RANGE = 100;

/**
 * What a list of messages shows of these, read from their headers. Must be called in turn.
 *
 * Best effort, for people to recognise a message: one that the server cannot give is left out.
 */
export async function readEnvelopes(
  lane: ImapSourceLane,
  mailbox: MailboxStatus,
  uids: readonly number[],
): Promise<Map<number, Envelope>> {
  await lane.examine(mailbox.path, false).opened;
  const found = new Map<number, Envelope>();
  const wanted = new Set(uids);
  const rows = rowTaker((row) => {
    if (row.header && wanted.has(row.uid)) found.set(row.uid, readEnvelope(row.header));
  });
  const sorted = [...wanted].sort((a, b) => a - b);
  for (let at = 0; at < sorted.length;) {
    const { set, next } = compactSet(sorted, at, RANGE);
    await lane.wire.command(`UID FETCH ${set} (UID BODY.PEEK[HEADER])`, { rows });
    at = next;
  }
  return found;
}
