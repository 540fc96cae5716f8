import { localTime, wallClock } from './calendar.ts';
import type { Random } from './random.ts';

/** The last moment of the sample: nothing is newer. */
export const NEWEST_MS = localTime(2026, 11, 20, 18, 42, 7);

/** A moment of a year when people write mail, evenings above all; in one of the months if given. */
export function someMoment(random: Random, year: number, months?: readonly number[]): number {
  const latest = year === 2026 ? 11 : 12;
  const fitting = (months ?? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]).filter((month) => month <= latest);
  const month = fitting.length > 0 ? random.pick(fitting) : latest;
  const day = random.integer(1, year === 2026 && month === 11 ? 10 : 28);
  const hour = random.chance(0.6) ? random.integer(17, 22) : random.integer(7, 16);
  return localTime(year, month, day, hour, random.integer(0, 59), random.integer(0, 59));
}

/** The same moment, or eight hours later where it is night. */
export function whenAwake(epochMs: number): number {
  const hour = wallClock(epochMs).getUTCHours();
  return hour >= 23 || hour < 7 ? epochMs + 8 * 3_600_000 : epochMs;
}
