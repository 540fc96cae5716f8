/** The only place where numbers become text. Pure: language, now and time zone come in as arguments. */

export type Language = 'en' | 'de';

const NO_BREAK = '\u00a0';
const LOCALE = { en: 'en-GB', de: 'de-DE' } as const;
const SIZE_UNITS = ['KB', 'MB', 'GB', 'TB', 'PB'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberText(value: number, language: Language, decimals: number): string {
  const key = `${language}${decimals}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(LOCALE[language], {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    numberFormats.set(key, format);
  }
  return format.format(value);
}

/** `11,906`; never abbreviated. */
export function formatCount(count: number, language: Language): string {
  return numberText(Math.round(count), language, 0);
}

/** As formatCount; zero is an en dash, as tables show it. */
export function formatCountOrDash(count: number, language: Language): string {
  return count === 0 ? '–' : formatCount(count, language);
}

/** Decimals by size: kilobytes none, megabytes one below ten, from gigabytes on three digits in all. */
function decimalsFor(value: number, unit: number): number {
  if (unit === 0) return 0;
  if (unit === 1) return value < 9.95 ? 1 : 0;
  if (value < 9.995) return 2;
  return value < 99.95 ? 1 : 0;
}

/** Decimal units as disks and providers count: `651 MB`, `1.24 GB`. @param sizeBytes octets */
export function formatSize(sizeBytes: number, language: Language): string {
  if (sizeBytes <= 0) return `0${NO_BREAK}KB`;
  let value = Math.max(sizeBytes / 1000, 1);
  let unit = 0;
  // 999.6 of a unit would be written 1000: that is one of the next.
  while (value >= 999.5 && unit < SIZE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const decimals = decimalsFor(value, unit);
  const isRound = Number(value.toFixed(decimals)) % 1 === 0;
  return `${numberText(value, language, isRound ? 0 : decimals)}${NO_BREAK}${SIZE_UNITS[unit] ?? ''}`;
}

/** For tooltips and reports: `1,240,113,204 bytes`. */
export function formatExactSize(sizeBytes: number, language: Language): string {
  return `${formatCount(sizeBytes, language)}${NO_BREAK}${language === 'de' ? 'Bytes' : 'bytes'}`;
}

/** Part of a whole in one unit where both have it: `3.58 of 5.21 GB`. */
export function formatSizeOf(partBytes: number, wholeBytes: number, language: Language): string {
  const whole = formatSize(wholeBytes, language);
  const part = formatSize(Math.min(partBytes, wholeBytes), language);
  const [partNumber, partUnit] = part.split(NO_BREAK);
  const sameUnit = whole.endsWith(`${NO_BREAK}${partUnit ?? ''}`);
  return `${sameUnit ? (partNumber ?? part) : part} ${language === 'de' ? 'von' : 'of'} ${whole}`;
}

/** `4.2 MB a second`. */
export function formatRate(bytesPerSecond: number, language: Language): string {
  return `${formatSize(bytesPerSecond, language)} ${language === 'de' ? 'pro Sekunde' : 'a second'}`;
}

/** Rounded down, so that 100 % is said only when all is done. @param fraction 0 to 1 */
export function formatPercent(fraction: number, language: Language): string {
  const percent = Math.floor(Math.min(Math.max(fraction, 0), 1) * 100 + 1e-9);
  return language === 'de' ? `${percent}${NO_BREAK}%` : `${percent}%`;
}

/** `1 h 50 min`, `6 min`, `41 s`, `0.4 s`, `0.04 s`. */
export function formatDuration(durationMs: number, language: Language): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) {
    const decimals = durationMs < 95 ? 2 : durationMs < 9950 ? 1 : 0;
    const short = numberText(durationMs / 1000, language, decimals);
    return `${short}${NO_BREAK}s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}${NO_BREAK}min`;
  const rest = minutes % 60;
  const hours = `${formatCount(Math.floor(minutes / 60), language)}${NO_BREAK}h`;
  return rest === 0 ? hours : `${hours} ${rest}${NO_BREAK}min`;
}

/** Rounded up: `About 6 minutes left`; above an hour in steps of five minutes. */
export function formatTimeLeft(etaMs: number, language: Language): string {
  const minutes = Math.ceil(etaMs / 60_000);
  if (etaMs < 60_000) return language === 'de' ? 'Weniger als eine Minute' : 'Less than a minute';
  if (minutes < 60) {
    if (minutes === 1) return language === 'de' ? 'Noch etwa 1 Minute' : 'About 1 minute left';
    return language === 'de' ? `Noch etwa ${minutes} Minuten` : `About ${minutes} minutes left`;
  }
  const span = formatDuration(Math.ceil(minutes / 5) * 300_000, language);
  return language === 'de' ? `Noch etwa ${span}` : `About ${span} left`;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now: number;
  /** IANA name; the system's when left out. */
  timeZone?: string;
}

interface DayParts {
  year: number;
  month: number;
  day: number;
  time: string;
}

const partFormats = new Map<string, Intl.DateTimeFormat>();

function dayParts(at: number, timeZone: string | undefined): DayParts {
  const key = timeZone ?? '';
  let format = partFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    partFormats.set(key, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    year: Number(part['year']),
    month: Number(part['month']),
    day: Number(part['day']),
    time: `${part['hour']}:${part['minute']}`,
  };
}

const two = (value: number) => String(value).padStart(2, '0');

function dayText(parts: DayParts, thisYear: number | null, language: Language): string {
  if (language === 'de') return `${two(parts.day)}.${two(parts.month)}.${parts.year}`;
  const day = `${parts.day} ${MONTHS[parts.month - 1] ?? ''}`;
  return parts.year === thisYear ? day : `${day} ${parts.year}`;
}

/** `Today, 07:14`, this year `18 Mar`, else `18 Mar 2014`; German `18.03.2014`. @param iso an instant */
export function formatWhen(iso: string, language: Language, clock: Clock): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return '–';
  const parts = dayParts(at, clock.timeZone);
  const today = dayParts(clock.now, clock.timeZone);
  if (parts.year === today.year && parts.month === today.month && parts.day === today.day) {
    return `${language === 'de' ? 'Heute' : 'Today'}, ${parts.time}`;
  }
  return dayText(parts, today.year, language);
}

/** The day with its year: `18 Mar 2014`, `18.03.2014`. */
export function formatDay(iso: string, language: Language, clock: Clock): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? '–' : dayText(dayParts(at, clock.timeZone), null, language);
}

/** `07:14`. */
export function formatTime(iso: string, clock: Clock): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? '–' : dayParts(at, clock.timeZone).time;
}

/** In full, for headers: `Tuesday 18 March 2014, 09:41`, `Dienstag, 18. März 2014, 09:41`. */
export function formatLong(iso: string, language: Language, clock: Clock): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return '–';
  const day = new Intl.DateTimeFormat(LOCALE[language], {
    timeZone: clock.timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(at);
  return `${language === 'en' ? day.replace(',', '') : day}, ${dayParts(at, clock.timeZone).time}`;
}

/** `2 minutes ago`, `vor 2 Minuten`. */
export function formatAgo(iso: string, language: Language, clock: Clock): string {
  const seconds = Math.max(0, Math.floor((clock.now - Date.parse(iso)) / 1000));
  if (Number.isNaN(seconds)) return '–';
  if (seconds < 60) return language === 'de' ? 'gerade eben' : 'just now';
  const relative = new Intl.RelativeTimeFormat(LOCALE[language], { numeric: 'always' });
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), 'hour');
  return relative.format(-Math.floor(seconds / 86_400), 'day');
}

/** `2004 to 2025`, one year alone, or nothing. */
export function formatYears(first: number | null, last: number | null, language: Language): string {
  if (first === null || last === null) return '';
  return first === last ? String(first) : `${first} ${language === 'de' ? 'bis' : 'to'} ${last}`;
}

/** A fingerprint in groups that people can read to each other: `4E1A 90C7 …`. @param hex lower-case hex */
export function formatFingerprint(hex: string): string {
  return (hex.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');
}

/** `Ann, Ben and Cem`. */
export function formatNames(names: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}
