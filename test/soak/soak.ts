/** `npm run soak`: a changing mailbox, faulty lines and killed processes, for as long as somebody likes. */
import { parseArgs } from 'node:util';
import { runSoak, type SoakResult } from './run-soak.ts';

const USAGE = `npm run soak -- [options]
  --minutes N   no round begins after this (default: 20)
  --rounds N    at most so many rounds
  --seed N      another run of chance (default: the time)`;

function counts(of: Record<string, number>): string {
  return Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function summary(result: SoakResult, seed: number): string {
  const { rounds, elapsedMs, runs, complete, incomplete, lineLost, killed, resumed, faults, changes } = result;
  const { onSource, archived, atTarget, damages } = result;
  return [
    `${rounds} rounds in ${(elapsedMs / 60_000).toFixed(1)} minutes, seed ${seed}: nothing lost, nothing twice, every archive verified`,
    `runs: ${runs}: ${complete} complete, ${incomplete} incomplete, ${lineLost} ended by their line, ${killed} killed; ${resumed} went on`,
    `faults that struck: ${counts(faults)}`,
    `changes: ${counts(changes)}`,
    `at the end: ${onSource} messages at the source, ${archived} in the archive, ${atTarget} at the target`,
    ...damages.map((line) => `the server damaged its own store, and another account was begun: ${line}`),
  ].join('\n');
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const number = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : Number(text));
const minutes = number(values.minutes, 20);
const rounds = number(values.rounds, Infinity);
const seed = number(values.seed, Date.now() % 2 ** 31);
if (values.help || [minutes, rounds, seed].some((n) => Number.isNaN(n) || n < 0)) {
  console.log(USAGE);
  process.exitCode = values.help ? 0 : 64;
} else {
  const result = await runSoak({ minutes, rounds, seed, troubleMs: 8_000, say: console.log });
  console.log(summary(result, seed));
}
