/** IMAP date-time and date (RFC 3501 §9). The zone is kept as it was given. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DATE_TIME = /^([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4})$/;
const DAY_MS = 86_400_000;

const two = (value: number): string => String(value).padStart(2, '0');

function monthIndex(name: string): number {
  return MONTHS.findIndex((month) => month.toLowerCase() === name.toLowerCase());
}

function dayOf(year: number, month: number, day: number): number | null {
  const at = new Date(Date.UTC(2000, month, day));
  at.setUTCFullYear(year, month, day);
  const real = month >= 0 && at.getUTCMonth() === month && at.getUTCDate() === day;
  return real ? Math.floor(at.getTime() / DAY_MS) : null;
}

/** The canonical text of a date-time; null for one that does not exist, such as 31-Feb. */
export function parseDateTime(text: string): string | null {
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '', zone = ''] = match;
  if (dayOf(Number(year), monthIndex(month), Number(day)) === null) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60 || Number(zone.slice(3)) > 59) return null;
  return `${String(Number(day)).padStart(2)}-${MONTHS[monthIndex(month)]}-${year} ${hour}:${minute}:${second} ${zone}`;
}

/** @param zoneMinutes east of Greenwich */
export function formatDateTime(epochMs: number, zoneMinutes: number): string {
  const at = new Date(epochMs + zoneMinutes * 60_000);
  const sign = zoneMinutes < 0 ? '-' : '+';
  const zone = Math.abs(zoneMinutes);
  const day = String(at.getUTCDate()).padStart(2);
  const date = `${day}-${MONTHS[at.getUTCMonth()]}-${String(at.getUTCFullYear()).padStart(4, '0')}`;
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  return `${date} ${time} ${sign}${two(Math.floor(zone / 60))}${two(zone % 60)}`;
}

/** Days since 1970 of the date part, whatever its zone: what BEFORE, ON and SINCE compare (RFC 3501 §6.4.4). */
export function dayNumber(date: string): number | null {
  const match = /^ ?(\d{1,2})-([A-Za-z]{3})-(\d{4})/.exec(date);
  return match ? dayOf(Number(match[3]), monthIndex(match[2] ?? ''), Number(match[1])) : null;
}

/** Days since 1970 of a Date header, for SENTBEFORE and the like; null when it has none. */
export function headerDay(dateHeader: string): number | null {
  const match = /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})/.exec(dateHeader);
  return match ? dayOf(Number(match[3]), monthIndex(match[2] ?? ''), Number(match[1])) : null;
}
