/** Disks of the system's own, for as long as a test needs them. Needs `mount`: see servers/available.ts. */
import { spawnSync } from 'node:child_process';

const mounted = new Set<string>();

function run(program: string, args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

/** An empty disk of this size in an empty folder. */
export function mountSmall(folder: string, sizeBytes: number): void {
  run('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes},mode=700`, 'tmpfs', folder]);
  mounted.add(folder);
}

export function resize(folder: string, sizeBytes: number): void {
  run('mount', ['-o', `remount,size=${sizeBytes}`, folder]);
}

/** As a disk becomes after an error of its own, or a locked card. */
export function remount(folder: string, how: 'ro' | 'rw'): void {
  run('mount', ['-o', `remount,${how}`, folder]);
}

/** What is in `source` at `folder` too, where nobody may write: not even root. */
export function bindReadOnly(source: string, folder: string): void {
  run('mount', ['--bind', source, folder]);
  mounted.add(folder);
  run('mount', ['-o', 'remount,bind,ro', folder]);
}

/** Away at once, whoever has files open there, as when the plug is pulled. */
export function unmount(folder: string): void {
  if (mounted.delete(folder)) run('umount', ['--lazy', folder]);
}

/** What a failed test left. */
export function unmountAll(): void {
  for (const folder of mounted) unmount(folder);
}
