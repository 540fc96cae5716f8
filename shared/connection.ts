/** How a connection to a server came about, for people to judge it. */

export interface ConnectionReport {
  security: 'tls' | 'starttls' | 'none';
  /** Such as `TLSv1.3`; null without TLS, as are the five below. */
  tlsVersion: string | null;
  /** IANA name, such as `TLS_AES_256_GCM_SHA384`. */
  cipher: string | null;
  forwardSecrecy: boolean | null;
  /** SHA-256, lower-case hex. */
  certificateFingerprint: string | null;
  /** The certificate is good until then, as the certificate writes it. */
  certificateValidTo: string | null;
  trust: 'authority' | 'fingerprint' | null;
  /** How the sign-in went: `SCRAM-SHA-256`, `PLAIN`, `LOGIN`, `LOGIN command`, `XOAUTH2`, `OAUTHBEARER`, `PREAUTH`. */
  mechanism: string;
  compressed: boolean;
}

export interface Quota {
  root: string;
  resource: 'storage' | 'message';
  /** Octets for storage, messages for message. */
  used: number;
  limit: number;
}

/** Where settings for an address came from, best first. */
export type SettingsOrigin = 'preset' | 'autoconfig' | 'srv' | 'guess' | 'typed';

export interface FoundSettings {
  endpoint: { host: string; port: number; security: 'tls' | 'starttls' | 'none' };
  user: string;
  origin: SettingsOrigin;
}

/** What a provider wants before it lets a mail program in. no-imap: it lets none in. */
export type ProviderHint = 'app-password' | 'oauth-only' | 'bridge' | 'enable-imap' | 'no-imap';

export interface Provider {
  /** Such as `gmx`; a key for pictures and tests. */
  id: string;
  name: string;
  hint: ProviderHint | null;
  /** https page where the user does what the hint says. */
  hintUrl: string | null;
}

/** What is known of an address before anybody signs in. */
export interface Discovery {
  provider: Provider | null;
  /** Best first; empty when nothing answers. */
  candidates: FoundSettings[];
}
