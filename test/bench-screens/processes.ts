/** Processor time of a process and all below it, from /proc. */
import fs from 'node:fs';

/** Of a clock tick: Linux counts a hundred a second for every program. */
const TICK_MS = 10;

interface Stat {
  parent: number;
  cpuMs: number;
}

/** @returns null where there is no /proc */
export function cpuOfTree(pid: number): number | null {
  if (!fs.existsSync('/proc/self/stat')) return null;
  const stats = new Map<number, Stat>();
  for (const name of fs.readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? read(Number(name)) : null;
    if (stat) stats.set(Number(name), stat);
  }
  const isBelow = (at: number): boolean => at === pid || (stats.has(at) && isBelow(stats.get(at)!.parent));
  return [...stats].reduce((sum, [at, { cpuMs }]) => sum + (isBelow(at) ? cpuMs : 0), 0);
}

function read(pid: number): Stat | null {
  try {
    // The name is in brackets and may hold anything.
    const [, fields] = /\) (.*)$/s.exec(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const numbers = fields!.split(' ').map(Number);
    return { parent: numbers[1]!, cpuMs: (numbers[11]! + numbers[12]!) * TICK_MS };
  } catch {
    // It ended meanwhile.
    return null;
  }
}
