/** What a job says of its end, on a line of a known width: the line is slow enough for the machine not to matter. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_RULES, type JobHandle } from '../../electron/engine/engine.ts';
import type { JobSnapshot } from '../../shared/job.ts';
import { accessTo, testEngine } from '../helpers/account.ts';
import { startCappedProxy } from '../helpers/capped-proxy.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

const BYTES_PER_SECOND = 600_000;
/** Of the time left. */
const MOST_ERROR = 0.2;
/** Nothing is told apart below that: a look at the clock in the middle of a group that becomes durable as one. */
const LEAST_ERROR_MS = 1500;
/** A command of 3 MB takes five seconds on this line, and half of it is not seen. */
const UPLOAD_ERROR_MS = 2500;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-time-left-'));
const engine = testEngine(path.join(folder, 'state'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const OPTIONS = { only: [], skip: [], since: null, lanes: 4, bytesPerSecond: null, dateFromHeader: false };
const UPLOAD = { ...OPTIONS, rules: DEFAULT_RULES, proof: 'none' } as const;

type Shape = [mailbox: string, messages: number, sizeBytes: number][];

async function filled(server: TestServer, shape: Shape): Promise<TestUser> {
  const user = await server.user();
  const imap = await RawImap.signIn(server, user);
  for (const [mailbox, messages, sizeBytes] of shape) {
    if (mailbox !== 'INBOX') await imap.create(mailbox);
    for (let n = 0; n < messages; n++)
      await imap.append(
        mailbox,
        Buffer.from(`Subject: ${n}\r\n\r\n`.padEnd(sizeBytes, 'Rain on the harbour wall.\r\n')),
      );
  }
  await imap.close();
  return user;
}

/** Of each snapshot after the first tenth of the transfer: how long it really took from there, and what was said. */
async function told(job: JobHandle): Promise<{ leftMs: number; etaMs: number | null }[]> {
  const seen: JobSnapshot[] = [];
  job.subscribe((snapshot) => void seen.push(snapshot));
  expect(await job.result).toMatchObject({ state: 'complete' });
  const moving = seen.filter(({ phase }) => phase === 'transferring');
  const startMs = moving[0]!.elapsedMs;
  const endMs = moving.at(-1)!.elapsedMs;
  expect(endMs - startMs).toBeGreaterThan(5000);
  return moving
    .filter(({ elapsedMs }) => elapsedMs - startMs > 0.1 * (endMs - startMs) && elapsedMs < endMs)
    .map(({ elapsedMs, etaMs }) => ({ leftMs: endMs - elapsedMs, etaMs }));
}

describeWith(['dovecot', 'openssl'], 'the time left', () => {
  test('of a steady backup and a steady restore is right to a fifth after the first tenth', async () => {
    const server = await dovecot({ format: 'mdbox', config: 'mail_fsync = never' });
    const user = await filled(server, [['INBOX', 200, 40_000]]);
    const proxy = await startCappedProxy(server.port, BYTES_PER_SECOND);
    const archive = path.join(folder, 'steady');
    const target = await server.user();
    const jobs: [leastMs: number, start: () => JobHandle][] = [
      [LEAST_ERROR_MS, () => engine.backup(accessTo(proxy, user), archive, null, { ...OPTIONS, mirror: 'off' })],
      [UPLOAD_ERROR_MS, () => engine.restore(archive, accessTo(proxy, target), UPLOAD)],
    ];
    for (const [leastMs, start] of jobs) {
      const says = await told(start());
      expect(says.length).toBeGreaterThan(1);
      for (const { leftMs, etaMs } of says)
        expect(Math.abs(etaMs! - leftMs), `${etaMs} ms said, ${leftMs} ms left`).toBeLessThan(
          Math.max(leastMs, MOST_ERROR * leftMs),
        );
    }
    await proxy.stop();
  });

  test('of few large messages and then many small ones is right to a fifth of the whole', async () => {
    const server = await dovecot({ format: 'mdbox', config: 'mail_fsync = never' });
    const user = await filled(server, [
      ['INBOX', 8, 400_000],
      ['Many', 2_000, 700],
    ]);
    const proxy = await startCappedProxy(server.port, BYTES_PER_SECOND);
    const options = { ...OPTIONS, mirror: 'off' } as const;
    const says = await told(engine.backup(accessTo(proxy, user), path.join(folder, 'mixed'), null, options));
    const wholeMs = says[0]!.leftMs / 0.9;
    expect(says.length).toBeGreaterThan(20);
    for (const { leftMs, etaMs } of says)
      expect(Math.abs(etaMs! - leftMs), `${etaMs} ms said, ${leftMs} ms left`).toBeLessThan(
        Math.max(LEAST_ERROR_MS, MOST_ERROR * wholeMs),
      );
    await proxy.stop();
  });
});
