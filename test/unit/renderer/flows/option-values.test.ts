import { describe, expect, it } from 'vitest';
import { parseConnections, parseSpeed } from '../../../../renderer/screens/flows/option-values.ts';

describe('typed numbers', () => {
  it.each([
    ['4', 4],
    [' 16 ', 16],
    ['', null],
    ['0', null],
    ['17', null],
    ['2.5', null],
    ['many', null],
  ])('connections of "%s" are %s', (text, count) => {
    expect(parseConnections(text)).toBe(count);
  });

  it.each([
    ['2.5', 2_500_000],
    ['2,5', 2_500_000],
    ['', null],
    ['0', null],
    ['-1', null],
    ['fast', null],
  ])('a speed of "%s" is %s', (text, bytes) => {
    expect(parseSpeed(text)).toBe(bytes);
  });
});
