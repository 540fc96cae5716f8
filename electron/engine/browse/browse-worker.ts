/** The thread that reads one archive: it answers questions also while it indexes, between two messages. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { toEngineError } from '../errors.ts';
import { ArchiveView } from './archive-view.ts';
import type { BrowseAnswer, BrowseRequest, OpenRequest, ViewCall } from './browse-protocol.ts';

/** Longer than this nobody waits for their turn. */
const TURN_MS = 8;
const PROGRESS_MS = 200;
/** Since the last question: the next one would have to wait for what is prepared. */
const IDLE_MS = 600;

async function serve(port: MessagePort, { folder, indexFolder }: OpenRequest): Promise<void> {
  const tell = (answer: BrowseAnswer): void => {
    port.postMessage(answer);
  };
  try {
    const view = await ArchiveView.open(folder, indexFolder);
    const desk = new Desk(view, tell, () => {
      port.close();
    });
    port.on('message', (request: BrowseRequest) => void desk.answer(request));
    tell({ type: 'opened' });
    await desk.prepare();
  } catch (error) {
    tell({ type: 'failed', id: null, failure: toEngineError(error).toFailure() });
    port.close();
  }
}

class Desk {
  readonly #view: ArchiveView;
  readonly #tell: (answer: BrowseAnswer) => void;
  readonly #leave: () => void;
  #askedAt = performance.now();
  #stop = false;
  #building: Promise<boolean> | null = null;

  constructor(view: ArchiveView, tell: (answer: BrowseAnswer) => void, leave: () => void) {
    this.#view = view;
    this.#tell = tell;
    this.#leave = leave;
  }

  /** What later questions will need, while nobody asks. */
  async prepare(): Promise<void> {
    do {
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    } while (performance.now() - this.#askedAt < IDLE_MS || this.#view.prepareNext());
  }

  async answer(request: BrowseRequest): Promise<void> {
    this.#askedAt = performance.now();
    try {
      this.#tell({ type: 'result', id: request.id, value: await this.#act(request) });
      if (request.call === 'close') this.#leave();
    } catch (error) {
      this.#tell({ type: 'failed', id: request.id, failure: toEngineError(error).toFailure() });
    }
  }

  async #act(request: BrowseRequest): Promise<unknown> {
    switch (request.call) {
      case 'buildIndex':
        return this.#build();
      case 'stopIndex':
        this.#stop = true;
        return null;
      case 'close':
        this.#stop = true;
        await this.#building?.catch(() => undefined);
        this.#view.close();
        return null;
      default: {
        const view = this.#view as unknown as Record<ViewCall, (...args: unknown[]) => unknown>;
        return view[request.call](...request.args);
      }
    }
  }

  async #build(): Promise<boolean> {
    while (this.#building) await this.#building.catch(() => undefined);
    this.#stop = false;
    this.#building = this.#view.buildIndex(this.#hooks()).finally(() => {
      this.#building = null;
    });
    const done = await this.#building;
    void this.prepare();
    return done;
  }

  #hooks() {
    let turn = performance.now();
    let toldAt = 0;
    const nothing = () => undefined;
    return {
      headsAdded: nothing,
      bodyAdded: nothing,
      progress: (indexed: number, total: number) => {
        if (performance.now() - toldAt < PROGRESS_MS && indexed < total) return;
        toldAt = performance.now();
        this.#tell({ type: 'progress', indexed, total });
      },
      breathe: async () => {
        if (performance.now() - turn >= TURN_MS) {
          await new Promise((resolve) => setImmediate(resolve));
          turn = performance.now();
        }
        return !this.#stop;
      },
    };
  }
}

// At the end: everything above is there, whatever order a bundler evaluates it in.
if (parentPort) void serve(parentPort, workerData as OpenRequest);
