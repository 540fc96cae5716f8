import type { FetchRow } from './fetch-row.ts';
import type { StatusLine } from './status-line.ts';

/** What the reader tells, in the order of the octets. No call may keep the row or a view beyond its return. */
export interface WireHandler {
  /** A body literal follows. The row holds the attributes that came before it. */
  bodyBegin(row: FetchRow, sizeBytes: number): void;
  bodyChunk(view: Buffer): void;
  bodyEnd(): void;
  /** The FETCH response is complete: with a body that was streamed, with a quoted or NIL body, or without any. */
  rowEnd(row: FetchRow): void;
  /** Any other `* …` response, literals written as quoted strings, one character for each octet. */
  untagged(text: string): void;
  tagged(tag: string, line: StatusLine): void;
  /** A `+ …` line. */
  continuation(): void;
}

/** Most that one response may claim; beyond it the server is not believed ('protocol-error'). */
export interface ReaderLimits {
  /** Octets of one line. `* SEARCH` and `* ESEARCH` may be longer: they are handed on in parts. */
  lineBytes: number;
  /** Octets of one body literal. */
  bodyBytes: number;
  /** Octets of all literals in one response that are neither a body nor a header. */
  heldBytes: number;
  /** Literals in one response. */
  literals: number;
}

export const DEFAULT_LIMITS: ReaderLimits = {
  lineBytes: 64 * 1024,
  bodyBytes: 2 ** 31 - 1,
  heldBytes: 256 * 1024,
  literals: 256,
};
