/** Who may make calls: whoever has the link that was printed in the terminal, once, and then that page. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 16;
const SESSION_BYTES = 32;
/** Guessing 128 bits is hopeless anyway; this keeps the log and the processor free of whoever tries. */
const MAX_WRONG = 20;
const WRONG_WINDOW_MS = 60_000;
/** Each link gives one; the oldest goes when somebody has asked for that many links. */
const MAX_SESSIONS = 32;

export type Admitted = { session: string } | { refused: 'wrong' | 'too-many' };

export interface Admission {
  /** A token that works once. The one before, if unused, works no longer. */
  newToken(): string;
  /** @param greeting the page's first message, parsed; anything may be in it */
  admit(greeting: unknown): Admitted;
}

/** @param now milliseconds, monotonic */
export function createAdmission(now: () => number): Admission {
  let token: Buffer | null = null;
  const sessions: Buffer[] = [];
  let wrong: number[] = [];

  function newSession(): string {
    const session = randomBytes(SESSION_BYTES).toString('base64url');
    sessions.push(digest(session));
    if (sessions.length > MAX_SESSIONS) sessions.shift();
    return session;
  }

  function look(greeting: unknown): string | null {
    const { token: sentToken, session } = (greeting ?? {}) as Record<string, unknown>;
    if (typeof sentToken === 'string' && token && timingSafeEqual(digest(sentToken), token)) {
      token = null;
      return newSession();
    }
    if (typeof session !== 'string') return null;
    const sent = digest(session);
    // All are compared, so that the time does not tell which it was.
    return sessions.filter((known) => timingSafeEqual(known, sent)).length > 0 ? session : null;
  }

  return {
    newToken() {
      const fresh = randomBytes(TOKEN_BYTES).toString('base64url');
      token = digest(fresh);
      return fresh;
    },
    admit(greeting) {
      wrong = wrong.filter((at) => now() - at < WRONG_WINDOW_MS);
      if (wrong.length >= MAX_WRONG) return { refused: 'too-many' };
      const session = look(greeting);
      if (session !== null) return { session };
      wrong.push(now());
      return { refused: 'wrong' };
    },
  };
}

/** Only digests are kept and compared: equal length, and no secret lies about in memory. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
