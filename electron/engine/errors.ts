import type { Failure, FailureCode, FailureRetry, FailureScope } from '../../shared/failure.ts';

export interface EngineErrorOptions {
  scope?: FailureScope;
  retry?: FailureRetry;
  details?: Record<string, string | number>;
  cause?: unknown;
}

/**
 * The engine's only error class. Scope and retry are decided where the cause is known.
 *
 * @param code    closed list in shared/failure.ts
 * @param message one sentence: what happened and what to do; must not contain a secret
 */
export class EngineError extends Error {
  readonly code: FailureCode;
  readonly scope: FailureScope;
  readonly retry: FailureRetry;
  readonly details: Record<string, string | number> | undefined;

  constructor(code: FailureCode, message: string, options: EngineErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'EngineError';
    this.code = code;
    this.scope = options.scope ?? 'account';
    this.retry = options.retry ?? 'never';
    this.details = options.details;
  }

  toFailure(): Failure {
    const { code, scope, retry, message, details } = this;
    return details ? { code, scope, retry, message, details } : { code, scope, retry, message };
  }

  /** Rebuild what another process sent as data. */
  static fromFailure(failure: Failure): EngineError {
    return new EngineError(failure.code, failure.message, failure);
  }
}

export function isEngineError(error: unknown, ...codes: FailureCode[]): error is EngineError {
  return error instanceof EngineError && (codes.length === 0 || codes.includes(error.code));
}

const FILE_SYSTEM: Record<string, { code: FailureCode; retry: FailureRetry; say: (path: string) => string }> = {
  ENOSPC: {
    code: 'disk-full',
    retry: 'later',
    say: (p) => `The disk is full: ${p} could not be written. Free some space and run again.`,
  },
  EDQUOT: {
    code: 'disk-full',
    retry: 'later',
    say: (p) => `Your disk quota is used up: ${p} could not be written. Free some space and run again.`,
  },
  EACCES: {
    code: 'path-not-writable',
    retry: 'never',
    say: (p) => `You may not access ${p}. Choose another folder or change its permissions.`,
  },
  EPERM: {
    code: 'path-not-writable',
    retry: 'never',
    say: (p) => `You may not change ${p}. Choose another folder or change its permissions.`,
  },
  EROFS: {
    code: 'path-not-writable',
    retry: 'never',
    say: (p) => `${p} is on a read-only disk. Make it writable, or choose another folder.`,
  },
  ENOENT: {
    code: 'io-error',
    retry: 'later',
    say: (p) => `${p} is not there. If its disk was unplugged, plug it in and run again.`,
  },
  ENOTDIR: {
    code: 'path-is-file',
    retry: 'never',
    say: (p) => `${p} is a file where a folder is needed. Choose another path.`,
  },
  EISDIR: { code: 'io-error', retry: 'never', say: (p) => `${p} is a folder where a file is needed.` },
};

/** Any thrown value as an EngineError; file-system causes get their own sentence. */
export function toEngineError(error: unknown, path = ''): EngineError {
  if (error instanceof EngineError) return error;
  const cause = error as NodeJS.ErrnoException;
  const where = cause?.path ?? path;
  const known = cause?.code ? FILE_SYSTEM[cause.code] : undefined;
  if (known)
    return new EngineError(known.code, known.say(where || 'a file'), { scope: 'archive', retry: known.retry, cause });
  if (cause?.syscall && cause.code) {
    return new EngineError(
      'io-error',
      `The disk reported ${cause.code} at ${where || cause.syscall}. Check the disk and run again.`,
      {
        scope: 'archive',
        retry: 'later',
        cause,
      },
    );
  }
  return new EngineError('internal', `Something unexpected happened: ${cause?.message ?? String(error)}`, { cause });
}
