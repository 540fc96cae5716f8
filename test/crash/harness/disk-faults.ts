/** A disk that fails at one durable step of a run, once or from there on. */
import fs from 'node:fs';
import { setDurableHook, type DurableOp, type DurableStep } from '../../../electron/engine/fs/durable.ts';

export interface DiskFault {
  name: string;
  code: 'ENOSPC' | 'EIO' | 'EROFS' | 'ENOENT';
  /** Once: the next step goes well again. Lasting: until the disk is mended. */
  lasting: boolean;
  /** Half of the octets of a write arrive before it fails; 'and-goes-on': and then it does not fail. */
  short?: 'and-fails' | 'and-goes-on';
}

export const DISK_FAULTS: DiskFault[] = [
  { name: 'full for a moment', code: 'ENOSPC', lasting: false },
  { name: 'full from there on', code: 'ENOSPC', lasting: true },
  { name: 'full in the middle of a write', code: 'ENOSPC', lasting: true, short: 'and-fails' },
  { name: 'a write in two halves', code: 'ENOSPC', lasting: false, short: 'and-goes-on' },
  { name: 'an error of the disk', code: 'EIO', lasting: false },
  { name: 'a disk that is gone from there on', code: 'EIO', lasting: true },
  { name: 'a disk that turns read-only', code: 'EROFS', lasting: true },
  { name: 'a folder that is gone from there on', code: 'ENOENT', lasting: true },
];

/** A full disk still lets go of what is there. */
const FREES: DurableOp[] = ['unlink', 'truncate'];

/** Durable steps at which a fault can strike. */
export function canStrike({ code, short }: DiskFault, { op, phase }: DurableStep): boolean {
  if (phase === 'after') return false;
  if (short) return op === 'write';
  return code !== 'ENOSPC' || !FREES.includes(op);
}

/** Count the steps of a run at which each fault can strike. */
export async function countStrikes(run: () => Promise<void>): Promise<Map<DiskFault, number>> {
  const counts = new Map(DISK_FAULTS.map((fault) => [fault, 0]));
  setDurableHook((step) => {
    for (const fault of DISK_FAULTS) {
      if (canStrike(fault, step as DurableStep)) counts.set(fault, counts.get(fault)! + 1);
    }
  });
  try {
    await run();
  } finally {
    setDurableHook(null);
  }
  return counts;
}

/** @param nth of the steps at which it can strike, from 0 on @returns where it struck; null: the run had fewer steps */
export async function withDiskFault(fault: DiskFault, nth: number, run: () => Promise<void>): Promise<string | null> {
  const disk = new FailingDisk(fault, nth);
  disk.connect();
  try {
    await run();
  } finally {
    disk.mend();
  }
  return disk.struckAt;
}

const real = { writeSync: fs.writeSync, ftruncateSync: fs.ftruncateSync };

class FailingDisk {
  struckAt: string | null = null;
  readonly #fault: DiskFault;
  readonly #nth: number;
  #seen = 0;
  /** The next write arrives by half. */
  #halves = false;

  constructor(fault: DiskFault, nth: number) {
    this.#fault = fault;
    this.#nth = nth;
  }

  connect(): void {
    setDurableHook((step) => this.#step(step as DurableStep));
    fs.writeSync = ((...[fd, octets, at, length, position]: WriteArguments) => {
      const asked = this.#length(length);
      return real.writeSync(fd, octets, at, asked, position);
    }) as typeof fs.writeSync;
    fs.ftruncateSync = (fd, length) => {
      if (this.struckAt !== null && this.#fault.lasting && this.#fault.code !== 'ENOSPC')
        throw this.#error('ftruncate');
      real.ftruncateSync(fd, length);
    };
  }

  mend(): void {
    setDurableHook(null);
    Object.assign(fs, real);
  }

  #step(step: DurableStep): void {
    const { short, lasting } = this.#fault;
    if (!canStrike({ ...this.#fault, ...(this.struckAt === null ? {} : { short: undefined }) }, step)) return;
    const { op, path } = step;
    if (this.struckAt !== null) {
      if (lasting && !this.#halves) throw this.#error(op, path);
      return;
    }
    if (this.#seen++ < this.#nth) return;
    this.struckAt = `${op} ${path}`;
    if (!short) throw this.#error(op, path);
    this.#halves = true;
  }

  /** Octets that this write takes. @throws once the half of a failing write is on the disk */
  #length(asked: number): number {
    if (this.#halves) {
      this.#halves = false;
      return asked >> 1;
    }
    if (this.struckAt !== null && this.#fault.short === 'and-fails') throw this.#error('write');
    return asked;
  }

  #error(syscall: string, path?: string): NodeJS.ErrnoException {
    const { code } = this.#fault;
    return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall, ...(path ? { path } : {}) });
  }
}

type WriteArguments = [fd: number, octets: Buffer, at: number, length: number, position: number];
