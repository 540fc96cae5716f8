import type { ImapResponse } from 'imapflow';
import type { Endpoint } from '../../../shared/account.ts';
import { EngineError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { classifyResponse } from './classify-response.ts';
import type { RawLine, Tapped } from './client.ts';
import { connectError, timeoutError } from './connect-errors.ts';
import { underDeadline } from './watchdog.ts';

/** What a command needs to run on a session. */
export interface Line extends Tapped {
  endpoint: Endpoint;
  clock: Clock;
  commandMs: number;
}

export interface CommandWish {
  signal?: AbortSignal | undefined;
  /** Raw LIST, LSUB, XLIST and STATUS lines that come meanwhile. */
  listing?: (line: RawLine) => void;
  untagged?: Record<string, (line: ImapResponse) => Promise<void>>;
}

/**
 * Send one command through imapflow and wait for its end. A missed deadline or an abort closes the connection:
 * there is no other way to take a command back.
 *
 * @throws EngineError what classifyResponse() makes of a NO or BAD; 'server-stalled', 'connection-lost', 'server-bye'
 *   (account, now)
 */
export async function execute(
  line: Line,
  command: string,
  attributes: unknown[],
  wish: CommandWish = {},
): Promise<void> {
  const { client, tap, endpoint, clock, commandMs } = line;
  const work = async () => {
    tap.listing = wish.listing ?? null;
    try {
      const { next } = await client.exec(command, attributes, wish.untagged ? { untagged: wish.untagged } : {});
      next();
    } catch (error) {
      throw commandError(line, error);
    } finally {
      tap.listing = null;
    }
  };
  await underDeadline(
    clock,
    commandMs,
    wish.signal,
    () => timeoutError(endpoint, 'command'),
    () => client.close(),
    work,
  );
}

/** A refusal, a BYE, or a broken line: in this order, as the later ones follow from the earlier. */
function commandError({ tap, endpoint }: Pick<Line, 'tap' | 'endpoint'>, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const answer = responseOf(error);
  if (answer) return classifyResponse(answer.status, answer.code, tap.clean(answer.text), 'other');
  if (tap.bye) return classifyResponse('BYE', tap.bye.code, tap.bye.text, 'other');
  return connectError(tap.failure ?? error, endpoint, 'command');
}

interface Answer {
  status: 'NO' | 'BAD';
  code: string | null;
  text: string;
}

/** The tagged NO or BAD inside an error of imapflow, or null when it is something else. */
export function responseOf(error: unknown): Answer | null {
  const { responseStatus, responseText, response } = error as {
    responseStatus?: unknown;
    responseText?: unknown;
    response?: ImapResponse;
  };
  if (responseStatus !== 'NO' && responseStatus !== 'BAD') return null;
  const first = response?.attributes?.[0];
  const section = first && !Array.isArray(first) ? first.section?.[0] : undefined;
  const code = section && !Array.isArray(section) && typeof section.value === 'string' ? section.value : null;
  return { status: responseStatus, code, text: typeof responseText === 'string' ? responseText : '' };
}

/** A mailbox name for exec(): its octets, whatever they are. imapflow writes strings as UTF-8, so other octets go as a literal. */
export function nameAttribute(octets: string): { type: string; value: string | Buffer } {
  const bytes = Buffer.from(octets, 'latin1');
  const text = bytes.toString('utf8');
  const same = Buffer.from(text, 'utf8').equals(bytes) && !/[\r\n\0]/.test(text);
  return same ? { type: 'STRING', value: text } : { type: 'LITERAL', value: bytes };
}
