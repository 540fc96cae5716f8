/** The Date field of a header as RFC 3339 with its zone kept (RFC 5322 §3.3, obsolete zones of §4.3 included). */
import { headerEnd } from './digest.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ZONES: Record<string, string> = {
  ut: '+0000', gmt: '+0000', utc: '+0000', z: '+0000',
  est: '-0500', edt: '-0400', cst: '-0600', cdt: '-0500', mst: '-0700', mdt: '-0600', pst: '-0800', pdt: '-0700',
}; // prettier-ignore
const DATE =
  /^(?:[a-z]{3,9}\.?,?\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([+-]\d{4}|[a-z]{1,5}))?/i;

/** @returns null when there is no Date field or it names no day of the calendar */
export function dateFromHeader(octets: Buffer): string | null {
  const header = octets.toString('latin1', 0, headerEnd(octets));
  const field = /(?:^|\n)date[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)/i.exec(header);
  return field ? parseDate(field[1]!) : null;
}

export function parseDate(text: string): string | null {
  const plain = text
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const m = DATE.exec(plain);
  if (!m) return null;
  const [, day, monthName, yearText, hour, minute, second = '0', zoneText = '+0000'] = m;
  const month = MONTHS.indexOf(monthName!.toLowerCase()) + 1;
  const zone = /^[+-]/.test(zoneText) ? zoneText : (ZONES[zoneText.toLowerCase()] ?? '+0000');
  const year = fullYear(Number(yearText), yearText!.length);
  const [d, h, min, s] = [Number(day), Number(hour), Number(minute), Math.min(59, Number(second))];
  const zoneMinutes = Number(zone.slice(3));
  if (month === 0 || d < 1 || d > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  if (h > 23 || min > 59 || Number(zone.slice(1, 3)) > 14 || zoneMinutes > 59) return null;
  const p = (n: number, width = 2) => String(n).padStart(width, '0');
  return `${p(year, 4)}-${p(month)}-${p(d)}T${p(h)}:${p(min)}:${p(s)}${zone.slice(0, 3)}:${zone.slice(3)}`;
}

/** Two and three digits as RFC 5322 §4.3 has them. */
function fullYear(year: number, digits: number): number {
  if (digits === 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits === 3 ? 1900 + year : year;
}
