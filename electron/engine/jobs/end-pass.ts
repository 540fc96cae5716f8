import type { PassState, SinkMailbox } from '../sink.ts';

/** Remember that a mailbox was gone through to its end; of its older generations nothing is at the source any more. */
export async function endPass(mailbox: SinkMailbox, state: PassState): Promise<void> {
  await recordOlderMissing(mailbox, state.uidValidity);
  await mailbox.completePass(state);
}

/**
 * Once for each generation, when all of it is stored: a message that is in it as well is read from it from then on.
 * Targets have no such marks.
 */
export async function recordOlderMissing(mailbox: SinkMailbox, uidValidity: number): Promise<void> {
  if (mailbox.placing || mailbox.lastPass()?.uidValidity === uidValidity) return;
  const older = new Set(mailbox.otherGenerations(uidValidity).map((detail) => detail.uidValidity));
  for (const generation of older) {
    const { uids, missing } = mailbox.known(generation);
    const left = uids.filter((_, i) => missing[i] === 0);
    if (left.length > 0) await mailbox.recordMissing(generation, left);
  }
}
