/** Promise 6: the password of an account is in no output, no argument, no file that a run leaves. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { filesBelow } from '../helpers/files-below.ts';
import { runCli, type CliResult } from '../helpers/cli.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-private-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function filesWith(text: string): string[] {
  return filesBelow(folder).filter((file) => fs.readFileSync(file).includes(text));
}

describeWith(['dovecot', 'openssl'], 'a password', () => {
  test('is nowhere after backup, restore, migrate and failed sign-ins, plain or as base64', async () => {
    const server = await dovecot({ format: 'maildir' });
    const [user, target, other] = [await server.user(), await server.user(), await server.user()];
    const imap = await RawImap.signIn(server, user);
    for (let i = 0; i < 3; i++) await imap.append('INBOX', Buffer.from(`Subject: ${i}\r\n\r\nbody\r\n`));
    await imap.close();
    const url = (name: string): string => `imap+insecure://${name}@127.0.0.1:${server.port}`;
    const env = { SOURCE_PW: user.password, TARGET_PW: target.password, OTHER_PW: other.password };
    const archive = path.join(folder, 'archive');
    const state = ['--state', path.join(folder, 'state')];
    const results: CliResult[] = [];
    const run = async (args: string[], code: number): Promise<void> => {
      const result = await runCli([...args, '--verbose'], { env });
      results.push(result);
      expect({ args, code: result.code, stderr: result.code === code ? '' : result.stderr }).toEqual({
        args,
        code,
        stderr: '',
      });
    };
    await run(['backup', url(user.name), archive, '--password-env', 'SOURCE_PW'], 0);
    await run(['restore', archive, url(target.name), '--password-env', 'TARGET_PW', ...state], 0);
    const passwords = ['--source-password-env', 'SOURCE_PW', '--target-password-env', 'OTHER_PW'];
    await run(
      ['migrate', url(user.name), url(other.name), ...passwords, ...state, '--report', path.join(folder, 'r.html')],
      0,
    );
    // The wrong account's password: the server refuses it, and may not make us say it.
    await run(['sizes', url(user.name), '--password-env', 'TARGET_PW'], 12);
    await run(['sizes', url(user.name), '--token-env', 'SOURCE_PW'], 12);
    expect(fs.existsSync(path.join(folder, 'r.html'))).toBe(true);
    for (const [secret, name] of [user, target, other].map((u) => [u.password, u.name] as const)) {
      const plain = Buffer.from(`\0${name}\0${secret}`).toString('base64');
      for (const text of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), plain]) {
        for (const { stdout, stderr } of results) expect(`${stdout}${stderr}`).not.toContain(text);
        expect(filesWith(text)).toEqual([]);
      }
    }
  });
});
