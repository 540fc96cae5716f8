/** The only file that knows how calls travel: a MessagePort in the desktop window, a WebSocket in a browser. */
import { createORPCClient, ORPCError, type ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../shared/contract.ts';
import type { Failure } from '../shared/failure.ts';

/** refused: the browser's address has no valid token, and trying again will not help. */
export type LineState = 'connecting' | 'open' | 'lost' | 'refused';

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
const commandListeners = new Set<(command: string) => void>();

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

/** Commands of the desktop's native menu, by their names in shortcuts.ts. */
export function onMenuCommand(listener: (command: string) => void): () => void {
  commandListeners.add(listener);
  return () => commandListeners.delete(listener);
}

function lostFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', scope: 'account', retry: 'now', message };
}

/** @returns the failure inside whatever a call threw */
export function failureOf(error: unknown): Failure {
  if (error instanceof CallFailure) return error.failure;
  if (error instanceof ORPCError && error.code === 'FAILURE') return (error as ORPCError<'FAILURE', Failure>).data;
  return lostFailure(error);
}

const steadyLink: Link = {
  async call(path, input, options) {
    try {
      return await (await link.promise).call(path, input, options);
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

function usePort(port: MessagePort): void {
  const opened: Link = new PortLink({ port });
  // Chromium tells when the other process is gone.
  port.addEventListener('close', lineLost);
  port.start();
  lineOpened(opened);
}

interface HostMessage {
  type?: unknown;
  command?: unknown;
}

function listenToDesktop(): void {
  window.addEventListener('message', (event: MessageEvent<HostMessage | null>) => {
    if (event.source !== window || typeof event.data !== 'object' || event.data === null) return;
    const { type, command } = event.data;
    const port = event.ports[0];
    if (type === 'engine-port' && port) usePort(port);
    if (type === 'engine-gone') lineLost();
    if (type === 'menu' && typeof command === 'string') for (const listener of commandListeners) listener(command);
  });
}

/** A link's token works once; the session it is exchanged for is this tab's until the app closes. */
type Greeting = { token: string } | { session: string };

/** From the address (once; it must not stay in the history) or from this tab's memory. */
function takeGreeting(): Greeting | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    sessionStorage.removeItem(SESSION_KEY);
    history.replaceState(null, '', location.pathname);
    return { token };
  }
  const session = sessionStorage.getItem(SESSION_KEY);
  return session ? { session } : null;
}

function openSocket(greeting: Greeting, attempt: number): void {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/calls`);
  let next = greeting;
  let connected = false;
  socket.binaryType = 'blob';
  socket.addEventListener('open', () => socket.send(JSON.stringify(greeting)));
  const onAnswer = (event: MessageEvent<unknown>) => {
    const { session } = JSON.parse(String(event.data)) as { session: string };
    sessionStorage.setItem(SESSION_KEY, session);
    next = { session };
    connected = true;
    lineOpened(new SocketLink({ websocket: socket }));
  };
  socket.addEventListener('message', onAnswer, { once: true });
  socket.addEventListener('close', (event) => {
    if (event.code === REFUSED) return setLine('refused');
    lineLost();
    const tries = connected ? 0 : attempt + 1;
    setTimeout(() => openSocket(next, tries), RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
  });
}

/** Called once, before anything is called. */
export function openLine(): void {
  if (inDesktop) return listenToDesktop();
  const greeting = takeGreeting();
  if (!greeting) return setLine('refused');
  openSocket(greeting, 0);
}
