/** `mailferry serve` as a user starts it: a process of its own from the bundle. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { WebSocket } from 'ws';
import type { AppClient } from '../../electron/app/router.ts';
import { ensureBuilt } from './build.ts';
import { ROOT } from './cli.ts';

const START_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 20_000;

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A page's line to the app, without a page. */
export interface Line {
  calls: AppClient;
  /** What a page keeps so that it can be loaded again. */
  session: string;
  socket: WebSocket;
  close(): void;
}

export interface ServedApp {
  /** As it was printed; lets one page in. */
  url: string;
  /** `http://127.0.0.1:PORT` */
  origin: string;
  port: number;
  pid: number;
  /** Uses the link up, unless a session is given. */
  connect(session?: string): Promise<Line>;
  /** Everything it printed so far. */
  output(): string;
  /** Ctrl-C. */
  stop(): Promise<Ended>;
  /** As a power cut or a killed process. */
  kill(): Promise<Ended>;
}

export interface ServeOptions {
  dataFolder: string;
  args?: string[];
  env?: Record<string, string>;
}

/** @throws Error with everything that was printed, when it does not say where it is in time */
export async function startServe({ dataFolder, args = [], env = {} }: ServeOptions): Promise<ServedApp> {
  ensureBuilt();
  const child = spawn(process.execPath, [path.join(ROOT, 'out/cli.js'), 'serve', ...args], {
    env: { ...process.env, NO_COLOR: '1', MAILFERRY_DATA: dataFolder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const url = await linkIn(() => printed, child, ended);
  const { origin, port } = new URL(url);
  const end = (signal: NodeJS.Signals): Promise<Ended> => {
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    return ended.finally(() => clearTimeout(timer));
  };
  return {
    url,
    origin,
    port: Number(port),
    pid: child.pid!,
    connect: (session) => connect(origin, session === undefined ? { token: tokenOf(url) } : { session }),
    output: () => printed,
    stop: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
  };
}

export const tokenOf = (url: string): string => new URLSearchParams(new URL(url).hash.slice(1)).get('token') ?? '';

async function linkIn(printed: () => string, child: ChildProcess, ended: Promise<Ended>): Promise<string> {
  let over = false;
  void ended.then(() => (over = true));
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!over && Date.now() < deadline) {
    const url = /http:\/\/\S+(?=\n)/.exec(printed())?.[0];
    if (url) return url;
    await new Promise((wake) => setTimeout(wake, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`mailferry serve did not start:\n${printed()}`);
}

async function connect(origin: string, greeting: { token: string } | { session: string }): Promise<Line> {
  const socket = new WebSocket(`${origin.replace('http:', 'ws:')}/calls`, { origin });
  await new Promise((opened, failed) => socket.once('open', opened).once('error', failed));
  const answered = new Promise<string>((answer, refused) => {
    socket.once('message', (data: Buffer) => answer(data.toString()));
    socket.once('close', (code) => refused(new Error(`The line was refused: ${code}`)));
  });
  socket.send(JSON.stringify(greeting));
  const { session } = JSON.parse(await answered) as { session: string };
  const link = new RPCLink({ websocket: socket });
  return { calls: createORPCClient(link), session, socket, close: () => socket.close() };
}
