/** What must be true after every run, whatever the server did. */
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { checkArchive, verifyArchive } from '../../../electron/engine/archive/maintain.ts';
import type { JobSummary } from '../../../shared/job.ts';
import type { Ending } from './case.ts';
import { PASSWORD } from './stage.ts';

const MOST_SENTENCE = 900;

export function expectEnding({ state, failure, exceptions }: JobSummary, ending: Ending): void {
  const counts: Record<string, number> = {};
  for (const { code } of exceptions) counts[code] = (counts[code] ?? 0) + 1;
  const told = exceptions.slice(0, 4).map(({ mailbox, uid, code, reason }) => `${mailbox} ${uid} ${code}: ${reason}`);
  const given: Ending = { state: state as Ending['state'] };
  if (ending.code !== undefined) given.code = failure?.code ?? 'internal';
  // Not named in the case: any but a defect of ours.
  else if (failure) expect(failure.code).not.toBe('internal');
  if (ending.exceptions) given.exceptions = counts;
  expect(given, `${failure?.message ?? ''} ${told.join('; ')}`).toEqual(ending);
  if (failure) expectSentence(failure.message);
  for (const { reason } of exceptions) expectSentence(reason);
}

/** One line that a person can read, bounded, whatever the server wrote into it. */
function expectSentence(text: string): void {
  expect(text.length).toBeLessThan(MOST_SENTENCE);
  expect(text).toMatch(/^[\p{Lu}\d"/].*[.!?"]$/u);
  expect(text).not.toMatch(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufffd]/u);
}

/** As it is, and in the ways in which it travels. */
const SECRETS = [
  PASSWORD,
  Buffer.from(PASSWORD, 'utf8').toString('latin1'),
  JSON.stringify(PASSWORD).slice(1, -1),
  ...[0, 1, 2].map((pad) => base64Core(Buffer.concat([Buffer.alloc(pad), Buffer.from(PASSWORD, 'utf8')]))),
];

/** The part of the base64 text that does not depend on what stands before and after. */
function base64Core(octets: Buffer): string {
  return octets.toString('base64').replace(/=+$/, '').slice(4, -2);
}

export function expectNoSecret(told: readonly string[], root: string): void {
  const leaks = told.filter((text) => SECRETS.some((secret) => text.includes(secret)));
  expect(leaks.slice(0, 3)).toEqual([]);
  for (const file of regularFiles(root)) {
    const octets = fs.readFileSync(file);
    for (const secret of SECRETS) expect(octets.includes(secret), `${file} holds the password`).toBe(false);
  }
}

/** Nothing but the archive, the ledgers and the test's own certificates; no links out of it; nothing huge left over. */
export function expectContained(root: string, mostBytes: number): void {
  const names = fs.readdirSync(root).filter((name) => !['archive', 'state', 'tls'].includes(name));
  expect(names).toEqual([]);
  const bytes = regularFiles(root).reduce((sum, file) => sum + fs.statSync(file).size, 0);
  expect(bytes).toBeLessThan(mostBytes);
}

function regularFiles(root: string): string[] {
  return fs.readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile() && !entry.isDirectory()) throw new Error(`${file} is neither a file nor a folder.`);
    return entry.isFile() ? [file] : [];
  });
}

/** An archive that was begun is whole. */
export async function expectWhole(archive: string): Promise<void> {
  if (!fs.existsSync(path.join(archive, 'mailferry.json'))) return;
  const { problems } = await verifyArchive(archive);
  const { findings } = await checkArchive(archive);
  expect({ problems, findings }).toEqual({ problems: [], findings: [] });
}
