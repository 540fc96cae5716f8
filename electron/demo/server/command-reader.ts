import { LineTooLong } from './byte-queue.ts';
import type { ByteQueue } from './byte-queue.ts';

/** Longest line between literals, as servers usually have it; the whole command may be longer. */
const MAX_LINE_BYTES = 1 << 16;

/** One command as it came: text pieces (latin1) and the literals between them, in order. */
export interface RawCommand {
  parts: (string | Buffer)[];
  /** Set when a literal was refused: the tagged reply to give instead of running the command. */
  refused: string | null;
}

export interface LiteralRules {
  /** Whether to take a literal; otherwise the tagged reply, such as `NO [TOOBIG] …`. */
  judge(parts: readonly (string | Buffer)[], sizeBytes: number, waiting: boolean): string | null;
  /** Ask the client to go on. */
  proceed(): void;
}

/**
 * Read one command with all its literals (RFC 3501 §2.2.1, §4.3; RFC 7888).
 *
 * A waiting ("synchronising") literal that is refused ends the command at once, since the client will not send it.
 * One already on its way is read and dropped, and the command is read to its end.
 *
 * @returns null at the end of the input
 */
export async function readCommand(input: ByteQueue, rules: LiteralRules): Promise<RawCommand | null> {
  const parts: (string | Buffer)[] = [];
  let refused: string | null = null;
  for (;;) {
    const line = await input.line(MAX_LINE_BYTES).catch(lineTooLong);
    if (line === null) return null;
    const literal = /~?\{(\d{1,10})(\+?)\}$/.exec(line);
    if (!literal) {
      parts.push(line);
      return { parts, refused };
    }
    parts.push(line.slice(0, literal.index));
    const sizeBytes = Number(literal[1]);
    const waiting = literal[2] === '';
    refused ??= rules.judge(parts, sizeBytes, waiting);
    if (refused !== null && waiting) return { parts, refused };
    if (refused !== null) {
      if (!(await input.skip(sizeBytes))) return null;
      parts.push(Buffer.alloc(0));
      continue;
    }
    if (waiting) rules.proceed();
    const octets = await input.octets(sizeBytes);
    if (!octets) return null;
    parts.push(octets);
  }
}

function lineTooLong(error: unknown): null {
  // Where the command ends is unknown from here on: the line is closed, as real servers do.
  if (error instanceof LineTooLong) return null;
  throw error;
}
