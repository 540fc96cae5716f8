/**
 * `npm test [-- FILTER …]`: sets up what the tests need, runs them and sums them up. FILTER is a folder of test/
 * (unit, server, crash …), a part of a file's path, or an option of vitest.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureNode24, ensureNodeModules, root } from './lib/packages.mjs';
import { runToEnd } from './lib/run.mjs';
import { prepareServers, sayUnavailable } from './lib/servers.mjs';

const WITHOUT_SERVERS = /^test\/(unit|conformance|hostile|fuzz)\//;

const args = process.argv.slice(2).map((arg) => (existsSync(join(root, 'test', arg)) ? `test/${arg}/` : arg));
ensureNodeModules();
const node = ensureNode24();
const filters = args.filter((arg) => !arg.startsWith('-'));
const serversNeeded = filters.length === 0 || !filters.every((arg) => WITHOUT_SERVERS.test(arg));
const unavailable = { ...(serversNeeded ? prepareServers() : {}), ...unwanted() };
sayUnavailable(unavailable);

const summaryPath = join(root, '.cache', `test-summary-${process.pid}.json`);
mkdirSync(join(root, '.cache'), { recursive: true });
const reporters = ['--reporter=default', `--reporter=${join(root, 'scripts/lib/summary-reporter.mjs')}`];
const { code, signal } = await runToEnd(
  node.path,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args],
  {
    cwd: root,
    env: {
      ...process.env,
      PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
      MAILFERRY_TEST_SKIP: JSON.stringify(unavailable),
      MAILFERRY_TEST_SUMMARY: summaryPath,
    },
  },
);
const { passed, failed, skipped } = readSummary();
printSkipped(skipped);
const failures = failed > 0 || code === 0 ? failed : 1;
console.log(`${passed} passed, ${failures} failed`);
process.exitCode = failures > 0 || signal || passed === 0 ? 1 : 0;

/** MAILFERRY_TEST_SKIP=courier,strace leaves suites out by hand. */
function unwanted() {
  const names = (process.env.MAILFERRY_TEST_SKIP ?? '').split(',').filter((name) => /^\w+$/.test(name));
  return Object.fromEntries(names.map((name) => [name, `${name} is left out by MAILFERRY_TEST_SKIP.`]));
}

/** A run that was cut off has no summary, and that is a failure. */
function readSummary() {
  try {
    return JSON.parse(readFileSync(summaryPath, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  } finally {
    rmSync(summaryPath, { force: true });
  }
}

function printSkipped(tests) {
  const groups = new Map();
  for (const { file, test, reason } of tests) {
    const why = reason ?? 'no reason given';
    groups.set(why, [...(groups.get(why) ?? []), `${file} > ${test}`]);
  }
  for (const [why, names] of groups) {
    console.log(`skipped ${names.length}: ${why}`);
    for (const name of names.slice(0, 8)) console.log(`  ${name}`);
    if (names.length > 8) console.log(`  and ${names.length - 8} more`);
  }
}
