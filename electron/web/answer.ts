/** Sends answers. Every one carries the strict headers; what the caller gives replaces them name by name. */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Duplex } from 'node:stream';
import type { Refusal } from './gate.ts';
import { STRICT_HEADERS, type Headers } from './headers.ts';

export interface Answer {
  status: number;
  headers: Headers;
  body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** Rejects when the browser goes away in the middle or the body cannot be read to its end. */
export async function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const length = answer.body instanceof Uint8Array && { 'content-length': String(answer.body.length) };
  response.writeHead(answer.status, { ...STRICT_HEADERS, ...length, ...answer.headers });
  if (request.method === 'HEAD') {
    response.end();
  } else if (answer.body instanceof Uint8Array) {
    response.end(answer.body);
  } else {
    await pipeline(Readable.from(answer.body, { objectMode: false }), response);
  }
}

export function refusalAnswer({ status, text, allow }: Refusal): Answer & { body: Buffer } {
  const body = Buffer.from(`${text}\n`);
  return {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...(allow && { allow }),
    },
    body,
  };
}

/** An upgrade has no ServerResponse: Node hands over the bare socket. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const { status, headers, body } = refusalAnswer(refusal);
  const all = { ...STRICT_HEADERS, ...headers, 'content-length': String(body.length), connection: 'close' };
  const lines = Object.entries(all);
  const head = lines.map(([name, value]) => `${name}: ${String(value)}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${body.toString()}`);
}
