import { expandSet } from './wire/number-set.ts';
import type { StatusLine } from './wire/status-line.ts';

export interface AppendUid {
  uidValidity: number;
  /** In the order of the messages sent. */
  uids: number[];
}

/**
 * Where the messages of one APPEND landed (RFC 4315 §3, RFC 3502 §6.3.11).
 *
 * @param count messages sent
 * @returns null when the server does not say, or says something that cannot be: then the place is unknown
 */
export function parseAppendUid(line: StatusLine, count: number): AppendUid | null {
  if (line.status !== 'OK' || line.code !== 'APPENDUID') return null;
  const match = /^(\d{1,10}) (\S+)$/.exec(line.args.trim());
  const uidValidity = match ? Number(match[1]) : 0;
  const uids = match ? expandSet(match[2] as string, count) : null;
  if (uidValidity < 1 || uidValidity > 0xffffffff || uids?.length !== count) return null;
  const ascending = uids.every((uid, i) => i === 0 || uid > (uids[i - 1] as number));
  return ascending ? { uidValidity, uids } : null;
}
