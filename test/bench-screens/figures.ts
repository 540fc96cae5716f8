/** What was measured, beside what is aimed at, as one table. */
import { median } from '../bench/median.ts';

export interface Figure {
  group: string;
  what: string;
  /** By the clock, one for each run: a time, or the longest frame. */
  valuesMs: number[];
  /** Of frames: 99 of 100 were no longer than this, in each run. null: no frames were counted. */
  p99Ms: number[] | null;
  /** Processor time behind it, in each run. null: not taken. */
  cpuMs: number[] | null;
  /** null: told, not judged. */
  aimMs: number | null;
}

export const AIM_MS = { frame: 50, hits: 150, list: 300, start: 2000 } as const;

/** @param part 0 to 1 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * part) - 1))] ?? 0;
}

/** By the median of the runs: one of them alone says more about the machine than about the app. */
export function isMet({ valuesMs, aimMs }: Figure): boolean {
  return aimMs === null || median(valuesMs) <= aimMs;
}

const HEAD = ['median', 'worst', '99 %', 'CPU', 'aim', ''];

export function renderFigures(figures: readonly Figure[]): string {
  const lines: string[] = [];
  const groups = [...new Set(figures.map((figure) => figure.group))];
  const width = Math.max(...figures.map(({ what }) => what.length), ...groups.map((group) => group.length));
  for (const group of groups) {
    lines.push(...(lines.length > 0 ? [''] : []), row([group, ...HEAD], width));
    for (const figure of figures) if (figure.group === group) lines.push(row(cellsOf(figure), width));
  }
  return lines.join('\n');
}

function cellsOf(figure: Figure): string[] {
  const { what, valuesMs, p99Ms, cpuMs, aimMs } = figure;
  const whole = (values: number[] | null) => (values ? median(values).toFixed(0) : '');
  const judged = aimMs === null ? ['', ''] : [`≤ ${aimMs}`, isMet(figure) ? 'met' : 'missed'];
  return [what, whole(valuesMs), Math.max(...valuesMs).toFixed(0), whole(p99Ms), whole(cpuMs), ...judged];
}

function row([what, ...rest]: string[], width: number): string {
  const cells = rest.map((cell, i) => (i === rest.length - 1 ? `  ${cell}` : cell.padStart(8)));
  return `${what!.padEnd(width)}${cells.join('')}`.trimEnd();
}
