import type { FlagSet } from '../flags.ts';
import { quoteName } from './server-text.ts';

const SYSTEM = new Set(['\\answered', '\\flagged', '\\deleted', '\\seen', '\\draft']);
/** RFC 9051 §9, flag-keyword and flag-extension: an atom, for the latter behind a backslash. */
const FLAG = /^\\?[^\x00-\x20\x7f-\xff"%()*\\\]{]+$/;

export interface FlagPlan {
  kept: readonly string[];
  /** Cannot be written, or the server says that it does not keep them. */
  lost: readonly string[];
}

/**
 * @param permanent PERMANENTFLAGS of the target mailbox; null: the server did not say, all can be set (RFC 9051 §7.1)
 */
export function planFlags(flags: FlagSet, permanent: readonly string[] | null): FlagPlan {
  const allowed = permanent === null ? null : new Set(permanent.map((flag) => flag.toLowerCase()));
  const kept: string[] = [];
  const lost: string[] = [];
  for (const flag of flags) {
    const isWritable = FLAG.test(flag) && !/[^\x00-\xff]/.test(flag);
    const isKept =
      allowed === null || allowed.has(flag.toLowerCase()) || (allowed.has('\\*') && !flag.startsWith('\\'));
    (isWritable && isKept ? kept : lost).push(flag);
  }
  return { kept, lost };
}

/** The system flags can be set everywhere; about any other one the server has to be asked. */
export function needsPermanentFlags(flags: FlagSet): boolean {
  return flags.some((flag) => !SYSTEM.has(flag.toLowerCase()));
}

export function flagsLost(lost: readonly string[]): string {
  const names = lost.slice(0, 10).map(quoteName).join(', ');
  const rest = lost.length > 10 ? ` and ${lost.length - 10} more` : '';
  return `The server does not keep the flag${lost.length === 1 ? '' : 's'} ${names}${rest}.`;
}
