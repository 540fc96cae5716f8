import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { afterEach } from 'vitest';
import type { Account, Credential, Endpoint } from '../../../shared/account.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import { openSession } from '../../../electron/engine/imap/session.ts';
import type { Session, SessionOptions } from '../../../electron/engine/imap/session-types.ts';
import { EngineError } from '../../../electron/engine/errors.ts';
import { systemClock } from '../../../electron/node/clock.ts';

/** One command as the scripted server got it. Literals are joined into `args` as they came. */
export interface Command {
  tag: string;
  name: string;
  args: string;
}

export interface Script {
  /** Sent at once; null: silence. CRLF is added. */
  greeting?: string | null;
  capabilities?: string;
  /** Answers by command name, tried first. `$` stands for the tag; null: no answer. */
  answers?: Record<
    string,
    string | null | ((command: Command, line: Conversation) => string | null | Promise<string | null>)
  >;
  /** Makes STARTTLS work. */
  tls?: { key: Buffer | string; cert: Buffer | string };
  /** Takes the raw connection over: nothing of the above happens. */
  raw?: (socket: Socket) => void;
}

/** For exchanges of several lines inside one command, such as SASL. */
export interface Conversation {
  send(text: string): void;
  /** The next line from the client, without CRLF. */
  next(): Promise<string>;
  socket: Socket;
}

export interface ScriptedServer {
  port: number;
  /** Every line received, STARTTLS or not. */
  received: string[];
  endpoint(security?: Endpoint['security']): Endpoint;
  open(options?: Partial<SessionOptions>, credential?: Credential, account?: Partial<Account>): Promise<Session>;
  /** The failure of open(), which must fail. */
  failure(options?: Partial<SessionOptions>, credential?: Credential, account?: Partial<Account>): Promise<EngineError>;
  close(): Promise<void>;
}

export const PASSWORD = 'pw-9f3a-Geheim';

const running: ScriptedServer[] = [];
// This module is evaluated anew for each test file.
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

/** A server that is closed after the test. */
export async function serve(script: Script): Promise<ScriptedServer> {
  const server = await start(script);
  running.push(server);
  return server;
}

async function start(script: Script): Promise<ScriptedServer> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (script.raw) script.raw(socket);
    else void converse(socket, script, received);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const endpoint = (security: Endpoint['security'] = 'none'): Endpoint => ({ host: '127.0.0.1', port, security });
  const open: ScriptedServer['open'] = (options, credential = { password: PASSWORD }, account) =>
    openSession({ user: 'alice', endpoint: endpoint(), ...account }, credential, { clock: systemClock, ...options });
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    port,
    received,
    endpoint,
    open,
    close,
    failure: async (...args) => {
      const session = await open(...args).catch((error: unknown) => error);
      if (session instanceof EngineError) return session;
      throw new Error('openSession() was expected to fail with an EngineError', { cause: session });
    },
  };
}

/** Which code a promise fails with; a success or another kind of error fails the test. */
export async function codeOf(promise: Promise<unknown>): Promise<FailureCode> {
  const outcome = await promise.catch((error: unknown) => error);
  if (outcome instanceof EngineError) return outcome.code;
  throw new Error('expected an EngineError', { cause: outcome });
}

async function converse(first: Socket, script: Script, received: string[]): Promise<void> {
  let socket = first;
  let pending = '';
  let wake: () => void = () => undefined;
  const listen = (on: Socket) => {
    on.on('error', () => undefined);
    on.on('data', (chunk: Buffer) => {
      pending += chunk.toString('latin1');
      wake();
    });
  };
  const next = async () => {
    while (!pending.includes('\r\n')) await new Promise<void>((resolve) => (wake = resolve));
    const line = pending.slice(0, pending.indexOf('\r\n'));
    pending = pending.slice(line.length + 2);
    received.push(line);
    return line;
  };
  const send = (text: string) => void socket.write(Buffer.from(`${text}\r\n`, 'latin1'));
  listen(socket);
  if (script.greeting !== null) send(script.greeting ?? '* OK ready');
  for (;;) {
    const command = await readCommand(next, send);
    const line: Conversation = { send, next, socket };
    const answer = await answerTo(command, script, line);
    if (answer !== null) send(answer.replaceAll('$', command.tag));
    if (command.name === 'STARTTLS' && script.tls && answer?.startsWith('$ OK')) {
      socket.removeAllListeners('data');
      pending = '';
      socket = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(script.tls) });
      listen(socket);
    }
    if (command.name === 'LOGOUT') socket.end();
  }
}

async function readCommand(next: () => Promise<string>, send: (text: string) => void): Promise<Command> {
  let text = await next();
  while (/\{\d+\}$/.test(text)) {
    send('+ go on');
    text = `${text}\r\n${await next()}`;
  }
  const [, tag = '', name = '', args = ''] = /^(\S+) (\S+)(?: ([\s\S]*))?$/.exec(text) ?? [];
  return { tag, name: name.toUpperCase(), args };
}

const USUAL: Record<string, string> = {
  NAMESPACE: '* NAMESPACE (("" "/")) NIL NIL\r\n$ OK done',
  ID: '* ID ("name" "Scripted")\r\n$ OK done',
  LOGOUT: '* BYE see you\r\n$ OK done',
  ENABLE: '* ENABLED CONDSTORE\r\n$ OK done',
  STARTTLS: '$ OK begin',
};

async function answerTo(command: Command, script: Script, line: Conversation): Promise<string | null> {
  const scriptedAnswer = script.answers?.[command.name];
  if (scriptedAnswer !== undefined) {
    return typeof scriptedAnswer === 'function' ? scriptedAnswer(command, line) : scriptedAnswer;
  }
  if (command.name === 'CAPABILITY') return `* CAPABILITY IMAP4rev1 ${script.capabilities ?? ''}\r\n$ OK done`;
  if (command.name === 'AUTHENTICATE' && command.args.startsWith('PLAIN')) {
    line.send('+ ');
    await line.next();
  }
  return USUAL[command.name] ?? '$ OK done';
}
