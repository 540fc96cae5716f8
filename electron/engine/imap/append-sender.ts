import { attributesOf, type AppendBatch, type BatchedMessage, type LiteralForm } from './append-batch.ts';
import type { WireConnection } from './wire/connection.ts';
import type { StatusLine } from './wire/status-line.ts';

/** LITERAL- allows literals that do not wait up to this size (RFC 7888 §5). */
const LITERAL_MINUS_BYTES = 4096;
/** A larger literal waits for the server even under LITERAL+: a refusal then costs nothing. */
const PATIENT_BYTES = 16 * 1024 * 1024;

/**
 * Below this round trip a waiting APPEND is sent after the answer to the one before. A server with Nagle's algorithm
 * (Courier) holds its small `+ OK` back until our kernel has acknowledged the answer before it, which it puts off for up
 * to 40 ms: measured as 48 ms a message instead of 8.
 */
const NAGLE_MS = 40;

/** Boxed, so that an async function can hand it on without waiting for it. */
export interface Sent {
  answer: Promise<StatusLine>;
}

/** Writes APPEND commands in the form that the server offers. Calls must not overlap. */
export class AppendSender {
  readonly #wire: WireConnection;
  readonly #capabilities: ReadonlySet<string>;
  /** Several messages in one command, none of which waits (RFC 3502). */
  readonly canSendMany: boolean;
  /** The answer before this one, and the shortest time a literal waited for the server so far. */
  #previous: Promise<unknown> = Promise.resolve();
  #roundTripMs = 0;

  constructor(wire: WireConnection, capabilities: ReadonlySet<string>) {
    this.#wire = wire;
    this.#capabilities = capabilities;
    this.canSendMany = capabilities.has('MULTIAPPEND') && capabilities.has('LITERAL+');
  }

  readonly literal: LiteralForm = (sizeBytes) => `{${sizeBytes}${this.#waits(sizeBytes) ? '' : '+'}}`;

  /** One MULTIAPPEND; the whole batch is stored or nothing of it. */
  many(wireName: string, batch: AppendBatch): Sent {
    this.#wire.cork();
    const answer = this.#wire.start(`APPEND ${wireName}`);
    if (batch.messages.every(isAsGathered)) this.#wire.write(batch.buffer.subarray(0, batch.usedBytes));
    else {
      for (const message of batch.messages) {
        this.#wire.write(` ${this.#attributes(message)}${this.literal(message.sizeBytes)}\r\n`);
        this.#wire.write(batch.bodyOf(message));
      }
    }
    this.#wire.write('\r\n');
    this.#wire.uncork();
    return { answer };
  }

  /** @throws EngineError when the connection fails while the literal waits for the server */
  async one(wireName: string, batch: AppendBatch, message: BatchedMessage): Promise<Sent> {
    const binary = message.hasNul && this.#capabilities.has('BINARY') ? '~' : '';
    const command = `APPEND ${wireName} ${this.#attributes(message)}${binary}${this.literal(message.sizeBytes)}\r\n`;
    return this.#finish(await this.open(command, message.sizeBytes), batch.bodyOf(message));
  }

  /**
   * Send the command up to its literal.
   * @returns `mayWrite` false: the server has refused, there is nothing to write
   */
  async open(command: string, sizeBytes: number): Promise<Sent & { mayWrite: boolean }> {
    if (!this.#waits(sizeBytes)) return { answer: this.#wire.start(command), mayWrite: true };
    if (this.#roundTripMs < NAGLE_MS) await this.#previous;
    const now = () => this.#wire.clock.now();
    const sentMs = now();
    let answer: Promise<StatusLine>;
    const mayWrite = await new Promise<boolean>((resolve, reject) => {
      answer = this.#wire.start(command, { onContinuation: () => resolve(true) });
      this.#previous = answer.catch(() => undefined);
      answer.then(() => resolve(false), reject);
    });
    const waitedMs = now() - sentMs;
    this.#roundTripMs = this.#roundTripMs === 0 ? waitedMs : Math.min(this.#roundTripMs, waitedMs);
    return { answer: answer!, mayWrite };
  }

  #finish({ answer, mayWrite }: Sent & { mayWrite: boolean }, body: Buffer): Sent {
    if (mayWrite) {
      this.#wire.cork();
      this.#wire.write(body);
      this.#wire.write('\r\n');
      this.#wire.uncork();
    }
    return { answer };
  }

  #attributes(message: BatchedMessage): string {
    return attributesOf(message.plan?.kept ?? message.flags, message.date);
  }

  #waits(sizeBytes: number): boolean {
    if (this.#capabilities.has('LITERAL+')) return sizeBytes > PATIENT_BYTES;
    const minus = this.#capabilities.has('LITERAL-') || this.#capabilities.has('IMAP4REV2');
    return !(minus && sizeBytes <= LITERAL_MINUS_BYTES);
  }
}

/** The text in the buffer was written before it was known which flags the target keeps. */
function isAsGathered(message: BatchedMessage): boolean {
  return message.plan === null || message.plan.kept.length === message.flags.length;
}
