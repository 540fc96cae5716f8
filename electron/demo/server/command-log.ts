/** What clients asked for: verbs only, so that neither a password nor mail can be in it. */

/** Verbs beyond this many are counted but not listed. */
const MAX_LISTED = 200_000;

export class CommandLog {
  #verbs: string[] = [];
  #counts = new Map<string, number>();

  /** In the order of arrival over all connections. */
  get verbs(): readonly string[] {
    return this.#verbs;
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  count(verb: string): number {
    return this.#counts.get(verb) ?? 0;
  }

  add(verb: string): void {
    if (this.#verbs.length < MAX_LISTED) this.#verbs.push(verb);
    this.#counts.set(verb, this.count(verb) + 1);
  }

  clear(): void {
    this.#verbs = [];
    this.#counts = new Map();
  }
}
