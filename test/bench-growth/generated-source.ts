/** A source that makes its messages as they are asked for: any number of them, and next to no work. */
import { NO_FLAGS, parseFlags } from '../../electron/engine/flags.ts';
import type { ListWish, MailboxListing, MessageReceiver, Source, SourceLane } from '../../electron/engine/source.ts';
import type { MailboxStatus } from '../../shared/mailbox.ts';
import { below, seeded } from '../bench/random.ts';

const MAILBOXES = 10;
const BODY_BYTES = 1200;
const UID_VALIDITY = 1;
const FLAGS = [NO_FLAGS, parseFlags('\\Seen'), parseFlags('\\Seen \\Answered')];

const TEXT = ((): Buffer => {
  const random = seeded(20_261_124);
  const letters = 'etaoin shrdlu cmfwyp vbgkjq xz ';
  const text = Array.from({ length: 64 * 1024 }, (_, i) =>
    i % 72 === 71 ? '\r\n' : letters[below(random, letters.length)],
  );
  return Buffer.from(text.join(''), 'latin1');
})();

/** The same octets for the same mailbox and UID in each run. */
function messageOf(mailbox: string, uid: number): Buffer {
  const head =
    `From: Person ${uid % 977} <p${uid % 977}@example.org>\r\nTo: mira@example.org\r\n` +
    `Subject: Note ${uid} in ${mailbox}\r\nDate: Tue, 24 Nov 2026 03:40:45 +0100\r\n` +
    `Message-ID: <${uid}.${mailbox}@example.org>\r\nContent-Type: text/plain\r\n\r\n`;
  const from = (uid * 631) % (TEXT.length - BODY_BYTES);
  return Buffer.concat([Buffer.from(head, 'latin1'), TEXT.subarray(from, from + BODY_BYTES)]);
}

export class GeneratedSource implements Source {
  readonly kind = 'memory';
  readonly id = 'generated';
  readonly maxLanes = 1;
  readonly #perMailbox: number;

  /** @param messages in all, a multiple of ten */
  constructor(messages: number) {
    this.#perMailbox = messages / MAILBOXES;
  }

  async scan(): Promise<MailboxStatus[]> {
    return Array.from({ length: MAILBOXES }, (_, i) => ({
      ...{ path: i === 0 ? 'INBOX' : `Folder ${i}`, delimiter: '/', specialUse: null },
      ...{ selectable: true, subscribed: true, unseen: null, highestModSeq: null, sizeBytes: null },
      ...{ messages: this.#perMailbox, uidValidity: UID_VALIDITY, uidNext: this.#perMailbox + 1 },
    }));
  }

  async openLane(): Promise<SourceLane> {
    return new GeneratedLane();
  }

  async close(): Promise<void> {}
}

class GeneratedLane implements SourceLane {
  #turn: Promise<unknown> = Promise.resolve();

  async list({ messages, uidNext }: MailboxStatus, wish: ListWish): Promise<MailboxListing> {
    const uids = Uint32Array.from({ length: messages }, (_, i) => i + 1);
    return {
      ...{ uidValidity: UID_VALIDITY, uidNext, highestModSeq: null, uids, inScope: null },
      flags: wish.flags ? Array.from(uids, flagsOf) : null,
      ...{ sizes: null, internalDates: null, headerDigests: null, messageIds: null },
    };
  }

  fetch({ path }: MailboxStatus, _: number, uids: Uint32Array, receiver: MessageReceiver): Promise<void> {
    const run = this.#turn.then(async () => {
      for (const uid of uids) {
        const raw = messageOf(path, uid);
        const internalDate = '2026-11-24T03:40:45+01:00';
        receiver.begin({ uid, flags: flagsOf(uid), internalDate, sizeBytes: raw.length });
        receiver.chunk(raw);
        receiver.end();
        const pressure = receiver.pressure();
        if (pressure) await pressure;
      }
    });
    this.#turn = run.catch(() => undefined);
    return run;
  }

  async close(): Promise<void> {}
}

const flagsOf = (uid: number) => FLAGS[uid % FLAGS.length]!;
