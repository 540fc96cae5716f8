/** A run is killed while what it sent is held on the way; the server gets it after the next run has begun. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { runCli } from '../helpers/cli.ts';
import { startFaultProxy, type FaultProxy } from '../helpers/fault-proxy.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';

const MESSAGES = 5;
/** After sign-in, in the middle of the mail. */
const HELD_AT = 6_000;
const HELD_MS = 3_000;
const KILLED_AFTER_MS = 1_500;

let folder: string;
let line: FaultProxy;
afterEach(async () => {
  await line.stop();
  fs.rmSync(folder, { recursive: true });
});

describeWith(['dovecot'], 'octets that come late', () => {
  test('are waited for by the run after, which sends nothing twice', async () => {
    const server = await dovecot({ format: 'maildir', tls: false });
    const [source, target] = [await server.user(), await server.user()];
    const filler = await RawImap.signIn(server, source);
    for (let i = 0; i < MESSAGES; i++) {
      await filler.append('INBOX', Buffer.from(`Subject: letter ${i}\r\n\r\n${'kept whole\r\n'.repeat(300)}`));
    }
    await filler.close();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-late-'));
    line = await startFaultProxy(server.port);
    const env = { SOURCE_PW: source.password, TARGET_PW: target.password };
    const args = [
      'migrate',
      `imap+insecure://${source.name}@127.0.0.1:${server.port}`,
      `imap+insecure://${target.name}@127.0.0.1:${line.port}`,
      ...['--source-password-env', 'SOURCE_PW', '--target-password-env', 'TARGET_PW'],
      ...['--state', path.join(folder, 'state')],
    ];

    line.arm({ kind: 'delay', direction: 'up', at: HELD_AT, ms: HELD_MS });
    const begunMs = performance.now();
    const killed = await runCli(args, { env, timeoutMs: KILLED_AFTER_MS });
    expect(killed.signal).toBe('SIGKILL');
    expect(line.hasStruck()).toBe(true);
    line.arm(null);
    const again = await runCli(args, { env, timeoutMs: 60_000 });
    expect(again.code, again.stderr).toBe(0);

    // Nothing is on its way any more.
    await sleep(Math.max(0, begunMs + 2 * HELD_MS - performance.now()));
    const there = await RawImap.signIn(server, target);
    expect((await there.select('INBOX')).exists).toBe(MESSAGES);
    await there.close();
  });
});
