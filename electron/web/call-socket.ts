/** One WebSocket of a page: first it says who it is, then it speaks oRPC. */
import type { RPCHandler } from '@orpc/server/ws';
import type { RawData, WebSocket } from 'ws';
import type { Log } from '../engine/ports.ts';
import type { Admission } from './admission.ts';

const GREETING_TIMEOUT_MS = 10_000;
const GREETING_MAX_LENGTH = 500;

/** Close codes of ours; the page tells them apart (renderer/bridge.ts). */
export const CLOSE = {
  /** The link was used before or is of another run. */
  wrongToken: 4401,
  greetingTimeout: 4408,
  tooManyWrong: 4429,
  closing: 1001,
  notText: 1003,
  notJson: 1007,
} as const;

export interface CallSocketOptions {
  admission: Admission;
  handler: RPCHandler<Record<never, never>>;
  log: Log;
}

/** @param settled called once: admitted, refused or gone */
export function serveCallSocket(socket: WebSocket, options: CallSocketOptions, settled: () => unknown): void {
  const { admission, handler, log } = options;
  const timer = setTimeout(() => socket.close(CLOSE.greetingTimeout), GREETING_TIMEOUT_MS);
  const settle = () => {
    clearTimeout(timer);
    settled();
  };
  // The message may quote what was sent; the code does not.
  socket.on('error', (error) => log.warn('socket-error', { code: (error as NodeJS.ErrnoException).code ?? 'unknown' }));
  socket.once('close', settle);
  socket.once('message', (data, isBinary) => {
    socket.off('close', settle);
    settle();
    const answer = admission.admit(isBinary ? null : parseGreeting(data));
    if ('refused' in answer) {
      log.warn('socket-refused', { reason: answer.refused });
      socket.close(answer.refused === 'wrong' ? CLOSE.wrongToken : CLOSE.tooManyWrong);
      return;
    }
    socket.send(JSON.stringify({ ok: true, session: answer.session }));
    void handler.upgrade(guarded(socket), { context: {} });
  });
}

function parseGreeting(data: RawData): unknown {
  const text = textOf(data);
  if (text.length > GREETING_MAX_LENGTH) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * oRPC prints to the console what it cannot parse, with a piece of the text, and that may be a password: such a
 * message ends the connection before oRPC sees it.
 */
function guarded(socket: WebSocket): Parameters<RPCHandler<Record<never, never>>['upgrade']>[0] {
  type Listen = WebSocket['addEventListener'];
  const addEventListener = ((type: 'message' | 'close', listener: (event: unknown) => void) => {
    if (type === 'close') {
      socket.once('close', () => listener({ type }));
      return;
    }
    socket.on('message', (data, isBinary) => {
      const text = textOf(data);
      if (isBinary) socket.close(CLOSE.notText);
      else if (!isJsonObject(text)) socket.close(CLOSE.notJson);
      else listener({ type, data: text });
    });
  }) as Listen;
  return { addEventListener, send: socket.send.bind(socket) };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** `ws` hands over a Buffer unless told otherwise. */
const textOf = (data: RawData): string => (data as Buffer).toString('utf8');
