import type { FailureCode } from '../../../shared/failure.ts';
import { EngineError } from '../errors.ts';
import type { Outgoing } from './append-batch.ts';
import { flagsLost } from './append-flags.ts';
import { parseAppendUid } from './append-uid.ts';
import { classifyResponse } from './classify-response.ts';
import type { ImapSinkMailbox } from './imap-sink-mailbox.ts';
import type { StatusLine } from './wire/status-line.ts';

/** What became of one message. null: unknown, the connection was lost before the answer. */
export type Fate = { targetUid: number | null } | { refusal: EngineError };

/** The answer to one command as the fate of each message in it; a refusal is that of all of them. */
export function fatesFrom(line: StatusLine, count: number, mailbox: ImapSinkMailbox): Fate[] {
  if (line.status === 'NO' || line.status === 'BAD') {
    const refusal = classifyResponse(line.status, line.code, line.text, 'append');
    return new Array<Fate>(count).fill({ refusal });
  }
  const place = parseAppendUid(line, count);
  const isHere =
    place !== null && (mailbox.status.uidValidity === 0 || place.uidValidity === mailbox.status.uidValidity);
  if (!isHere) return new Array<Fate>(count).fill({ targetUid: null });
  mailbox.uidNext = Math.max(mailbox.uidNext, (place.uids.at(-1) as number) + 1);
  return place.uids.map((targetUid) => ({ targetUid }));
}

export function tooLarge(sizeBytes: number, limitBytes: number): EngineError {
  const message = `The message has ${sizeBytes} bytes; the server takes at most ${limitBytes}. It was not sent.`;
  return new EngineError('message-too-large', message, { scope: 'message', details: { sizeBytes, limitBytes } });
}

/** What the target did not keep of a message that it stored. */
export function remarkOn(message: Outgoing): { code: FailureCode; reason: string } | undefined {
  const lost = message.plan?.lost ?? [];
  const reasons: string[] = [];
  if (lost.length > 0) reasons.push(flagsLost(lost));
  if (message.date === null)
    reasons.push('The date of arrival is not known to the source or not accepted by the server.');
  if (reasons.length === 0) return undefined;
  return { code: lost.length > 0 ? 'flags-not-kept' : 'date-not-kept', reason: reasons.join(' ') };
}
