/** What a host must supply. The engine itself knows no clock, no terminal and no key store. */

export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Wall clock, for names and records. */
  date(): Date;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** CPU time of this process so far, milliseconds. Absent: not known. */
  cpuMs?(): number;
  /** Time that this machine's processors have been idle, milliseconds, the sum of all. Absent or null: not known. */
  idleMs?(): number | null;
}

/** Structured notes for a log file. Values must be free of secrets and of mail content. */
export interface Log {
  debug(event: string, facts?: Record<string, unknown>): void;
  warn(event: string, facts?: Record<string, unknown>): void;
}

export const silentLog: Log = { debug: () => undefined, warn: () => undefined };
