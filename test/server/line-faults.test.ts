/** Lines to a real server that are cut at seeded octets, reset or stalled: the end is that of a good line. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { verifyArchive } from '../../electron/engine/archive/maintain.ts';
import { DEFAULT_RULES, Engine, type AccountAccess, type JobHandle } from '../../electron/engine/engine.ts';
import { openArchive } from '../../electron/engine/archive/open-archive.ts';
import { silentLog } from '../../electron/engine/ports.ts';
import { seeded } from '../bench/random.ts';
import { largeLetter, letter } from '../crash/scenarios/mail.ts';
import { accessTo, observe, plainFlags } from '../helpers/account.ts';
import { FastClock } from '../helpers/fast-clock.ts';
import { startFaultProxy, type Fault, type FaultProxy } from '../helpers/fault-proxy.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

const FAULTS_PER_JOB = 6;
/** Deadlines of minutes pass in a second. */
const CLOCK_FACTOR = 100;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-faults-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const OPTIONS = { only: [], skip: [], since: null, lanes: 2, bytesPerSecond: null, dateFromHeader: false };
const UPLOAD = { ...OPTIONS, rules: DEFAULT_RULES, proof: 'full' } as const;

async function filledUser(server: TestServer): Promise<TestUser> {
  const user = await server.user();
  const imap = await RawImap.signIn(server, user);
  await imap.create('Reisen');
  for (let n = 1; n <= 20; n++) await imap.append(n % 3 === 0 ? 'Reisen' : 'INBOX', letter(n), { flags: ['\\Seen'] });
  await imap.append('INBOX', largeLetter(30, 300_000));
  await imap.close();
  return user;
}

/** What can be seen of an account, UIDs aside: which message arrives first may differ. */
async function told(server: TestServer, user: TestUser): Promise<string[]> {
  const seen = await observe(server, user);
  const lines = [...seen].flatMap(([at, { messages }]) =>
    messages.map((m) => `${at} ${m.internalDate} [${plainFlags(m.flags).join(' ')}] ${m.raw!.toString('base64')}`),
  );
  return lines.sort();
}

function archived(at: string): Promise<string[]> {
  return openArchive(at, { mode: 'read' }).then(async (archive) => {
    const lines = archive.mailboxes().flatMap(({ path: mailbox }) =>
      [...archive.messages(mailbox)].map((m) => {
        const raw = archive.readRaw(mailbox, m.uidValidity, m.uid);
        return `${mailbox} ${m.uid} ${m.internalDate} [${m.flags.join(' ')}] ${raw.toString('base64')}`;
      }),
    );
    await archive.close();
    return lines.sort();
  });
}

interface Bench {
  proxy: FaultProxy;
  engine: Engine;
  /** By way of the proxy. */
  access: (user: TestUser) => AccountAccess;
}

describeWith(['dovecot'], 'a line to Dovecot that is cut, reset or stalled at any octet', () => {
  test('backup', async () => {
    const server = await dovecot({ format: 'mdbox' });
    const user = await filledUser(server);
    const at = (n: number): string => path.join(folder, `backup-${n}`);
    await faulty(server, {
      start: ({ engine, access }, n) => engine.backup(access(user), at(n), null, { ...OPTIONS, mirror: 'off' }),
      outcome: async (n) => {
        expect((await verifyArchive(at(n))).problems).toEqual([]);
        return archived(at(n));
      },
    });
  });

  test('restore', async () => {
    const server = await dovecot({ format: 'mdbox' });
    const source = await filledUser(server);
    const users: TestUser[] = [];
    for (let n = 0; n <= FAULTS_PER_JOB; n++) users.push(await server.user());
    const archive = path.join(folder, 'to-restore');
    const filling = new Engine({
      clock: new FastClock(CLOCK_FACTOR),
      log: silentLog,
      stateFolder: path.join(folder, 'state'),
    });
    await filling.backup(accessTo(server, source), archive, null, { ...OPTIONS, mirror: 'off' }).result;
    await faulty(server, {
      start: ({ engine, access }, n) => engine.restore(archive, access(users[n]!), UPLOAD),
      outcome: (n) => told(server, users[n]!),
    });
  });

  test('migrate', async () => {
    const server = await dovecot({ format: 'mdbox' });
    const source = await filledUser(server);
    const users: TestUser[] = [];
    for (let n = 0; n <= FAULTS_PER_JOB; n++) users.push(await server.user());
    await faulty(server, {
      start: ({ engine, access }, n) => engine.migrate(access(source), access(users[n]!), UPLOAD),
      outcome: (n) => told(server, users[n]!),
    });
  });
});

interface Work {
  start: (bench: Bench, n: number) => JobHandle;
  outcome: (n: number) => Promise<string[]>;
}

/** Number 0 runs on a good line; the others must come to the same. */
async function faulty(server: TestServer, { start, outcome }: Work): Promise<void> {
  const proxy = await startFaultProxy(server.port);
  const engine = new Engine({
    clock: new FastClock(CLOCK_FACTOR),
    log: silentLog,
    stateFolder: path.join(folder, 'state'),
  });
  const bench: Bench = { proxy, engine, access: (user) => accessTo(proxy, user) };
  proxy.arm(null);
  expect((await start(bench, 0).result).state).toBe('complete');
  const octets = proxy.passed();
  const expected = await outcome(0);
  const random = seeded(20_261_124);
  for (let n = 1; n <= FAULTS_PER_JOB; n++) {
    const direction = random() < 0.4 ? 'up' : 'down';
    const kind = (['cut', 'reset', 'cut', 'half-close', 'stall'] as const)[n % 5]!;
    const fault: Fault = { kind, direction, at: Math.floor(random() * octets[direction]) };
    proxy.arm(fault);
    const first = await start(bench, n).result;
    if (first.state !== 'complete') {
      expect(first.failure?.code).toMatch(/^(connection-lost|connection-timeout|server-stalled|server-bye)$/);
      proxy.arm(null);
      expect((await start(bench, n).result).state).toBe('complete');
    }
    expect(await outcome(n), JSON.stringify(fault)).toEqual(expected);
  }
  await proxy.stop();
}
