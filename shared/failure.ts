/** How something went wrong, as data: the same on both sides of every process border. */

/** Every way an operation or a single message can fail. Closed: a new cause gets a new code here. */
export type FailureCode =
  // reaching the server
  | 'host-unknown'
  | 'connection-refused'
  | 'connection-timeout'
  | 'connection-lost'
  | 'server-stalled'
  | 'server-bye'
  | 'server-throttled'
  | 'protocol-error'
  // TLS
  | 'tls-failed'
  | 'starttls-missing'
  | 'insecure-refused'
  | 'certificate-expired'
  | 'certificate-self-signed'
  | 'certificate-untrusted'
  | 'certificate-wrong-host'
  | 'certificate-fingerprint-mismatch'
  // signing in
  | 'authentication-failed'
  | 'authentication-unsupported'
  | 'secret-missing'
  // saved passwords under a passphrase
  | 'vault-locked'
  | 'vault-damaged'
  | 'passphrase-wrong'
  // mailboxes and messages
  | 'mailbox-missing'
  | 'mailbox-refused'
  | 'mailbox-renumbered'
  | 'server-refused'
  | 'over-quota'
  | 'message-too-large'
  | 'message-refused'
  | 'message-unreadable'
  | 'message-vanished'
  | 'message-altered'
  | 'message-missing-at-target'
  | 'flags-not-kept'
  | 'date-not-kept'
  | 'name-changed'
  | 'filtered-out'
  // the archive and the disk
  | 'archive-missing'
  | 'archive-foreign'
  | 'archive-newer'
  | 'archive-damaged'
  | 'archive-locked'
  | 'archive-other-account'
  | 'mirror-refused'
  | 'disk-full'
  | 'path-not-writable'
  | 'path-is-file'
  | 'path-not-empty'
  | 'io-error'
  // us
  | 'usage'
  | 'cancelled'
  | 'cut-off'
  | 'internal';

/** What is lost for now: one message, one mailbox, the whole account, or the archive. */
export type FailureScope = 'message' | 'mailbox' | 'account' | 'archive';

/** now: try again at once with a back-off; later: when the server or disk has room again; never: the user must change something. */
export type FailureRetry = 'now' | 'later' | 'never';

export interface Failure {
  code: FailureCode;
  scope: FailureScope;
  retry: FailureRetry;
  /** One sentence for the user: what happened and what to do. Never contains a secret. */
  message: string;
  /** Facts for a screen to show beside the sentence, such as the certificate's fingerprint. */
  details?: Record<string, string | number>;
}
