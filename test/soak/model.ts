/** What was where: all that an archive or a target may hold, and all that it must. Messages are known by their SHA-256. */

export type Fingerprint = string;

/** Paths, and how often each message is there. */
export type Holdings = Map<string, Map<Fingerprint, number>>;

export class Model {
  readonly #arrivals: Holdings = new Map();

  arrived(path: string, fingerprint: Fingerprint): void {
    add(this.#arrivals, path, fingerprint);
  }

  /**
   * Copies of a message that may be in what was filled from this path; 0: it was never there. One that came back after it
   * had left has another UID and counts as another; most messages come once.
   */
  most(path: string, fingerprint: Fingerprint): number {
    return countOf(this.#arrivals, path, fingerprint);
  }
}

export function countOf(holdings: Holdings, path: string, fingerprint: Fingerprint): number {
  return holdings.get(path)?.get(fingerprint) ?? 0;
}

export function add(holdings: Holdings, path: string, fingerprint: Fingerprint): void {
  const mailbox = holdings.get(path) ?? new Map<Fingerprint, number>();
  mailbox.set(fingerprint, (mailbox.get(fingerprint) ?? 0) + 1);
  holdings.set(path, mailbox);
}

/** What was held before and is not any more. */
export function lost(before: Holdings, after: Holdings): string[] {
  return [...before].flatMap(([path, mailbox]) =>
    [...mailbox.keys()]
      .filter((fingerprint) => countOf(after, path, fingerprint) === 0)
      .map((fingerprint) => `${path}: ${fingerprint} was there before and is not any more`),
  );
}
