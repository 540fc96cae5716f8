/** One login at one server. */

export interface Endpoint {
  host: string;
  port: number;
  /** tls: from the first byte. starttls: required, refused when absent. none: only loopback, or when asked for by name. */
  security: 'tls' | 'starttls' | 'none';
  /** PEM text of a private CA to trust besides the system's. */
  tlsCa?: string;
  /** SHA-256 of the server certificate, hex without colons, lower case: trust exactly this one. */
  tlsFingerprint?: string;
}

export interface Account {
  user: string;
  endpoint: Endpoint;
}

/** How to sign in. Held in memory only; never logged, never part of an error. */
export type Credential = { password: string } | { accessToken: string };
