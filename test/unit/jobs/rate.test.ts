import { describe, expect, test } from 'vitest';
import { SlidingRate } from '../../../electron/engine/jobs/rate.ts';

interface Shape {
  bytesPerSecond: number;
  step: number;
  /** Before the first octet. */
  idleMs: number;
}

/** Octets that settle in steps of so many, as the answers to commands come, at a rate that never changes. */
function steady({ bytesPerSecond, step, idleMs }: Shape) {
  return (ms: number): number => {
    const sent = (Math.max(0, ms - idleMs) * bytesPerSecond) / 1000;
    return Math.floor(sent / step) * step;
  };
}

describe('time left', () => {
  test.each<[string, Shape]>([
    ['octet by octet', { bytesPerSecond: 1_000_000, step: 10_000, idleMs: 0 }],
    ['in steps of two seconds', { bytesPerSecond: 1_000_000, step: 2_000_000, idleMs: 0 }],
    ['after a second and a half of listing', { bytesPerSecond: 1_000_000, step: 10_000, idleMs: 1500 }],
  ])('of a steady job is right to a tenth from the first tenth on: %s', (_name, shape) => {
    const done = steady(shape);
    const total = 60_000_000;
    const endMs = 60_000 + shape.idleMs;
    const rate = new SlidingRate();
    for (let ms = 0; ms < endMs; ms += 100) {
      rate.add(ms, done(ms) / 10_000, done(ms));
      if (ms < endMs / 10) continue;
      const left = rate.leftMs(ms, { messages: (total - done(ms)) / 10_000, bytes: total - done(ms) });
      expect(Math.abs(left! - (endMs - ms)), `at ${ms} ms`).toBeLessThan(0.1 * (endMs - ms) + 500);
    }
  });

  test('is told for many small messages after few large ones, which cost more than their octets', () => {
    const rate = new SlidingRate();
    for (let ms = 0; ms <= 5000; ms += 100) rate.add(ms, Math.floor(ms / 1000), ms * 500);
    // 4,000 messages of 250 octets at 500,000 octets a second: the octets alone would take 2 s.
    const left = rate.leftMs(5000, { messages: 4000, bytes: 1_000_000 })!;
    expect(left).toBeGreaterThan(3500);
    expect(left).toBeLessThan(4500);
  });

  test('is unknown before anything has come, and grows when nothing comes any more', () => {
    const rate = new SlidingRate();
    const left = { messages: 10, bytes: 1_000_000 };
    rate.add(0, 0, 0);
    expect(rate.leftMs(5000, left)).toBeNull();
    for (let ms = 5000; ms <= 8000; ms += 100) rate.add(ms, 0, ms * 100);
    const before = rate.leftMs(8000, left)!;
    expect(rate.leftMs(38_000, left)!).toBeGreaterThan(5 * before);
    expect(rate.perSecond(38_000).bytes).toBeLessThan(20_000);
  });

  test('is known by messages alone where octets are not', () => {
    const rate = new SlidingRate();
    for (let ms = 0; ms <= 3000; ms += 100) rate.add(ms, ms / 100, 0);
    expect(rate.leftMs(3000, { messages: 50, bytes: null })).toBeCloseTo(5000, -2);
    expect(rate.leftMs(3000, { messages: 0, bytes: null })).toBe(0);
  });
});
