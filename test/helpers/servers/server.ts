import type { Certificate } from '../certificates.ts';

export type ServerKind = 'dovecot' | 'cyrus' | 'courier';

export interface TestUser {
  name: string;
  /** Unique for each user, so that a test can look for it where no password may be. */
  password: string;
}

/** A real IMAP server on 127.0.0.1, started for tests. */
export interface TestServer {
  readonly kind: ServerKind;
  readonly host: '127.0.0.1';
  /** Plain, STARTTLS offered where the server has a certificate. */
  readonly port: number;
  /** IMAPS; null where the server was started without TLS. */
  readonly tlsPort: number | null;
  readonly certificate: Certificate | null;
  /** The process that the whole server hangs on. */
  readonly pid: number;
  readonly folder: string;
  /** A user that did not exist before, with an empty INBOX. */
  user(name?: string): Promise<TestUser>;
  /** What the server wrote to its log so far. */
  log(): string;
  /** Ends every process of this server and removes its folder. */
  stop(): Promise<void>;
}
