/** Puts the result of a run into docs/performance.md, between the marks that are there for it. */
import fs from 'node:fs';
import path from 'node:path';

const FILE = path.resolve(import.meta.dirname, '../../docs/performance.md');

/** @throws Error when the marks of this corpus are not in the file */
export function writeResult(corpus: string, text: string, file: string = FILE): void {
  const before = fs.readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- bench ${corpus} -->`, `<!-- end of bench ${corpus} -->`];
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${begin} … ${end} to put the result in.`);
  const block = `${begin}\n\n\`\`\`\n${text.trim()}\n\`\`\`\n\n`;
  fs.writeFileSync(file, before.slice(0, from) + block + before.slice(to));
}
