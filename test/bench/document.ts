/** Puts the results of a run into docs/performance.md, between the marks that are there for them. */
import fs from 'node:fs';
import path from 'node:path';
import type { Verdict } from './aims.ts';
import { drawVerdicts } from './picture.ts';

const DOCS = path.resolve(import.meta.dirname, '../../docs');
const FILE = path.join(DOCS, 'performance.md');
const PICTURE = path.join(DOCS, 'performance.svg');

/** @throws Error when the marks of this set are not in the file */
export function writeResult(set: string, text: string, file: string = FILE): void {
  const before = fs.readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- bench ${set} -->`, `<!-- end of bench ${set} -->`];
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${begin} … ${end} to put the result in.`);
  const block = `${begin}\n\n\`\`\`\n${text.trim()}\n\`\`\`\n\n`;
  fs.writeFileSync(file, before.slice(0, from) + block + before.slice(to));
}

export function writePicture(verdicts: readonly Verdict[], file: string = PICTURE): void {
  fs.writeFileSync(file, drawVerdicts(verdicts));
}
