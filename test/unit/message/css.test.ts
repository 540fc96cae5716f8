import { expect, test } from 'vitest';
import { cleanStyleSheet } from '../../../electron/engine/message/html/css.ts';
import { findFaults } from './page-check.ts';

test.for([
  ['keeps a class that is called url', 'a.url{color:red}', 'a.url{color:red}\n'],
  ['keeps a word that is no address', 'b{background:url\n', 'b{background:url}\n'],
  ['drops a rule with an address in its selector', 'a:not(url(x)){color:red} b{color:blue}', 'b{color:blue}\n'],
  ['drops a query with an address in it', '@media (url(x)){b{color:red}} b{color:blue}', 'b{color:blue}\n'],
] as const)('a style sheet %s', ([, css, expected]) => {
  const clean = cleanStyleSheet(css);
  expect(clean).toBe(expected);
  expect(findFaults(`<style>${clean}</style>`)).toEqual([]);
});
