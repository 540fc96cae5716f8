/** The loopback web server: the page, its calls and the mail it shows. Knows nothing of what a call does. */
import fs from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ContentReply } from '../app/host.ts';
import { EngineError } from '../engine/errors.ts';
import type { Log } from '../engine/ports.ts';
import type { Admission } from './admission.ts';
import { refusalAnswer, refuseUpgrade, sendAnswer, type Answer } from './answer.ts';
import { CLOSE, serveCallSocket } from './call-socket.ts';
import { isRefusal, judge, judgeUpgrade } from './gate.ts';
import { contentHeaders } from './headers.ts';
import { findStaticFile } from './static-files.ts';

/** Where pages of mail, pictures and downloads are. */
export const CONTENT_BASE = '/content/';

/** A request to copy 100,000 single messages has about 8 MB. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** Sockets that have not said who they are. */
const MAX_STRANGERS = 8;
const MAX_CONNECTIONS = 256;
const PING_MS = 30_000;
/** For a page to answer that it heard. */
const CLOSING_MS = 500;

export interface WebServerOptions {
  app: { readonly router: AnyRouter; content(path: string): Promise<ContentReply> };
  admission: Admission;
  rendererFolder: string;
  /** 0: any that is free. */
  port: number;
  log: Log;
}

export interface WebServer {
  readonly port: number;
  /** Tells the pages that Mailferry was closed, and ends every connection. */
  close(): Promise<void>;
}

/** @throws EngineError 'usage' when the port cannot be had */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const server = createServer((request, response) => {
    void answer(request, response, options, portOf(server));
  });
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, options.port);
  const sockets = acceptCalls(server, options);
  return {
    port: portOf(server),
    close: () =>
      new Promise((closed) => {
        sockets.stop();
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: WebServerOptions,
  port: number,
): Promise<void> {
  request.resume();
  try {
    await sendAnswer(request, response, await decide(request, options, port));
  } catch (error) {
    options.log.warn('answer-failed', { code: (error as NodeJS.ErrnoException).code ?? 'unknown' });
    if (response.headersSent) response.destroy();
    else await sendAnswer(request, response, refusalAnswer(FAILED));
  }
}

const FAILED = { status: 500, text: 'Something went wrong here. Load the page again.' } as const;

async function decide(request: IncomingMessage, options: WebServerOptions, port: number): Promise<Answer> {
  const verdict = judge(request, port);
  if (isRefusal(verdict)) return refusalAnswer(verdict);
  const { path, authority } = verdict;
  if (path === '/calls') return refusalAnswer({ status: 426, text: 'Only a WebSocket can be opened here.' });
  if (path.startsWith(CONTENT_BASE)) {
    const reply = await options.app.content(path.slice(CONTENT_BASE.length));
    return { ...reply, headers: contentHeaders(reply.headers) };
  }
  const found = findStaticFile(options.rendererFolder, path, authority);
  if (!found) return refusalAnswer({ status: 404, text: 'There is nothing here.' });
  const headers = { ...found.headers, 'content-length': String(found.sizeBytes) };
  return { status: 200, headers, body: readFile(found.file) };
}

/** Opened only when the body is asked for: a HEAD leaves no file open. */
async function* readFile(file: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of fs.createReadStream(file)) yield chunk as Uint8Array;
}

function acceptCalls(server: Server, { app, admission, log }: WebServerOptions): { stop(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const handler = new RPCHandler<Record<never, never>>(app.router);
  const strangers = new Set<Duplex>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const verdict = judge(request, portOf(server));
    const refusal = isRefusal(verdict) ? verdict : judgeUpgrade(request, verdict);
    if (refusal) return refuseUpgrade(socket, refusal);
    if (strangers.size >= MAX_STRANGERS) return refuseUpgrade(socket, { status: 503, text: 'Try again in a moment.' });
    const known = () => strangers.delete(socket);
    strangers.add(socket);
    socket.once('close', known);
    sockets.handleUpgrade(request, socket, head, (page) => {
      serveCallSocket(page, { admission, handler, log }, known);
    });
  });
  const stopPings = pingAll(sockets);
  return {
    stop() {
      stopPings();
      for (const page of sockets.clients) {
        page.close(CLOSE.closing, 'Mailferry was closed');
        setTimeout(() => page.terminate(), CLOSING_MS).unref();
      }
    },
  };
}

/** A page that is gone without a word, such as one whose browser was killed, does not answer and is let go. */
function pingAll(sockets: WebSocketServer): () => void {
  const silent = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const page of sockets.clients) {
      if (silent.has(page)) {
        page.terminate();
        continue;
      }
      silent.add(page);
      page.once('pong', () => silent.delete(page));
      page.ping();
    }
  }, PING_MS);
  return () => clearInterval(timer);
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(portError(port, cause)));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });
}

function portError(port: number, cause: NodeJS.ErrnoException): EngineError {
  const why = cause.code === 'EADDRINUSE' ? 'is used by another program' : 'cannot be opened here';
  return new EngineError('usage', `Port ${port} ${why}. Choose another, or leave --port out.`, { cause });
}
