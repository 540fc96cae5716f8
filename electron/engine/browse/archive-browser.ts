/** An archive opened for reading by a person: lists, search, single messages. The work is done in a thread of its own. */
import { Worker } from 'node:worker_threads';
import type { ArchiveFolder, MessagePage, MessageQuery, MessageRow } from '../../../shared/browse.ts';
import type { MessageRef } from '../../../shared/job-request.ts';
import { EngineError, toEngineError } from '../errors.ts';
import type { Args, BrowseAnswer, BrowseRequest, OpenRequest, Result, ViewCall } from './browse-protocol.ts';
import { workerFile } from '../fs/worker-file.ts';
import type { StoredEntry } from './stored-entry.ts';

interface Waiting {
  resolve(value: never): void;
  reject(error: EngineError): void;
}

export class ArchiveBrowser {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #watchers = new Set<(indexed: number, total: number) => void>();
  #nextId = 1;
  #ended: EngineError | null = null;
  #closing: Promise<void> | null = null;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /**
   * Takes no lock, also while a backup is writing. Shows the archive as it was when opened: open anew to see what came.
   *
   * @param indexFolder where the index goes when the archive may not be written to
   * @throws EngineError as openArchive does
   */
  static async open(folder: string, indexFolder: string): Promise<ArchiveBrowser> {
    const request: OpenRequest = { folder, indexFolder };
    const worker = new Worker(workerFile('browse-worker', import.meta.url), { workerData: request });
    const browser = new ArchiveBrowser(worker);
    await new Promise<void>((resolve, reject) => {
      browser.#waiting.set(0, { resolve, reject });
      worker.on('message', (answer: BrowseAnswer) => browser.#heard(answer));
      worker.on('error', (error) => browser.#end(toEngineError(error)));
      worker.on('exit', () => browser.#end(closed()));
    });
    return browser;
  }

  folders(): Promise<ArchiveFolder[]> {
    return this.#call('folders');
  }

  /** @throws EngineError 'mailbox-missing' */
  messages(query: MessageQuery, offset: number, limit: number): Promise<MessagePage> {
    return this.#call('messages', query, offset, limit);
  }

  /** Those that are there, in the order asked for. */
  rows(refs: MessageRef[]): Promise<MessageRow[]> {
    return this.#call('rows', refs);
  }

  /** @throws EngineError 'message-vanished' */
  stored(ref: MessageRef): Promise<StoredEntry> {
    return this.#call('stored', ref);
  }

  /** @throws EngineError 'message-vanished', 'message-unreadable' */
  async readRaw(ref: MessageRef): Promise<Buffer> {
    const octets: Uint8Array = await this.#call('readRaw', ref);
    return Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  }

  /**
   * Index what is not indexed yet; lists and searches are answered meanwhile. What is done stays when it is stopped.
   *
   * @throws EngineError 'cancelled', 'disk-full'
   */
  async buildIndex(onProgress?: (indexed: number, total: number) => void, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw stopped();
    const stop = () => void this.#send({ call: 'stopIndex' }).catch(() => undefined);
    if (onProgress) this.#watchers.add(onProgress);
    signal?.addEventListener('abort', stop);
    try {
      if (!(await this.#send<boolean>({ call: 'buildIndex' }))) throw stopped();
    } finally {
      signal?.removeEventListener('abort', stop);
      if (onProgress) this.#watchers.delete(onProgress);
    }
  }

  /** May be called again. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#ended) return;
    await this.#send({ call: 'close' }).catch(() => undefined);
    await this.#worker.terminate();
  }

  #call<C extends ViewCall>(call: C, ...args: Args<C>): Promise<Result<C>> {
    return this.#send({ call, args });
  }

  #send<T>(request: Parts<BrowseRequest>): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...request });
    });
  }

  #heard(answer: BrowseAnswer): void {
    switch (answer.type) {
      case 'opened':
        this.#take(0)?.resolve(undefined as never);
        return;
      case 'progress':
        for (const watcher of this.#watchers) watcher(answer.indexed, answer.total);
        return;
      case 'result':
        this.#take(answer.id)?.resolve(answer.value as never);
        return;
      case 'failed':
        this.#take(answer.id ?? 0)?.reject(EngineError.fromFailure(answer.failure));
        return;
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #end(error: EngineError): void {
    this.#ended ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}

type Parts<T> = T extends { id: number } ? Omit<T, 'id'> : never;

function closed(): EngineError {
  return new EngineError('cancelled', 'The archive was closed.', { scope: 'archive' });
}

function stopped(): EngineError {
  return new EngineError('cancelled', 'Indexing was stopped; it goes on next time.', {
    scope: 'archive',
    retry: 'later',
  });
}
