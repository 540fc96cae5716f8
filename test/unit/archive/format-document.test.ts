import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createArchive } from '../../../electron/engine/archive/open-archive.ts';
import { parseFlags } from '../../../electron/engine/flags.ts';
import { nastyMessages } from '../../helpers/nasty-messages.ts';
import { cleanUp, clock, freshPath, hasPython, LAYOUTS, mail, prepared, store } from './kit.ts';

cleanUp();

const document = fs.readFileSync(path.join(import.meta.dirname, '../../../docs/archive-format.md'), 'utf8');
const reader = /```python\n([\s\S]*?)```/.exec(document)![1]!;

function read(dir: string): { status: number | null; lines: string[]; errors: string } {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', reader, dir], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONUTF8: '1' },
  });
  return { status, lines: stdout.split('\n').slice(0, -1), errors: stderr };
}

describe.runIf(hasPython).each(LAYOUTS)('the Python reader in docs/archive-format.md, in %s layout', (layout) => {
  async function made(): Promise<string> {
    const dir = freshPath();
    const sink = (await createArchive(dir, { layout, account: 'a@example.org', clock })).sink();
    const nasty = nastyMessages().filter(({ raw }) => raw.length < 100_000);
    await store(
      sink,
      'INBOX',
      nasty.map(({ raw }, i) => ({ uid: i + 1, raw })),
    );
    await store(sink, 'Entwürfe/Süß', [mail(1), mail(2), mail(3)]);
    const mailbox = await prepared(sink, 'Entwürfe/Süß', { uidValidity: 8 });
    const was = mailbox.otherGenerations(8);
    await mailbox.recordRenumbered(
      8,
      was.map((detail, i) => ({ uid: i + 11, flags: parseFlags('\\Flagged'), was: detail })),
    );
    await mailbox.forget!(8, Uint32Array.of(11));
    await mailbox.recordFlags(8, [{ uid: 12, flags: parseFlags('$Fwd') }]);
    await mailbox.recordMissing(8, Uint32Array.of(13));
    await sink.close();
    return dir;
  }

  it('finds every message with its number and flags, and its SHA-256', async () => {
    const dir = await made();
    const { status, lines, errors } = read(dir);
    expect(errors).toBe('');
    expect(status).toBe(0);
    const count = nastyMessages().filter(({ raw }) => raw.length < 100_000).length;
    expect(lines.filter((line) => line.startsWith('ok  INBOX 7 '))).toHaveLength(count);
    const size = mail(2).raw.length;
    expect(lines.filter((line) => line.includes('Süß'))).toEqual([
      `ok  Entwürfe/Süß 7 2 ${size} \\Seen`,
      `ok  Entwürfe/Süß 7 3 ${size} \\Seen`,
      `ok  Entwürfe/Süß 8 12 ${size} $Fwd`,
      `ok  Entwürfe/Süß 8 13 ${size} \\Flagged`,
    ]);
  });

  it('notices a changed octet', async () => {
    const dir = await made();
    const file = path.join(dir, 'mail/Entwürfe.sbd/Süß', layout === 'mbox' ? '' : '0/7-2.eml');
    fs.writeFileSync(file, fs.readFileSync(file, 'latin1').replace('body 2', 'body !'), 'latin1');
    const { status, lines } = read(dir);
    expect(status).toBe(1);
    expect(lines.filter((line) => line.startsWith('BAD'))).toHaveLength(2);
  });
});
