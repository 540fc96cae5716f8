/** Exit codes of the command line. Part of its interface: scripts depend on them. */
import type { FailureCode } from '../../shared/failure.ts';
import type { JobSummary } from '../../shared/job.ts';

export const EXIT = {
  complete: 0,
  failed: 1,
  incomplete: 3,
  connection: 10,
  tls: 11,
  authentication: 12,
  quota: 13,
  archiveDamaged: 20,
  archiveLocked: 21,
  usage: 64,
  interrupted: 130,
} as const;

const BY_CODE: Partial<Record<FailureCode, number>> = {
  'host-unknown': EXIT.connection,
  'connection-refused': EXIT.connection,
  'connection-timeout': EXIT.connection,
  'connection-lost': EXIT.connection,
  'server-stalled': EXIT.connection,
  'server-bye': EXIT.connection,
  'server-throttled': EXIT.connection,
  'protocol-error': EXIT.connection,
  'tls-failed': EXIT.tls,
  'starttls-missing': EXIT.tls,
  'insecure-refused': EXIT.tls,
  'certificate-expired': EXIT.tls,
  'certificate-self-signed': EXIT.tls,
  'certificate-untrusted': EXIT.tls,
  'certificate-wrong-host': EXIT.tls,
  'certificate-fingerprint-mismatch': EXIT.tls,
  'authentication-failed': EXIT.authentication,
  'authentication-unsupported': EXIT.authentication,
  'secret-missing': EXIT.authentication,
  'over-quota': EXIT.quota,
  'disk-full': EXIT.quota,
  'archive-damaged': EXIT.archiveDamaged,
  'archive-newer': EXIT.archiveDamaged,
  'archive-locked': EXIT.archiveLocked,
  'archive-missing': EXIT.usage,
  'archive-foreign': EXIT.usage,
  'archive-other-account': EXIT.usage,
  'path-is-file': EXIT.usage,
  'path-not-empty': EXIT.usage,
  'path-not-writable': EXIT.usage,
  usage: EXIT.usage,
  cancelled: EXIT.interrupted,
};

export function exitCodeOfFailure(code: FailureCode): number {
  return BY_CODE[code] ?? EXIT.failed;
}

export function exitCodeOfSummary(summary: JobSummary): number {
  if (summary.failure) return exitCodeOfFailure(summary.failure.code);
  if (summary.state === 'complete') return EXIT.complete;
  return summary.state === 'stopped' ? EXIT.interrupted : EXIT.incomplete;
}
