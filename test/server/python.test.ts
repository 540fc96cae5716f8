import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nastyMessages } from '../helpers/nasty-messages.ts';
import { readMboxWithPython } from '../helpers/python/read-mbox.ts';
import { describeWith } from '../helpers/servers/available.ts';

const sha256 = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex');
const quote = (raw: Buffer): Buffer =>
  Buffer.from(raw.toString('latin1').replace(/(^|\n)(>*From )/g, '$1>$2'), 'latin1');

describeWith(['python3'], "Python's mailbox module", () => {
  test('finds every nasty message in an mboxrd file, whatever it holds', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mf-py-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'nasty.mbox');
    const separator = Buffer.from('From - Mon Mar  4 09:15:00 2024\n');
    const messages = nastyMessages();
    writeFileSync(file, Buffer.concat(messages.flatMap(({ raw }) => [separator, quote(raw), Buffer.from('\n\n')])));
    const [found] = readMboxWithPython([file]);
    // The line end added to each belongs to the file format; Python leaves it on the message.
    const expected = messages.map(({ raw }) => sha256(Buffer.concat([raw, Buffer.from('\n')])));
    expect(found!.map((message) => message.sha256)).toEqual(expected);
  });
});
