/** Local time in Lübeck, computed here so that it does not depend on the machine's zone data. */

const HOUR_MS = 3_600_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONATE = [
  'Januar',
  'Februar',
  'März',
  'April',
  'Mai',
  'Juni',
  'Juli',
  'August',
  'September',
  'Oktober',
  'November',
  'Dezember',
];

const two = (value: number): string => String(value).padStart(2, '0');

/** Minutes east of Greenwich: summer time from the last Sunday of March to that of October, 01:00 UTC. */
export function zoneMinutes(epochMs: number): number {
  const year = new Date(epochMs).getUTCFullYear();
  const summer = epochMs >= lastSunday(year, 2) && epochMs < lastSunday(year, 9);
  return summer ? 120 : 60;
}

function lastSunday(year: number, month: number): number {
  const end = new Date(Date.UTC(year, month + 1, 0, 1));
  return end.getTime() - end.getUTCDay() * 24 * HOUR_MS;
}

/** The instant of a local wall-clock time; month 1 to 12. */
export function localTime(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - zoneMinutes(wall - HOUR_MS) * 60_000;
}

/** The wall clock as the UTC fields of a Date. */
export function wallClock(epochMs: number): Date {
  return new Date(epochMs + zoneMinutes(epochMs) * 60_000);
}

/** RFC 5322 date-time: `Tue, 24 Nov 2026 03:40:45 +0100`. */
export function mailDate(epochMs: number): string {
  const at = wallClock(epochMs);
  const date = `${WEEKDAYS[at.getUTCDay()]}, ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return `${date} ${clock(at)}:${two(at.getUTCSeconds())} +0${zoneMinutes(epochMs) / 60}00`;
}

/** How mail programs introduce a quotation. */
export function spokenDate(epochMs: number, language: 'de' | 'en'): string {
  const at = wallClock(epochMs);
  const [day, month, year] = [at.getUTCDate(), at.getUTCMonth(), at.getUTCFullYear()];
  if (language === 'en') return `On ${day} ${MONTHS[month]} ${year}, at ${clock(at)}`;
  return `Am ${two(day)}.${two(month + 1)}.${year} um ${clock(at)} Uhr`;
}

/** `3. Mai 2021`. */
export function germanDay(epochMs: number): string {
  const at = wallClock(epochMs);
  return `${at.getUTCDate()}. ${MONATE[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** `20210503`. */
export function compactDay(epochMs: number): string {
  return wallClock(epochMs).toISOString().slice(0, 10).replaceAll('-', '');
}

/** `20210503T180000Z`, as iCalendar has it. */
export function utcStamp(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/[-:]|\.\d+/g, '');
}

const clock = (at: Date): string => `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
