import type { MessageHead, MessageReceiver } from '../../../../electron/engine/source.ts';
import type { MailboxStatus } from '../../../../shared/mailbox.ts';

/** A receiver that keeps everything it is told, and checks the order of the calls. */
export class Collector implements MessageReceiver {
  readonly messages: (MessageHead & { raw: string })[] = [];
  readonly missing: { uid: number; outcome: string; code: string; reason: string }[] = [];
  aborted = 0;
  wait: Promise<void> | null = null;
  #head: MessageHead | null = null;
  #parts: Buffer[] = [];

  begin(head: MessageHead): void {
    if (this.#head) throw new Error('begin inside a message');
    this.#head = head;
    this.#parts = [];
  }

  chunk(octets: Buffer): void {
    if (!this.#head) throw new Error('chunk outside a message');
    this.#parts.push(Buffer.from(octets));
  }

  end(): void {
    if (!this.#head) throw new Error('end outside a message');
    const raw = Buffer.concat(this.#parts);
    if (raw.length !== this.#head.sizeBytes) throw new Error('the size announced was wrong');
    this.messages.push({ ...this.#head, raw: raw.toString('latin1') });
    this.#head = null;
  }

  abort(): void {
    if (!this.#head) throw new Error('abort outside a message');
    this.aborted++;
    this.#head = null;
  }

  missed(uid: number, outcome: 'vanished' | 'failed', code: string, reason: string): void {
    this.missing.push({ uid, outcome, code, reason });
  }

  pressure(): Promise<void> | null {
    return this.wait;
  }

  get uids(): number[] {
    return this.messages.map(({ uid }) => uid);
  }
}

export function mailbox(path = 'INBOX', more: Partial<MailboxStatus> = {}): MailboxStatus {
  return {
    path,
    delimiter: '/',
    specialUse: null,
    selectable: true,
    subscribed: true,
    messages: 3,
    unseen: null,
    uidValidity: 7,
    uidNext: 10,
    highestModSeq: null,
    sizeBytes: null,
    ...more,
  };
}
