/** Sizes of mailboxes on servers that have no STATUS=SIZE (RFC 8438): the sum of RFC822.SIZE. */
import type { Source } from '../source.ts';
import type { MailboxStatus } from '../../../shared/mailbox.ts';

export async function measureSizes(
  source: Source,
  mailboxes: MailboxStatus[],
  signal?: AbortSignal,
): Promise<MailboxStatus[]> {
  const lane = await source.openLane(signal);
  try {
    const measured: MailboxStatus[] = [];
    for (const mailbox of mailboxes) {
      if (!mailbox.selectable || mailbox.sizeBytes !== null) {
        measured.push(mailbox);
      } else if (mailbox.messages === 0) {
        measured.push({ ...mailbox, sizeBytes: 0 });
      } else {
        const { sizes } = await lane.list(mailbox, { sizes: true });
        measured.push({ ...mailbox, sizeBytes: sizes!.reduce((sum, size) => sum + size, 0) });
      }
    }
    return measured;
  } finally {
    await lane.close();
  }
}
