import { EngineError } from '../errors.ts';
import { StreamDigest } from '../message/digest.ts';
import { readEnvelope, type Envelope } from '../message/header.ts';
import type { MessageHead } from '../source.ts';
import { fromLine, Quoter } from './mbox.ts';
import type { MboxFile } from './mbox-file.ts';
import type { MessageRecord } from './records.ts';

const LF = 0x0a;
const NEWLINE = Buffer.from('\n');

/**
 * One message too large for a batch, on its way into an mbox file that nobody else writes to meanwhile.
 * While another has the file, chunks wait in memory; the writer's `pressure` keeps them few.
 */
export class LargeAppend {
  readonly #target: MboxFile;
  readonly #head: MessageHead;
  readonly #finished: (append: LargeAppend) => void;
  readonly #digest = new StreamDigest();
  readonly #quoter = new Quoter();
  #waiting: Buffer[] = [];
  #owns = false;
  #state: 'open' | 'ended' | 'aborted' = 'open';
  #start = 0;
  #received = 0;
  #last = -1;

  /**
   * @param guard runs what comes with the turn: nobody is there who could catch its errors
   * @param finished called once when every octet is handed to the file, after `end`
   */
  constructor(
    target: MboxFile,
    head: MessageHead,
    guard: (act: () => void) => void,
    finished: (append: LargeAppend) => void,
  ) {
    this.#target = target;
    this.#head = head;
    this.#finished = finished;
    target.acquire(() => {
      guard(() => {
        this.#begin();
      });
    });
  }

  get isWaiting(): boolean {
    return !this.#owns && this.#state !== 'aborted';
  }

  chunk(octets: Buffer): void {
    this.#received += octets.length;
    if (this.#owns) this.#write(octets);
    else this.#waiting.push(Buffer.from(octets));
  }

  end(): void {
    this.#state = 'ended';
    if (this.#owns) this.#finish();
  }

  /** Octets written are cut off again: this message owned the file, so nothing follows them. */
  abort(): void {
    this.#state = 'aborted';
    this.#waiting = [];
    if (!this.#owns) return;
    this.#owns = false;
    try {
      this.#target.file.truncate(this.#start);
    } finally {
      this.#target.release();
    }
  }

  #begin(): void {
    if (this.#state === 'aborted') {
      this.#target.release();
      return;
    }
    this.#owns = true;
    this.#start = this.#target.file.end;
    this.#target.file.write(fromLine(this.#head.internalDate));
    for (const octets of this.#waiting) this.#write(octets);
    this.#waiting = [];
    if (this.#state === 'ended') this.#finish();
  }

  #write(octets: Buffer): void {
    if (octets.length === 0) return;
    this.#digest.update(octets);
    this.#last = octets[octets.length - 1]!;
    this.#quoter.push(octets, this.#emit);
  }

  readonly #emit = (octets: Buffer): void => {
    this.#target.file.write(octets);
  };

  #finish(): void {
    this.#quoter.end(this.#emit);
    if (this.#addsNewline) this.#emit(NEWLINE);
    this.#emit(NEWLINE);
    this.#target.file.drain();
    this.#finished(this);
    this.#owns = false;
    this.#target.release();
    this.#target.file.shrink();
  }

  get #addsNewline(): boolean {
    return this.#received > 0 && this.#last !== LF;
  }

  /** Call from `finished` only. */
  record(mailbox: number, uidValidity: number): { record: MessageRecord; envelope: Envelope } {
    const { uid, flags, internalDate } = this.#head;
    const head = this.#digest.head();
    const place = { offset: this.#start, length: this.#target.file.end - this.#start };
    const notes = this.#addsNewline ? { notes: ['final-newline-added' as const] } : {};
    const digests = this.#digest.end();
    return {
      record: {
        type: 'message',
        mailbox,
        uidValidity,
        uid,
        flags,
        internalDate,
        sizeBytes: this.#received,
        ...digests,
        place,
        ...notes,
      },
      envelope: readEnvelope(head),
    };
  }
}

export function wrongSize(head: MessageHead, received: number): EngineError {
  return new EngineError(
    'protocol-error',
    `The server announced ${head.sizeBytes} octets for message ${head.uid} and sent ${received}. Run again; if it stays so, the server is at fault.`,
    { scope: 'message', retry: 'later' },
  );
}
