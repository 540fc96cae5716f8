/** Independent readers agree with us: Python's mailbox module, and whoever can compute a SHA-256. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { accessTo, observe, testEngine } from '../helpers/account.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { nastyMessages } from '../helpers/nasty-messages.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { observeMessages } from '../helpers/servers/observe.ts';
import { dovecot } from '../helpers/servers/pool.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-open-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const engine = testEngine(path.join(folder, 'state'));
const OPTIONS = {
  only: [],
  skip: [],
  since: null,
  lanes: 2,
  bytesPerSecond: null,
  dateFromHeader: false,
  mirror: 'off',
} as const;

/** Prints, for each mailbox file given, the number of messages and a digest of each with line ends and quoting undone. */
const PYTHON = `
import hashlib, json, mailbox, re, sys
out = {}
for path in sys.argv[1:]:
    box = mailbox.mbox(path, create=False)
    out[path] = []
    for key in box.keys():
        raw = box.get_bytes(key)
        raw = re.sub(rb'(?m)^>(>*From )', rb'\\1', raw)
        out[path].append(hashlib.sha256(raw.replace(b'\\r', b'').rstrip(b'\\n')).hexdigest())
print(json.dumps(out))
`;

const plainDigest = (raw: Buffer): string => {
  const text = raw.toString('latin1').replaceAll('\r', '').replace(/\n+$/, '');
  return createHash('sha256').update(Buffer.from(text, 'latin1')).digest('hex');
};

async function filledUser() {
  const server = await dovecot({ format: 'maildir', separator: '/' });
  const user = await server.user();
  await observeMessages(server, user, nastyMessages());
  const imap = await RawImap.signIn(server, user);
  for (const name of ['Archiv', 'Archiv/2019', 'Gesendet']) {
    await imap.create(name);
    for (let i = 0; i < 3; i++)
      await imap.append(name, Buffer.from(`Subject: ${name} ${i}\r\n\r\nFrom here\r\n>From there\r\n`));
  }
  await imap.close();
  return { server, user };
}

describeWith(['dovecot', 'python3'], 'an mbox archive', () => {
  test('is read by Python as the same messages in the same folders', async () => {
    const { server, user } = await filledUser();
    const archive = path.join(folder, 'mbox');
    expect(await engine.backup(accessTo(server, user), archive, 'mbox', OPTIONS).result).toMatchObject({
      state: 'complete',
    });
    const opened = await engine.openArchive(archive);
    const files = new Map(opened.mailboxes().map((m) => [m.path, path.join(archive, 'mail', m.file)]));
    await opened.close();
    const served = await observe(server, user);
    const full = [...served.values()].filter((m) => m.messages.length > 0);
    expect(full.length).toBeGreaterThanOrEqual(4);
    const output = execFileSync('python3', ['-c', PYTHON, ...full.map((m) => files.get(m.path)!)], {
      maxBuffer: 1 << 26,
    });
    const read = JSON.parse(output.toString()) as Record<string, string[]>;
    for (const { path: mailbox, messages } of full) {
      expect([mailbox, read[files.get(mailbox)!]!.toSorted()]).toEqual([
        mailbox,
        messages.map((m) => plainDigest(m.raw!)).sort(),
      ]);
    }
  });
});

describeWith(['dovecot'], 'an EML archive', () => {
  test('has in every .eml exactly the octets whose SHA-256 the journal gives', async () => {
    const { server, user } = await filledUser();
    const archive = path.join(folder, 'eml');
    expect(await engine.backup(accessTo(server, user), archive, 'eml', OPTIONS).result).toMatchObject({
      state: 'complete',
    });
    const journal = path.join(archive, 'state', 'journal');
    const records = fs
      .readdirSync(journal)
      .flatMap((name) => fs.readFileSync(path.join(journal, name), 'utf8').split('\n').filter(Boolean))
      .map(
        (line) =>
          JSON.parse(line) as {
            type: string;
            id: number;
            mailbox: number;
            file?: string;
            fingerprint?: string;
            place?: { file: string };
          },
      );
    const mailboxes = new Map(records.filter((r) => r.type === 'mailbox').map((r) => [r.id, r.file!]));
    const messages = records.filter((r) => r.type === 'message');
    expect(messages.length).toBeGreaterThan(100);
    const listed = new Set<string>();
    for (const { mailbox, place, fingerprint } of messages) {
      const file = path.join(archive, 'mail', mailboxes.get(mailbox)!, place!.file);
      expect(createHash('sha256').update(fs.readFileSync(file)).digest('hex')).toBe(fingerprint);
      listed.add(file);
    }
    const found = fs
      .readdirSync(path.join(archive, 'mail'), { recursive: true, encoding: 'utf8' })
      .filter((f) => f.endsWith('.eml'));
    expect(found.length).toBe(listed.size);
  });
});
