/** Fetch messages only to know what they are: nothing is kept but digests. */
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import type { FlagSet } from '../flags.ts';
import { StreamDigest } from '../message/digest.ts';
import { Likeness } from '../message/likeness.ts';
import type { MessageHead, MessageReceiver, SourceLane } from '../source.ts';

export interface DigestedMessage {
  uid: number;
  flags: FlagSet;
  internalDate: string | null;
  sizeBytes: number;
  fingerprint: string;
  headerDigest: string;
  likeness: string;
}

export class DigestReceiver implements MessageReceiver {
  readonly digested = new Map<number, DigestedMessage>();
  /** Listed, and not handed out: UID → why. What has vanished is in neither. */
  readonly unreadable = new Map<number, string>();
  #head: MessageHead | null = null;
  #digest = new StreamDigest();
  #likeness = new Likeness();

  begin(head: MessageHead): void {
    this.#head = head;
    this.#digest = new StreamDigest();
    this.#likeness = new Likeness();
  }

  chunk(octets: Buffer): void {
    this.#digest.update(octets);
    this.#likeness.update(octets);
  }

  end(): void {
    if (!this.#head) return;
    const { uid, flags, internalDate, sizeBytes } = this.#head;
    this.digested.set(uid, {
      uid,
      flags,
      internalDate,
      sizeBytes,
      ...this.#digest.end(),
      likeness: this.#likeness.end(),
    });
    this.#head = null;
  }

  abort(): void {
    this.#head = null;
  }

  missed(uid: number, outcome: 'vanished' | 'failed', _code: FailureCode, reason: string): void {
    if (outcome === 'failed') this.unreadable.set(uid, reason);
  }

  pressure(): null {
    return null;
  }
}

export async function digestMessages(
  lane: SourceLane,
  mailbox: MailboxStatus,
  uidValidity: number,
  uids: Uint32Array,
): Promise<Map<number, DigestedMessage>> {
  return (await digestAll(lane, mailbox, uidValidity, uids)).digested;
}

export async function digestAll(
  lane: SourceLane,
  mailbox: MailboxStatus,
  uidValidity: number,
  uids: Uint32Array,
): Promise<DigestReceiver> {
  const receiver = new DigestReceiver();
  if (uids.length > 0) await lane.fetch(mailbox, uidValidity, uids, receiver);
  return receiver;
}
