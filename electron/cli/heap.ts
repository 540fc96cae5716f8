import v8 from 'node:v8';

/**
 * Mail passes through in short-lived buffers. With V8's usual young generation (16 MiB and more) they pile up until the
 * process holds 200 MB; with a small one they are freed at once, which is faster too (measured: 4.0 s instead of 5.1 s
 * and 150 MB instead of 190 for a backup of 1 GB).
 */
export function useSmallHeap(): void {
  v8.setFlagsFromString('--max-semi-space-size=2');
  v8.setFlagsFromString('--semi-space-growth-factor=1');
}
