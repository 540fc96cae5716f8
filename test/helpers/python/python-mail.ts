/** The messages that Python tests its own mail reader with; Debian's package of them is only unpacked, by the set-up. */
import fs from 'node:fs';
import path from 'node:path';
import { unpackedRoot } from '../servers/unpacked.ts';
import type { BrokenMessage } from '../broken-messages.ts';

/** At the end of a name. */
export const WITH_CRLF = ' with CR LF';

/** Each as its file is, with LF, and as mail travels, with CR LF. */
export function pythonMail(): BrokenMessage[] {
  const root = unpackedRoot('python-mail');
  if (!root) throw new Error('The mail of Python’s tests is not unpacked: run `npm run setup`.');
  const folder = path.join(root, 'kept');
  const names = fs.readdirSync(folder).filter((name) => /^msg_\w+\.txt$/.test(name));
  return names.sort().flatMap((name) => {
    const raw = fs.readFileSync(path.join(folder, name));
    const text = raw.toString('latin1').replaceAll(/\r?\n/g, '\r\n');
    return [
      { name, raw },
      { name: name + WITH_CRLF, raw: Buffer.from(text, 'latin1') },
    ];
  });
}
