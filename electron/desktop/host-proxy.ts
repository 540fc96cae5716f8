/** The host as the app in the engine's process sees it: each call travels to the main process and back. */
import type { Activity, EndOfJob, Host, Keychain } from '../app/host.ts';
import type { EngineStart, FromEngine, HostCalls, ToEngine } from './messages.ts';

type Settled = Extract<ToEngine, { type: 'result' | 'error' }>;

export class HostProxy {
  readonly #say: (message: FromEngine) => void;
  readonly #open = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;

  constructor(say: (message: FromEngine) => void) {
    this.#say = say;
  }

  /** An answer of the main process. */
  settle(answer: Settled): void {
    const call = this.#open.get(answer.id);
    this.#open.delete(answer.id);
    if (answer.type === 'result') call?.resolve(answer.result);
    else call?.reject(new Error(answer.message));
  }

  host({ keychain, linkBase }: Pick<EngineStart, 'keychain' | 'linkBase'>): Host {
    return {
      shell: 'desktop',
      keychain: keychain ? this.#keychain() : null,
      linkBase,
      hasDialogs: true,
      chooseFolder: (purpose, start) => this.#call('chooseFolder', purpose, start),
      chooseSave: (fileName) => this.#call('chooseSave', fileName),
      openPath: (file) => this.#call('openPath', file),
      showFolder: (folder) => this.#call('showFolder', folder),
      openExternal: (url) => this.#call('openExternal', url),
      activity: (activity: Activity) => this.#say({ type: 'activity', activity }),
      jobEnded: (end: EndOfJob) => this.#say({ type: 'ended', end }),
    };
  }

  #keychain(): Keychain {
    return {
      seal: async (text) => Buffer.from(await this.#call('seal', text)),
      open: (sealed) => this.#call('open', sealed),
    };
  }

  #call<K extends keyof HostCalls>(method: K, ...args: Parameters<HostCalls[K]>): ReturnType<HostCalls[K]> {
    const id = ++this.#lastId;
    const call = withResolvers<unknown>();
    this.#open.set(id, call);
    this.#say({ type: 'call', id, method, args });
    return call.promise as ReturnType<HostCalls[K]>;
  }
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: PromiseWithResolvers<T>['resolve'];
  let reject!: PromiseWithResolvers<T>['reject'];
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
