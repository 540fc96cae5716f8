/** The states in which a power cut may leave a disk. */
import type { Disk } from './disk.ts';
import { intern, type Octets, type Tree } from './tree.ts';

/** The name says what becomes of what was not synced: first the names, then the octets. */
export const POWER_STATES: { name: string; of: (disk: Disk, seed: number) => Tree }[] = [
  { name: 'names lost, octets lost', of: (disk) => disk.afterPowerCut('synced', (synced) => synced) },
  { name: 'names kept, octets lost', of: (disk) => disk.afterPowerCut('seen', (synced) => synced) },
  { name: 'names kept, octets torn', of: (disk) => disk.afterPowerCut('seen', torn) },
  { name: 'names kept, octets zero', of: (disk) => disk.afterPowerCut('seen', zeroed) },
  { name: 'names lost, octets kept', of: (disk) => disk.afterPowerCut('synced', (_, seen) => seen) },
  { name: 'names kept, octets by lot', of: (disk, seed) => disk.afterPowerCut('seen', byLot(seed)) },
  { name: 'names lost, octets by lot', of: (disk, seed) => disk.afterPowerCut('synced', byLot(seed + 7)) },
];

/** The first half of what was written since the sync arrived; a file that was only cut has its old length. */
function torn(synced: Octets, seen: Octets): Octets {
  const same = commonStart(synced.bytes, seen.bytes);
  if (same === seen.bytes.length) return synced;
  return intern(seen.bytes.subarray(0, same + ((seen.bytes.length - same) >> 1)));
}

/** The file has its new length and the octets did not arrive, as file systems without ordered data leave it. */
function zeroed(synced: Octets, seen: Octets): Octets {
  const octets = Buffer.alloc(seen.bytes.length);
  synced.bytes.copy(octets, 0, 0, commonStart(synced.bytes, seen.bytes));
  return intern(octets);
}

/** Each file on its own: the same lot for the same step, so that a failure can be looked at again. */
function byLot(seed: number): (synced: Octets, seen: Octets) => Octets {
  let state = (seed * 2_654_435_761) >>> 0;
  const fates = [(synced: Octets) => synced, (_: Octets, seen: Octets) => seen, torn, zeroed];
  return (synced, seen) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return fates[(state >>> 16) % fates.length]!(synced, seen);
  };
}

function commonStart(a: Buffer, b: Buffer): number {
  const most = Math.min(a.length, b.length);
  let same = 0;
  while (same < most && a[same] === b[same]) same++;
  return same;
}
