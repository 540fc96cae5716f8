/** Looks at /proc, so that a test can see which processes a server has and that they are gone. Linux only. */
import { readFileSync, readdirSync } from 'node:fs';

interface Entry {
  pid: number;
  parent: number;
  state: string;
}

/** Every process below this one, in no order. */
export function descendantsOf(root: number): number[] {
  const all = entries();
  const found = new Set([root]);
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  found.delete(root);
  return [...found];
}

/** Those that still run. A zombie does not: it only waits for its parent to take note. */
export function aliveOf(pids: readonly number[]): number[] {
  const running = new Set(entries().flatMap(({ pid, state }) => (state === 'Z' || state === 'X' ? [] : [pid])));
  return pids.filter((pid) => running.has(pid));
}

function entries(): Entry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readEntry(Number(name)) ?? []);
}

function readEntry(pid: number): Entry | null {
  try {
    // The program's name, in brackets, may hold blanks and brackets: look behind the last one (proc(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state = '', parent = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(parent), state };
  } catch {
    return null;
  }
}
