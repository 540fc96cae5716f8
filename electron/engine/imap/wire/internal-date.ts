/** INTERNALDATE both ways (RFC 9051 §9, date-time; RFC 3339), with the zone as served. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH_NUMBERS = new Map(MONTHS.map((name, i) => [name.toLowerCase(), i + 1]));

/**
 * `24-Nov-2026 03:40:45 +0100` → `2026-11-24T03:40:45+01:00`.
 *
 * @returns null for anything else: a wrong date is worse than none
 */
export function parseInternalDate(served: string): string | null {
  const text = served.charCodeAt(1) === 45 ? ` ${served}` : served;
  if (text.length !== 26 || !hasShape(text)) return null;
  const day = number(text, text[0] === ' ' ? 1 : 0, 2);
  const month = MONTH_NUMBERS.get(text.slice(3, 6).toLowerCase());
  const year = number(text, 7, 11);
  const zoneHour = number(text, 22, 24);
  const zoneMinute = number(text, 24, 26);
  if (month === undefined || !isDay(year, month, day) || !isTime(text) || !isZone(zoneHour, zoneMinute)) return null;
  return `${text.slice(7, 11)}-${pad(month)}-${pad(day)}T${text.slice(12, 20)}${text.slice(21, 24)}:${text.slice(24)}`;
}

/**
 * `2026-11-24T03:40:45+01:00` → `24-Nov-2026 03:40:45 +0100`. Fractions of a second are dropped: IMAP has none.
 *
 * @returns null when it is no such date
 */
export function formatInternalDate(rfc3339: string): string | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|([+-]\d\d):(\d\d))$/i.exec(rfc3339);
  if (!match) return null;
  const [, year, month, day, time, zoneHour = '+00', zoneMinute = '00'] = match;
  const served = `${day}-${MONTHS[Number(month) - 1]}-${year} ${time} ${zoneHour}${zoneMinute}`;
  return parseInternalDate(served) === null ? null : served;
}

/** `2026-11-24` → `24-Nov-2026`, for SEARCH SINCE; null when it is no such day. */
export function formatSearchDay(day: string): string | null {
  const date = formatInternalDate(`${day}T00:00:00Z`);
  return date === null ? null : date.slice(0, 11);
}

/** `dd-Mon-yyyy hh:mm:ss +zzzz` */
function hasShape(text: string): boolean {
  const zone = text.charCodeAt(21);
  return (
    text[2] === '-' &&
    text[6] === '-' &&
    text[11] === ' ' &&
    text[14] === ':' &&
    text[17] === ':' &&
    text[20] === ' ' &&
    (zone === 43 || zone === 45)
  );
}

function isTime(text: string): boolean {
  return number(text, 12, 14) < 24 && number(text, 15, 17) < 60 && number(text, 18, 20) < 60;
}

function isZone(hour: number, minute: number): boolean {
  return hour < 24 && minute < 60;
}

function isDay(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && day >= 1)) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return day <= days;
}

/** NaN unless text[from, to) is all digits: every comparison with it is false. */
function number(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

function pad(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}
