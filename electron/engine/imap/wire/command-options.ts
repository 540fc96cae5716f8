import type { Clock, Log } from '../../ports.ts';
import type { FetchRow } from './fetch-row.ts';
import type { StatusLine } from './status-line.ts';
import type { Deadlines } from './watchdog.ts';
import type { ReaderLimits } from './wire-handler.ts';

export interface WireOptions {
  /** For sentences, such as `imap.example.org`. */
  server: string;
  clock: Clock;
  log: Log;
  /** Makes the text of a refusal fit to be shown: without the secret, should the server echo it. */
  clean?: (text: string) => string;
  limits?: Partial<ReaderLimits>;
  deadlines?: Partial<Deadlines>;
  /** Aborting it closes the connection: 'cancelled'. */
  signal?: AbortSignal;
  /** Told how long a command took that was sent while no other was in flight. */
  onRoundTrip?: (ms: number) => void;
}

/** Takes the FETCH rows of a command. See WireHandler; nothing may be kept beyond a call. */
export interface RowHandler {
  /** Absent: not known. False: the row of this UID is for another command. */
  claims?(uid: number): boolean;
  bodyBegin(row: FetchRow, sizeBytes: number): void;
  bodyChunk(view: Buffer): void;
  bodyEnd(): void;
  /** @returns true when the row was one that was waited for */
  rowEnd(row: FetchRow): boolean;
  /** Asked after each block of octets in which this handler was given something. */
  pressure(): Promise<void> | null;
  /** The connection is gone; nothing more will come. */
  broken(): void;
}

export interface CommandOptions {
  rows?: RowHandler;
  /** Untagged responses while this is the oldest command in flight. */
  untagged?: (text: string) => void;
  /** The server is ready for the literal announced. */
  onContinuation?: () => void;
  /** Called at the very place in the stream where the answer stands, before anything after it is read. */
  onReply?: (reply: StatusLine) => void;
}
