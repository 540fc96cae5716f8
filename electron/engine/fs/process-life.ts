/** Whether a process that left its name somewhere still runs. */
import fs from 'node:fs';

/** Where the system tells (Linux): clock ticks from boot to the start of a process, decimal; tells an old pid's new process apart. */
export function startTimeOf(pid: number): string | null {
  return statOf(pid)?.[19] ?? null;
}

/**
 * A process that has ended and that nobody has asked for its end yet (a zombie) does not run: under some init programs
 * those stay for seconds.
 *
 * @param startTime as `startTimeOf` told; null: not known
 */
export function isRunning(pid: number, startTime: string | null): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const stat = statOf(pid);
  if (stat === null) return true;
  const [state] = stat;
  if (state === 'Z' || state === 'X') return false;
  return startTime === null || stat[19] === startTime;
}

/** Fields of /proc/PID/stat from the third on; the name before them is in parentheses and may hold anything (proc(5)). */
function statOf(pid: number): string[] | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
