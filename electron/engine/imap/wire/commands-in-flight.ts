import type { CommandOptions, RowHandler } from './command-options.ts';
import type { StatusLine } from './status-line.ts';

export interface Pending extends CommandOptions {
  tag: string;
  resolve: (reply: StatusLine) => void;
  reject: (error: Error) => void;
}

/** Commands sent and not answered yet, the oldest first: which of them the server means. */
export class CommandsInFlight {
  readonly #queue: Pending[] = [];

  get size(): number {
    return this.#queue.length;
  }

  get oldest(): Pending | undefined {
    return this.#queue[0];
  }

  add(pending: Pending): void {
    this.#queue.push(pending);
  }

  /** The command with this tag, answered now. undefined: nobody sent it */
  take(tag: string): Pending | undefined {
    const at = this.#queue.findIndex((pending) => pending.tag === tag);
    return at < 0 ? undefined : this.#queue.splice(at, 1)[0];
  }

  /**
   * Of the oldest command, unless another one asked for this UID: a server may work on several FETCH commands at once, as
   * RFC 9051 §5.5 allows and Dovecot does while the line is full.
   *
   * @param uid 0: not known (yet)
   */
  rowsFor(uid: number): RowHandler | null {
    const oldest = this.#queue[0]?.rows ?? null;
    if (uid === 0 || oldest?.claims?.(uid) !== false) return oldest;
    return this.#queue.find(({ rows }) => rows?.claims?.(uid))?.rows ?? oldest;
  }

  /** The server is ready for a literal: the oldest command that announced one goes on. */
  goOn(): void {
    const waiting = this.#queue.find((pending) => pending.onContinuation !== undefined);
    const go = waiting?.onContinuation;
    if (!waiting || !go) return;
    waiting.onContinuation = undefined;
    go();
  }

  /** Nothing more will come. */
  reject(error: Error): void {
    const handlers = new Set(this.#queue.map(({ rows }) => rows));
    for (const rows of handlers) rows?.broken();
    for (const pending of this.#queue.splice(0)) pending.reject(error);
  }
}
