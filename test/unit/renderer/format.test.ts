import { describe, expect, test } from 'vitest';
import {
  formatAgo,
  formatCount,
  formatCountOrDash,
  formatDay,
  formatDuration,
  formatFingerprint,
  formatLong,
  formatPercent,
  formatRate,
  formatSize,
  formatSizeOf,
  formatTimeLeft,
  formatWhen,
  formatYears,
} from '../../../renderer/lib/format.ts';

/** No-break spaces made visible. */
const seen = (text: string) => text.replaceAll('\u00a0', '_');
const clock = { now: Date.parse('2025-06-09T12:00:00Z'), timeZone: 'Europe/Berlin' };

describe('sizes are decimal and have three digits at most', () => {
  test.each([
    [0, '0_KB', '0_KB'],
    [1, '1_KB', '1_KB'],
    [212_400, '212_KB', '212_KB'],
    [999_499, '999_KB', '999_KB'],
    [999_500, '1_MB', '1_MB'],
    [1_130_000, '1.1_MB', '1,1_MB'],
    [9_960_000, '10_MB', '10_MB'],
    [22_400_000, '22_MB', '22_MB'],
    [651_000_000, '651_MB', '651_MB'],
    [999_600_000, '1_GB', '1_GB'],
    [1_240_113_204, '1.24_GB', '1,24_GB'],
    [10_060_000_000, '10.1_GB', '10,1_GB'],
    [15_000_000_000, '15_GB', '15_GB'],
    [442_400_000_000, '442_GB', '442_GB'],
    [2_500_000_000_000, '2.50_TB', '2,50_TB'],
  ])('%d octets', (sizeBytes, english, german) => {
    expect(seen(formatSize(sizeBytes, 'en'))).toBe(english);
    expect(seen(formatSize(sizeBytes, 'de'))).toBe(german);
  });

  test('a part and its whole share the unit where both have it', () => {
    expect(seen(formatSizeOf(3_580_000_000, 5_210_000_000, 'en'))).toBe('3.58 of 5.21_GB');
    expect(seen(formatSizeOf(3_580_000_000, 5_210_000_000, 'de'))).toBe('3,58 von 5,21_GB');
    expect(seen(formatSizeOf(400_000_000, 25_000_000_000, 'en'))).toBe('400_MB of 25_GB');
  });

  test('rates are said in words', () => {
    expect(seen(formatRate(4_200_000, 'en'))).toBe('4.2_MB a second');
    expect(seen(formatRate(4_200_000, 'de'))).toBe('4,2_MB pro Sekunde');
  });
});

describe('counts and parts', () => {
  test('counts are grouped and never abbreviated', () => {
    expect(formatCount(61_017, 'en')).toBe('61,017');
    expect(formatCount(61_017, 'de')).toBe('61.017');
    expect(formatCountOrDash(0, 'en')).toBe('–');
  });

  test('a hundred percent is said only when all is done', () => {
    expect(formatPercent(0.9999, 'en')).toBe('99%');
    expect(formatPercent(1, 'en')).toBe('100%');
    expect(formatPercent(0.29, 'en')).toBe('29%');
    expect(seen(formatPercent(0.38, 'de'))).toBe('38_%');
  });
});

describe('times', () => {
  test.each([
    [40, '0.04_s'],
    [430, '0.4_s'],
    [41_000, '41_s'],
    [360_000, '6_min'],
    [6_600_000, '1_h 50_min'],
    [7_200_000, '2_h'],
  ])('%d ms', (durationMs, text) => expect(seen(formatDuration(durationMs, 'en'))).toBe(text));

  test('time left is rounded up', () => {
    expect(formatTimeLeft(20_000, 'en')).toBe('Less than a minute');
    expect(formatTimeLeft(60_000, 'en')).toBe('About 1 minute left');
    expect(formatTimeLeft(301_000, 'en')).toBe('About 6 minutes left');
    expect(formatTimeLeft(301_000, 'de')).toBe('Noch etwa 6 Minuten');
    expect(seen(formatTimeLeft(6_500_000, 'en'))).toBe('About 1_h 50_min left');
  });
});

describe('dates are in the given zone, never the mail’s', () => {
  test.each([
    ['2025-06-09T05:14:00Z', 'Today, 07:14', 'Heute, 07:14'],
    ['2025-06-08T22:30:00Z', 'Today, 00:30', 'Heute, 00:30'],
    ['2025-06-08T21:30:00Z', '8 Jun', '08.06.2025'],
    ['2014-03-18T08:41:00Z', '18 Mar 2014', '18.03.2014'],
    ['not a date', '–', '–'],
  ])('%s', (iso, english, german) => {
    expect(formatWhen(iso, 'en', clock)).toBe(english);
    expect(formatWhen(iso, 'de', clock)).toBe(german);
  });

  test('a day alone keeps its year', () => {
    expect(formatDay('2025-06-02T12:00:00Z', 'en', clock)).toBe('2 Jun 2025');
  });

  test('headers say it in full', () => {
    expect(formatLong('2014-03-18T08:41:00Z', 'en', clock)).toBe('Tuesday 18 March 2014, 09:41');
    expect(formatLong('2014-03-18T08:41:00Z', 'de', clock)).toBe('Dienstag, 18. März 2014, 09:41');
  });

  test('ages are in words', () => {
    expect(formatAgo('2025-06-09T11:59:30Z', 'en', clock)).toBe('just now');
    expect(formatAgo('2025-06-09T11:58:00Z', 'en', clock)).toBe('2 minutes ago');
    expect(formatAgo('2025-06-09T11:58:00Z', 'de', clock)).toBe('vor 2 Minuten');
  });

  test('years are a span, one year, or nothing', () => {
    expect(formatYears(2004, 2025, 'en')).toBe('2004 to 2025');
    expect(formatYears(2004, 2004, 'de')).toBe('2004');
    expect(formatYears(null, null, 'en')).toBe('');
  });
});

test('fingerprints are in groups of four', () => {
  expect(formatFingerprint('4e1a90c733b8')).toBe('4E1A 90C7 33B8');
});
