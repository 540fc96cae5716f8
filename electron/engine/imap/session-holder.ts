import { EngineError, isEngineError } from '../errors.ts';
import type { MailboxNames } from './names.ts';
import type { Session } from './session-types.ts';

/**
 * The one session of an account that is kept signed in for what imapflow does: scanning, creating. A lane takes it over
 * when it is idle, which saves a sign-in; the next use opens another.
 */
export class SessionHolder {
  readonly #open: (signal?: AbortSignal) => Promise<Session>;
  #idle: Session | null = null;
  #names: MailboxNames | null = null;
  #latest: Session | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(open: (signal?: AbortSignal) => Promise<Session>) {
    this.#open = open;
  }

  /** Facts of the session opened last: namespace, quirks, capabilities. null before the first one. */
  get latest(): Session | null {
    return this.#latest;
  }

  /**
   * Names of the account as learned by every session: a name that does not follow the rules is known by listing only.
   */
  get names(): MailboxNames | null {
    return this.#names;
  }

  use<T>(work: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#inTurn(async () => {
      const session = this.#idle ?? (await this.#openOne(signal));
      this.#idle = session;
      try {
        return await work(session);
      } catch (error) {
        // After a failure of the line the session is of no more use; a refusal leaves it as it was.
        if (!isEngineError(error) || error.scope === 'account') {
          this.#idle = null;
          await session.logout();
        }
        throw error;
      }
    });
  }

  /** A session to unbind, with the names to be used on it. */
  async take(signal?: AbortSignal): Promise<{ session: Session; names: MailboxNames }> {
    const idle = await this.#inTurn(async () => {
      const session = this.#idle;
      this.#idle = null;
      return session;
    });
    // Several sign in at the same time: a distant server is waited for once.
    const session = idle ?? (await this.#openOne(signal));
    return { session, names: this.#names ?? session.names };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#turn;
    const session = this.#idle;
    this.#idle = null;
    await session?.logout();
  }

  async #openOne(signal?: AbortSignal): Promise<Session> {
    if (this.#isClosed) throw new EngineError('internal', 'This account was closed.');
    const session = await this.#open(signal);
    this.#latest = session;
    this.#names ??= session.names;
    return session;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work);
    this.#turn = run.catch(() => undefined);
    return run;
  }
}
