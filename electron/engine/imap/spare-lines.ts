import type { LaneParts } from './imap-source-lane.ts';

/** Signed-in connections that have nothing to do: whoever needs one next takes it over and is spared the sign-in. */
export class SpareLines {
  readonly #lines: LaneParts[] = [];

  /** Connections that nobody has noticed to be dead. */
  get count(): number {
    return this.#lines.filter(({ wire }) => !wire.failure).length;
  }

  /** @param line with no command in flight */
  put(line: LaneParts): void {
    this.#lines.push(line);
  }

  /** One that stays here, for a few commands; null: there is none. */
  get first(): LaneParts | null {
    this.#dropDead();
    return this.#lines[0] ?? null;
  }

  take(): LaneParts | null {
    this.#dropDead();
    return this.#lines.shift() ?? null;
  }

  async close(): Promise<void> {
    await Promise.all(this.#lines.splice(0).map(letGo));
  }

  #dropDead(): void {
    for (let at = this.#lines.length - 1; at >= 0; at--) {
      if (this.#lines[at]!.wire.failure) void letGo(this.#lines.splice(at, 1)[0]!);
    }
  }
}

/** Never throws. */
export async function letGo(line: LaneParts): Promise<void> {
  await line.wire.close();
  line.onClosed?.();
  line.onClosed = undefined;
}
