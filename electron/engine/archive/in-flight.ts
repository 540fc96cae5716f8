/** Work under way that tells its failures elsewhere, such as to the group commit. */
export class InFlight {
  readonly #running = new Set<Promise<void>>();

  get size(): number {
    return this.#running.size;
  }

  /** @param work does not reject */
  add(work: Promise<void>): void {
    const running: Promise<void> = work.then(() => {
      this.#running.delete(running);
    });
    this.#running.add(running);
  }

  /** Resolves when one of those that run now has ended. */
  async next(): Promise<void> {
    await Promise.race(this.#running);
  }

  /** Resolves when all that run now have ended; others may have begun. */
  async current(): Promise<void> {
    await Promise.all(this.#running);
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await this.current();
  }
}
