import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { EngineError } from '../../errors.ts';
import { classifyResponse } from '../classify-response.ts';
import type { WireSockets } from '../session-types.ts';
import type { FetchRow } from './fetch-row.ts';
import { CommandsInFlight } from './commands-in-flight.ts';
import { asError, connectionLost, protocolError, stalled } from './line-errors.ts';
import { ReadHold } from './read-hold.ts';
import { WireReader } from './reader.ts';
import { takeOctets } from './reused-buffer.ts';
import type { CommandOptions, RowHandler, WireOptions } from './command-options.ts';
import { parseStatusLine, type StatusLine } from './status-line.ts';
import { DEFAULT_DEADLINES, every, Watchdog } from './watchdog.ts';
import type { WireHandler } from './wire-handler.ts';

/**
 * A signed-in connection that streams: commands in flight are many, answers are matched by tag, rows go to the command
 * that asked for them. Everything that can go wrong ends in fail(): each command in flight is rejected with the same
 * error, an EngineError or what a receiver threw.
 */
export class WireConnection implements WireHandler {
  readonly #options: WireOptions;
  readonly #sockets: WireSockets;
  readonly #reader: WireReader;
  readonly #watchdog: Watchdog;
  readonly #inFlight = new CommandsInFlight();
  readonly #over = new AbortController();
  readonly #drains = new Set<() => void>();
  readonly #answers = new Set<() => void>();
  readonly #hold: ReadHold;
  #tag = 0;
  /** When the command was sent that no other was in flight with; null once it is answered. */
  #aloneSince: number | null = null;
  #failure: Error | null = null;
  #closing = false;
  #rows: RowHandler | null = null;
  #touched: RowHandler | null = null;
  #queuedBytes = 0;
  #takenBytes = 0;

  constructor(sockets: WireSockets, options: WireOptions) {
    this.#options = options;
    this.#sockets = sockets;
    const deadlines = { ...DEFAULT_DEADLINES, ...options.deadlines };
    this.#watchdog = new Watchdog(deadlines);
    this.#reader = new WireReader(this, options.limits);
    const excuse = (ms: number) => this.#watchdog.excuse(ms);
    const fail = (error: unknown) => this.fail(asError(error));
    this.#hold = new ReadHold(sockets.readSocket, options.clock, excuse, fail);
    this.#listen();
    void every(deadlines.tickMs, options.clock, this.#over.signal, () => this.#look());
  }

  /** Why the connection can no longer be used; null while it can. */
  get failure(): Error | null {
    return this.#failure;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Octets ever handed to write(). */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** Octets written and not yet taken by the operating system. */
  get unsentBytes(): number {
    return this.#sockets.writeSocket.writableLength;
  }

  /**
   * Send a whole command.
   * @param text one character for each octet, without tag and line end
   * @returns OK, NO or BAD; what a refusal means is the caller's to decide
   * @throws EngineError when the connection fails first
   */
  command(text: string, options: CommandOptions = {}): Promise<StatusLine> {
    return this.start(`${text}\r\n`, options);
  }

  /** Like command, but the text is only its first part: the caller writes the rest, line end included. */
  start(text: string, options: CommandOptions = {}): Promise<StatusLine> {
    const tag = `W${++this.#tag}`;
    const answer = new Promise<StatusLine>((resolve, reject) => {
      if (this.#failure) reject(this.#failure);
      else {
        if (this.#inFlight.size === 0) {
          this.#aloneSince = this.#options.clock.now();
          this.#watchdog.start(this.#aloneSince);
        }
        this.#inFlight.add({ tag, resolve, reject, ...options });
      }
    });
    // A pipelined command may fail before its caller waits for it; it is told when it does.
    answer.catch(() => undefined);
    this.write(`${tag} ${text}`);
    return answer;
  }

  /** A string is written with one octet for each character. A buffer must not change until it is taken. */
  write(data: Buffer | string): void {
    if (this.#failure) return;
    this.#queuedBytes += data.length;
    if (typeof data === 'string') this.#sockets.writeSocket.write(data, 'latin1');
    else this.#sockets.writeSocket.write(data);
  }

  get clock(): WireOptions['clock'] {
    return this.#options.clock;
  }

  cork(): void {
    this.#sockets.writeSocket.cork();
  }

  uncork(): void {
    this.#sockets.writeSocket.uncork();
  }

  /** null while little is waiting to be sent; else resolves when all of it was taken, or the connection failed. */
  drained(mostBytes: number): Promise<void> | null {
    const { writeSocket } = this.#sockets;
    if (this.#failure || writeSocket.writableLength <= mostBytes || !writeSocket.writableNeedDrain) return null;
    return new Promise((resolve) => this.#drains.add(resolve));
  }

  /** When this signal is aborted the connection ends: 'cancelled'. */
  endWith(signal: AbortSignal): void {
    const { server } = this.#options;
    const cancel = () => this.fail(new EngineError('cancelled', `The connection to ${server} was ended.`));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true, signal: this.#over.signal });
  }

  /** Called once when the connection fails, at once if it has. @returns how to take that back */
  onFailure(call: () => void): () => void {
    this.#over.signal.addEventListener('abort', call, { once: true });
    if (this.#failure) call();
    return () => this.#over.signal.removeEventListener('abort', call);
  }

  /** Resolves when at most this many commands are in flight, or the connection failed. */
  async answersBut(most: number): Promise<void> {
    while (!this.#failure && this.#inFlight.size > most) {
      await new Promise<void>((resolve) => this.#answers.add(resolve));
    }
  }

  /** End every command in flight with this error and drop the connection. Only the first call counts. */
  fail(error: Error): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#over.abort();
    const code = error instanceof EngineError ? error.code : error.name;
    this.#options.log.debug('wire-failed', { server: this.#options.server, code });
    this.#rows = null;
    this.#inFlight.reject(error);
    this.#release(this.#drains);
    this.#release(this.#answers);
    for (const stream of this.#streams()) stream.destroy();
  }

  /** Say goodbye if nothing is in flight, and be gone within a second. Never throws. */
  async close(): Promise<void> {
    if (this.#failure || this.#inFlight.size > 0) {
      this.fail(this.#lost());
      return;
    }
    this.#closing = true;
    this.write('LOGOUT LOGOUT\r\n');
    this.#sockets.writeSocket.end();
    const gone = new Promise<void>((resolve) => this.#sockets.socket.once('close', () => resolve()));
    await Promise.race([gone, this.#options.clock.sleep(1000, this.#over.signal).catch(() => undefined)]);
    this.fail(this.#lost());
  }

  bodyBegin(row: FetchRow, sizeBytes: number): void {
    this.#rows = this.#inFlight.rowsFor(row.uid);
    this.#watchdog.messageBegan(sizeBytes);
    if (this.#rows === null) return;
    this.#touch(this.#rows);
    this.#rows.bodyBegin(row, sizeBytes);
  }

  bodyChunk(view: Buffer): void {
    if (this.#rows === null) return;
    this.#touched = this.#rows;
    this.#rows.bodyChunk(view);
  }

  bodyEnd(): void {
    this.#watchdog.messageEnded();
    this.#rows?.bodyEnd();
  }

  rowEnd(row: FetchRow): void {
    const rows = this.#rows ?? this.#inFlight.rowsFor(row.uid);
    this.#rows = null;
    if (rows === null) return;
    this.#touch(rows);
    if (rows.rowEnd(row)) this.#watchdog.progress();
  }

  untagged(text: string): void {
    const line = parseStatusLine(text);
    if (line?.status === 'BYE' && !this.#closing) {
      this.fail(classifyResponse('BYE', line.code, this.#clean(line.text), 'other'));
      return;
    }
    this.#inFlight.oldest?.untagged?.(text);
  }

  tagged(tag: string, line: StatusLine): void {
    if (this.#closing) return;
    const pending = line.status === 'BYE' || line.status === 'PREAUTH' ? undefined : this.#inFlight.take(tag);
    if (!pending) throw protocolError('an answer nobody asked for');
    this.#watchdog.progress();
    if (this.#aloneSince !== null) this.#options.onRoundTrip?.(this.#options.clock.now() - this.#aloneSince);
    this.#aloneSince = null;
    const told = line.status === 'OK' ? line : { ...line, text: this.#clean(line.text) };
    pending.onReply?.(told);
    pending.resolve(told);
    this.#release(this.#answers);
  }

  #clean(text: string): string {
    return this.#options.clean?.(text) ?? text;
  }

  continuation(): void {
    this.#inFlight.goOn();
  }

  #streams(): Set<Readable | Writable> {
    const { readSocket, writeSocket, socket } = this.#sockets;
    return new Set<Readable | Writable>([readSocket, writeSocket, socket]);
  }

  #listen(): void {
    for (const stream of this.#streams()) {
      // These stay for good: a late error on a dropped socket must not end the process.
      stream.on('error', (cause) => this.fail(this.#lost(cause)));
      stream.on('close', () => this.fail(this.#lost()));
    }
    const { readSocket, writeSocket, socket } = this.#sockets;
    // Commands are small and sent while others are in flight: Nagle's algorithm would hold each for 40 ms.
    if ('setNoDelay' in socket) (socket as Socket).setNoDelay(true);
    writeSocket.on('drain', () => this.#release(this.#drains));
    readSocket.on('end', () => this.fail(this.#lost()));
    takeOctets(readSocket, (octets) => this.#feed(octets));
    if (this.#options.signal) this.endWith(this.#options.signal);
    readSocket.resume();
  }

  #feed(chunk: Buffer): void {
    if (this.#failure) return;
    this.#watchdog.received(this.#options.clock.now(), chunk.length);
    try {
      this.#reader.feed(chunk);
      if (this.#touched) this.#askPressure(this.#touched);
    } catch (error) {
      this.fail(asError(error));
    }
    this.#touched = null;
  }

  /** A block may end one call's messages and begin another's: both receivers are asked. */
  #touch(rows: RowHandler): void {
    if (this.#touched && this.#touched !== rows) this.#askPressure(this.#touched);
    this.#touched = rows;
  }

  #askPressure(rows: RowHandler): void {
    const relief = this.#failure ? null : rows.pressure();
    if (relief !== null) this.#hold.until(relief);
  }

  #release(waiting: Set<() => void>): void {
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  #look(): void {
    const { clock, server } = this.#options;
    const taken = this.#queuedBytes - this.unsentBytes;
    if (taken !== this.#takenBytes) this.#watchdog.taken(clock.now());
    this.#takenBytes = taken;
    if (this.#inFlight.size === 0 || this.#hold.isHeld) return;
    const overdue = this.#watchdog.overdue(clock.now(), !this.#reader.atBoundary);
    if (overdue !== null) this.fail(stalled(server, overdue));
  }

  #lost(cause?: unknown): Error {
    return connectionLost(this.#options.server, cause);
  }
}
