/** The only file that knows how calls travel: a MessagePort in the desktop window, a WebSocket in a browser. */
import { createORPCClient, ORPCError, type ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../shared/contract.ts';
import type { Failure } from '../shared/failure.ts';
import type { ShellNews } from '../shared/shell.ts';

/** refused: the browser's address has no valid token. failed: the engine will not start. Trying again helps neither. */
export type LineState = 'connecting' | 'open' | 'lost' | 'refused' | 'failed';

/** What the desktop's shell says, but for the line itself. */
export type ShellEvent = Extract<ShellNews, { mailferry: 'command' | 'open-archive' | 'open-job' | 'link-refused' }>;

type Link = ClientLink<Record<never, never>>;

/** A call that failed, with the failure as the engine described it. */
export class CallFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'CallFailure';
    this.failure = failure;
  }
}

const SESSION_KEY = 'mailferry.session';
/** Close code of electron/web/call-socket.ts: neither token nor session is known there. */
const REFUSED = 4401;
const RETRY_MS = [250, 500, 1000, 2000, 4000];

/** In the desktop window the page comes from app://. */
const inDesktop = location.protocol === 'app:';

let line: LineState = 'connecting';
let link = Promise.withResolvers<Link>();
const lineListeners = new Set<(state: LineState) => void>();
const shellListeners = new Set<(event: ShellEvent) => void>();
/** Said while nobody listened yet: the archive that the app was started with, say. */
const unheard: ShellEvent[] = [];

function setLine(next: LineState): void {
  line = next;
  for (const listener of lineListeners) listener(next);
}

function lineOpened(opened: Link): void {
  link.resolve(opened);
  link = Promise.withResolvers<Link>();
  link.resolve(opened);
  setLine('open');
}

function lineLost(): void {
  if (line === 'lost') return;
  link = Promise.withResolvers<Link>();
  setLine('lost');
}

/** Told at once and at every change. @returns a function that ends it */
export function onLine(listener: (state: LineState) => void): () => void {
  lineListeners.add(listener);
  listener(line);
  return () => lineListeners.delete(listener);
}

/** Menu entries and the like of the desktop's shell. @returns a function that ends it */
export function onShellEvent(listener: (event: ShellEvent) => void): () => void {
  shellListeners.add(listener);
  for (const event of unheard.splice(0)) listener(event);
  return () => shellListeners.delete(listener);
}

/** How oRPC rejects what was under way when the line ended; its words are none for a user. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('[AsyncIdQueue]');
}

function lostFailure(error: unknown): Failure {
  const place = { scope: 'account', retry: 'now' } as const;
  if (isCutOff(error)) return { ...place, code: 'cut-off', message: 'Mailferry stopped before it had answered.' };
  return { ...place, code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** @returns the failure inside whatever a call threw */
export function failureOf(error: unknown): Failure {
  if (error instanceof CallFailure) return error.failure;
  if (error instanceof ORPCError && error.code === 'FAILURE') return (error as ORPCError<'FAILURE', Failure>).data;
  return lostFailure(error);
}

/** Calls that change nothing: one that was cut off is made once more, with the next line. */
const ONLY_READ: ReadonlySet<string> = new Set([
  'accounts.discover',
  'accounts.largest',
  'jobs.plan',
  'jobs.report',
  'archives.folders',
  'archives.messages',
  'archives.message',
  'archives.source',
  'archives.searchAll',
  'host.listFolders',
]);

const steadyLink: Link = {
  async call(path, input, options) {
    const attempt = async () => (await link.promise).call(path, input, options);
    try {
      // Once only: a message that the engine dies of must not make it die for ever.
      return await attempt().catch((error: unknown) => {
        if (options.signal?.aborted || !isCutOff(error) || !ONLY_READ.has(path.join('.'))) throw error;
        return attempt();
      });
    } catch (error) {
      throw options.signal?.aborted ? error : new CallFailure(failureOf(error));
    }
  },
};

/** Every call of the contract. Calls made while the line is lost wait for the next one. */
export const calls: ContractRouterClient<Contract> = createORPCClient(steadyLink);

/**
 * Follow a call that streams snapshots until it ends or the signal is aborted.
 *
 * @throws CallFailure when the stream breaks; an abort is a quiet end
 */
export async function watch<T>(
  start: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  onValue: (value: T) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const value of await start(signal)) {
      if (signal.aborted) return;
      onValue(value);
    }
  } catch (error) {
    if (signal.aborted) return;
    throw new CallFailure(failureOf(error));
  }
}

let currentPort: MessagePort | null = null;

function takePort(port: MessagePort): void {
  currentPort = port;
  // Chromium tells when the other process is gone; an older port's end means nothing. Before oRPC hears of it: what
  // it rejects then is not tried again on a line that is dead.
  port.addEventListener('close', () => {
    if (port === currentPort) lineLost();
  });
  const opened: Link = new PortLink({ port });
  port.start();
  lineOpened(opened);
}

function takeNews(news: ShellNews, port: MessagePort | undefined): void {
  switch (news.mailferry) {
    case 'engine-port':
      if (port) takePort(port);
      return;
    case 'engine':
      return news.state === 'failed' ? setLine('failed') : lineLost();
    default:
      if (shellListeners.size === 0) unheard.push(news);
      for (const listener of shellListeners) listener(news);
  }
}

function listenToDesktop(): void {
  window.addEventListener('message', (event: MessageEvent<ShellNews | null>) => {
    // Only the preload speaks from this window's own origin.
    if (event.source !== window || event.origin !== location.origin) return;
    if (typeof event.data === 'object' && event.data && 'mailferry' in event.data) {
      takeNews(event.data, event.ports[0]);
    }
  });
}

/** The address' token is good for one use and must not stay in the history; this tab's session is for the next ones. */
function takeGreeting(): { token: string } | { session: string } | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    history.replaceState(null, '', location.pathname);
    return { token };
  }
  return keptGreeting();
}

function keptGreeting(): { session: string } | null {
  const session = sessionStorage.getItem(SESSION_KEY);
  return session === null ? null : { session };
}

interface Answer {
  ok?: unknown;
  session?: unknown;
}

/** @returns the line, once the other side has let us in; the server closes the socket where it does not */
function greet(socket: WebSocket, greeting: object): Promise<Link> {
  return new Promise((resolve) => {
    socket.addEventListener('open', () => socket.send(JSON.stringify(greeting)));
    const onAnswer = (event: MessageEvent<unknown>) => {
      const { ok, session } = JSON.parse(String(event.data)) as Answer;
      if (typeof session === 'string') sessionStorage.setItem(SESSION_KEY, session);
      if (ok === true) resolve(new SocketLink({ websocket: socket }));
    };
    socket.addEventListener('message', onAnswer, { once: true });
  });
}

function openSocket(greeting: object, attempt: number): void {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/calls`);
  let next = attempt + 1;
  void greet(socket, greeting).then((opened) => {
    next = 0;
    lineOpened(opened);
  });
  socket.addEventListener('close', (event) => {
    if (event.code === REFUSED) return setLine('refused');
    lineLost();
    const again = keptGreeting() ?? greeting;
    setTimeout(() => openSocket(again, next), RETRY_MS[Math.min(next, RETRY_MS.length - 1)]);
  });
}

/** Called once, before anything is called. */
export function openLine(): void {
  if (inDesktop) return listenToDesktop();
  const greeting = takeGreeting();
  if (!greeting) return setLine('refused');
  openSocket(greeting, 0);
}
