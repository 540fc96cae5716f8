import v8 from 'node:v8';
import vm from 'node:vm';

/** More than V8's smallest young generation holds. */
const SURVIVORS = 6_000;

/**
 * Mail passes through in short-lived buffers. With V8's usual young generation (16 MiB and more) they pile up until the
 * process holds 200 MB; with a small one they are freed at once, which is faster too (measured: 4.0 s instead of 5.1 s
 * and 150 MB instead of 190 for a backup of 1 GB). The smallest is too small: what waits for the disk is copied again and
 * again. It begins as that, and can only be made to grow by what survives in it; then it stays as it is (measured: 55
 * collections of 80 ms instead of 230 of 130 in a backup of 1 GB, and 2 MB more; twice as large again, 5 to 8 MB more
 * for 1 % of the time). To be called before anything else makes it grow.
 */
export function keepYoungHeapSmall(): void {
  v8.setFlagsFromString('--semi-space-growth-factor=4');
  const survivors = Array.from({ length: SURVIVORS }, (_, i) => ({ i, of: [i] }));
  collector()({ type: 'minor' });
  survivors.length = 0;
  v8.setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * The old generation may grow by less than a third of what is alive in it before it is collected; V8 would let 10 MB
 * become 40. It heeds that only after a first collection, so there is one at once (measured: 134 MB instead of 157 to 169
 * for a restore of 1 GB by TLS, without more CPU time). To be called when the program is loaded: that is most of what will
 * ever be alive, and before it would be collected twice.
 */
export function keepOldHeapSmall(): void {
  v8.setFlagsFromString('--heap-growing-percent=30');
  collector()();
}

type Collect = (how?: { type: 'minor' }) => void;

function collector(): Collect {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as Collect;
  v8.setFlagsFromString('--no-expose-gc');
  return collect;
}
