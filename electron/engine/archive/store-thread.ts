/** A second thread for work on received octets that would hold up receiving. One for the whole process. */
import { Worker } from 'node:worker_threads';
import { EngineError, toEngineError } from '../errors.ts';
import { hasDurableHook } from '../fs/durable.ts';
import { workerFile } from '../fs/worker-file.ts';
import {
  answerOf,
  bufferOn,
  type Done,
  type StoreAnswer,
  type StoreRequest,
  type StoreTask,
} from './store-protocol.ts';
import type { MessageFacts, NewFile, Place, WrittenFile } from './store-tasks.ts';

/** Fewer octets are done with sooner than they change hands and come back. */
const WORTH_BYTES = 64 * 1024;

interface Waiting {
  resolve(done: Done): void;
  reject(error: EngineError): void;
}

/** @param octets has its ArrayBuffer for itself and is not to be used any more: the answer brings it back */
export async function factsAside(octets: Buffer, places: Place[]): Promise<{ octets: Buffer; facts: MessageFacts[] }> {
  // What else the caller knows of them stays here: each object would be copied.
  const task = { name: 'facts', places: places.map(({ start, sizeBytes }) => ({ start, sizeBytes })) } as const;
  const { buffer, result } = await run<MessageFacts[]>(octets, task, sumOf(places));
  return { octets: buffer, facts: result };
}

/** @param octets as with `factsAside` */
export async function writeFilesAside(
  octets: Buffer,
  files: NewFile[],
): Promise<{ octets: Buffer; written: WrittenFile[] }> {
  // A test that watches each durable step has to see these too.
  const bytes = hasDurableHook() ? 0 : sumOf(files);
  const { buffer, result } = await run<WrittenFile[]>(octets, { name: 'files', files }, bytes);
  return { octets: buffer, written: result };
}

const sumOf = (places: readonly Place[]): number => places.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

async function run<T>(octets: Buffer, task: StoreTask, bytes: number): Promise<{ buffer: Buffer; result: T }> {
  const { octets: back, text, reason } = bytes < WORTH_BYTES ? answerOf(octets, task) : await ask(octets, task);
  if (text === null) throw new EngineError('internal', `The second thread failed: ${reason}`, { scope: 'archive' });
  return { buffer: bufferOn(back), result: JSON.parse(text) as T };
}

let thread: StoreThread | null = null;

function ask(octets: Buffer, task: StoreTask): Promise<Done> {
  thread ??= new StoreThread(() => {
    thread = null;
  });
  return thread.ask(octets.buffer as ArrayBuffer, task);
}

class StoreThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  /** @param ended called when it cannot be asked any more */
  constructor(ended: () => void) {
    // Files that it opens are synced and closed by the first thread.
    this.#worker = new Worker(workerFile('store-worker', import.meta.url), { trackUnmanagedFds: false });
    this.#worker.unref();
    this.#worker.on('message', (answer: StoreAnswer) => {
      this.#take(answer.id)?.resolve(answer);
    });
    const end = (error: EngineError): void => {
      ended();
      for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(error);
    };
    this.#worker.on('error', (error) => {
      end(toEngineError(error));
    });
    this.#worker.on('exit', () => {
      end(new EngineError('internal', 'The second thread of the archive ended.', { scope: 'archive', retry: 'later' }));
    });
  }

  ask(octets: ArrayBuffer, task: StoreTask): Promise<Done> {
    return new Promise((resolve, reject) => {
      const request: StoreRequest = { id: this.#nextId++, octets, task };
      // The process lives for as long as an answer is to come, and no longer for the thread's sake.
      if (this.#waiting.size === 0) this.#worker.ref();
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker.postMessage(request, [octets]);
    });
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    return waiting;
  }
}
