/** The engine's process as the main process sees it: started, given pages, asked for content, started again. */
import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron';
import { contentResponse } from './content-response.ts';
import type { EngineStart, FromEngine, HostCalls, ToEngine } from './messages.ts';

/** More ends than this in a minute, and starting again would only end once more. */
const MAX_ENDS_A_MINUTE = 3;
/** Longer than any durable write of a job takes. */
const CLOSE_TIMEOUT_MS = 20_000;

export interface EngineEvents {
  calls: HostCalls;
  /** Everything the engine tells without an answer. */
  told(message: Exclude<FromEngine, { type: 'call' | 'ready' | 'closed' | 'failed' }>): void;
  /** It ended by itself. `again`: it is being started once more. */
  ended(again: boolean, reason: string | null): void;
}

export class EngineLink {
  readonly #entry: string;
  readonly #start: () => EngineStart;
  readonly #events: EngineEvents;
  #child: UtilityProcess | null = null;
  #ends: number[] = [];
  #reason: string | null = null;
  #closed: (() => void) | null = null;

  /** @param start made anew for each start: the document may have changed since */
  constructor(entry: string, start: () => EngineStart, events: EngineEvents) {
    this.#entry = entry;
    this.#start = start;
    this.#events = events;
  }

  start(): void {
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'Mailferry engine' });
    this.#child = child;
    child.on('message', (message: FromEngine) => void this.#hear(message, child));
    child.once('exit', () => this.#onExit(child));
    this.#say(this.#start());
  }

  /** A page gets a port of its own; the one that it had before falls silent with the page that had it. */
  connect(page: WebContents): void {
    if (!this.#child) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#child.postMessage({ type: 'page' } satisfies ToEngine, [port1]);
    page.postMessage('shell', { mailferry: 'engine-port' }, [port2]);
  }

  content(path: string): Promise<Response> {
    if (!this.#child) return Promise.resolve(new Response(null, { status: 503 }));
    const { port1, port2 } = new MessageChannelMain();
    this.#child.postMessage({ type: 'content', path } satisfies ToEngine, [port1]);
    return contentResponse(port2);
  }

  /** Jobs come to a durable stop; an engine that does not answer in time is ended all the same. */
  async close(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const closed = new Promise<void>((done) => (this.#closed = done));
    this.#say({ type: 'close' });
    const timer = setTimeout(() => this.#closed?.(), CLOSE_TIMEOUT_MS);
    await closed;
    clearTimeout(timer);
    this.#child = null;
    child.kill();
  }

  #say(message: ToEngine): void {
    this.#child?.postMessage(message);
  }

  async #hear(message: FromEngine, from: UtilityProcess): Promise<void> {
    if (message.type === 'closed') this.#closed?.();
    else if (message.type === 'failed') this.#reason = message.message;
    else if (message.type === 'ready') this.#reason = null;
    else if (message.type !== 'call') this.#events.told(message);
    else from.postMessage(await this.#answer(message));
  }

  async #answer({ id, method, args }: Extract<FromEngine, { type: 'call' }>): Promise<ToEngine> {
    try {
      const call = this.#events.calls[method] as (...args: unknown[]) => Promise<unknown>;
      return { type: 'result', id, result: await call(...args) };
    } catch (error) {
      return { type: 'error', id, message: error instanceof Error ? error.message : String(error) };
    }
  }

  #onExit(child: UtilityProcess): void {
    if (this.#closed) this.#closed();
    if (this.#child !== child || this.#closed) return;
    this.#child = null;
    const now = Date.now();
    this.#ends = [...this.#ends.filter((at) => now - at < 60_000), now];
    const again = this.#ends.length < MAX_ENDS_A_MINUTE;
    if (again) this.start();
    this.#events.ended(again, this.#reason);
  }
}
