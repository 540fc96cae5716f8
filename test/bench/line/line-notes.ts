/** What a line saw: round trips, octets, commands, and how long a client went on once it was signed in. */

export interface LineCounts {
  connections: number;
  /** Turns of the line: the client waited for something before it sent more. The TCP handshake is one. */
  roundTrips: number;
  upBytes: number;
  downBytes: number;
  /** Verbs such as `UID FETCH`, and how often; empty when the line is encrypted or compressed. */
  commands: Record<string, number>;
  /** From the end of the first answer to a sign-in, at the client, to the last close; null: none was seen. */
  afterSignInMs: number | null;
}

const TLS_RECORD = 0x16;
const VERB = /^([A-Za-z0-9.]+) ((?:UID )?[A-Z]+)/i;
const LITERAL = /\{(\d+)\+?\}\r?$/;

export class LineNotes {
  #counts = empty();
  #signedInMs: number | null = null;
  #closedMs: number | null = null;

  counts(): LineCounts {
    const [begun, ended] = [this.#signedInMs, this.#closedMs];
    const afterSignInMs = begun === null || ended === null ? null : ended - begun;
    return { ...this.#counts, commands: { ...this.#counts.commands }, afterSignInMs };
  }

  reset(): void {
    this.#counts = empty();
    this.#signedInMs = null;
    this.#closedMs = null;
  }

  connection(rttMs: number): ConnectionNotes {
    const counts = this.#counts;
    counts.connections++;
    counts.roundTrips++;
    return new ConnectionNotes(counts, rttMs, {
      signedIn: () => (this.#signedInMs ??= performance.now()),
      closed: () => (this.#closedMs = performance.now()),
    });
  }
}

const empty = (): LineCounts => {
  return { connections: 0, roundTrips: 0, upBytes: 0, downBytes: 0, commands: {}, afterSignInMs: null };
};

interface Moments {
  signedIn(): void;
  closed(): void;
}

export class ConnectionNotes {
  readonly #counts: LineCounts;
  readonly #rttMs: number;
  readonly #moments: Moments;
  #turnMs = -Infinity;
  /** Something has come back since the client's last turn. */
  #answered = true;
  #isOpaque: boolean | null = null;
  #line = '';
  #literalLeft = 0;
  #signInTag: string | null = null;
  #answer = '';

  constructor(counts: LineCounts, rttMs: number, moments: Moments) {
    this.#counts = counts;
    this.#rttMs = rttMs;
    this.#moments = moments;
  }

  /** As the client sends it. */
  sent(octets: Buffer): void {
    this.#counts.upBytes += octets.length;
    const nowMs = performance.now();
    // What is sent within a round trip of the turn before cannot be an answer to what came of that.
    if (this.#answered && nowMs - this.#turnMs >= this.#rttMs) {
      this.#counts.roundTrips++;
      this.#turnMs = nowMs;
      this.#answered = false;
    }
    this.#isOpaque ??= octets[0] === TLS_RECORD;
    if (!this.#isOpaque) this.#read(octets);
  }

  /** As it reaches the client. */
  arrived(octets: Buffer): void {
    this.#counts.downBytes += octets.length;
    this.#answered = true;
    if (this.#signInTag === null) return;
    this.#answer += octets.toString('latin1');
    const at = this.#answer.lastIndexOf('\n', this.#answer.length - 2) + 1;
    if (this.#answer.startsWith(`${this.#signInTag} `, at)) {
      if (this.#answer.startsWith('OK', at + this.#signInTag.length + 1)) this.#moments.signedIn();
      this.#signInTag = null;
    }
    this.#answer = this.#answer.slice(at);
  }

  closed(): void {
    this.#moments.closed();
  }

  /** Literals are skipped by their announced size, so that mail is never taken for a command. */
  #read(octets: Buffer): void {
    let at = 0;
    while (at < octets.length) {
      const skipped = Math.min(this.#literalLeft, octets.length - at);
      this.#literalLeft -= skipped;
      at += skipped;
      if (at === octets.length) return;
      const lf = octets.indexOf(10, at);
      this.#line += octets.toString('latin1', at, lf < 0 ? octets.length : lf);
      if (lf < 0) return;
      at = lf + 1;
      this.#command(this.#line);
      this.#line = '';
    }
  }

  #command(line: string): void {
    this.#literalLeft = Number(LITERAL.exec(line)?.[1] ?? 0);
    const found = VERB.exec(line);
    if (!found) return;
    const verb = found[2]!.toUpperCase();
    this.#counts.commands[verb] = (this.#counts.commands[verb] ?? 0) + 1;
    if (verb === 'LOGIN' || verb === 'AUTHENTICATE') this.#signInTag = found[1]!;
    if (verb === 'COMPRESS' || verb === 'STARTTLS') this.#isOpaque = true;
  }
}
