import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createImapSink, type ImapSink } from '../../electron/engine/imap/imap-sink.ts';
import { createImapSource } from '../../electron/engine/imap/imap-source.ts';
import { openLedger } from '../../electron/engine/jobs/ledger/ledger.ts';
import { internFlags } from '../../electron/engine/flags.ts';
import { silentLog } from '../../electron/engine/ports.ts';
import type { MessageHead, MessageReceiver, Source } from '../../electron/engine/source.ts';
import { systemClock } from '../../electron/node/clock.ts';
import type { MailboxStatus } from '../../shared/mailbox.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer } from '../helpers/servers/server.ts';

interface Sample extends Omit<MessageHead, 'sizeBytes'> {
  raw: Buffer;
}

const COUNT = 2000;
const FLAGS = [
  [],
  ['\\Seen'],
  ['\\Seen', '\\Answered'],
  ['\\Flagged', 'Work'],
  ['$Forwarded', '\\Draft'],
  ['\\Deleted'],
];
const ZONES = ['+00:00', '+01:00', '-03:30', '+14:00', '-12:00'];

/** 2,000 messages from 40 bytes to 3 MB: long lines, 8-bit, bare line feeds, no final newline, braces, dots. */
const samples: Sample[] = Array.from({ length: COUNT }, (_, i) => {
  const sizes = [0, 40, 300, 2_000, 9_000, 40_000];
  const extra = i === 700 ? 3_000_000 : i === 701 ? 1_048_576 : (sizes[i % sizes.length] as number);
  const filler = ['line {12}\r\n', 'Grüße, 日本語\r\n', '.\r\n..\r\n', 'bare\nfeeds\n', `${'x'.repeat(990)}\r\n`][
    i % 5
  ] as string;
  const body = Buffer.from(filler.repeat(Math.ceil(extra / Buffer.byteLength(filler))));
  const end = i % 7 === 0 ? 'no newline at the end' : '\r\n';
  const raw = Buffer.concat([
    Buffer.from(`Subject: number ${i}\r\nMessage-ID: <${i}@test>\r\n\r\n`),
    body,
    Buffer.from(end),
  ]);
  const pad = (n: number) => String(n).padStart(2, '0');
  const internalDate = `20${pad(i % 25)}-${pad((i % 12) + 1)}-${pad((i % 28) + 1)}T${pad(i % 24)}:${pad(i % 60)}:07${ZONES[i % 5]}`;
  return { uid: i * 3 + 1, flags: internFlags(FLAGS[i % FLAGS.length] as string[]), internalDate, raw };
});

/** The one thing that Dovecot changes: it serves a bare line feed as CRLF (RFC 5322 §2.3 knows no bare ones). */
function asServed(raw: Buffer): Buffer {
  return Buffer.from(raw.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}

class Digests implements MessageReceiver {
  readonly messages = new Map<number, MessageHead & { digest: string }>();
  readonly missing: number[] = [];
  #head!: MessageHead;
  #parts: Buffer[] = [];

  begin(head: MessageHead): void {
    this.#head = head;
    this.#parts = [];
  }

  chunk(octets: Buffer): void {
    this.#parts.push(Buffer.from(octets));
  }

  end(): void {
    const digest = hash('sha256', Buffer.concat(this.#parts), 'hex');
    this.messages.set(this.#head.uid, { ...this.#head, digest });
  }

  abort(): void {
    throw new Error('a message broke off');
  }

  missed(uid: number): void {
    this.missing.push(uid);
  }

  /** Now and then a pause, so that the reader is held back while octets are under way. */
  pressure(): Promise<void> | null {
    return this.messages.size % 100 === 99 ? new Promise((resolve) => setTimeout(resolve, 1)) : null;
  }
}

/** What Dovecot offers, without what the test hides. It still understands all of it. */
function offering(...hidden: string[]): string {
  const all = 'IMAP4rev1 SASL-IR LITERAL+ ENABLE ID NAMESPACE UIDPLUS ESEARCH CONDSTORE MULTIAPPEND UNSELECT CHILDREN';
  const left = [...all.split(' '), 'LIST-STATUS', 'LIST-EXTENDED', 'SPECIAL-USE'].filter((c) => !hidden.includes(c));
  return `protocol imap {\n  imap_capability = ${left.join(' ')}\n}\n`;
}

async function connect(server: TestServer, folder: string) {
  const { name, password } = await server.user();
  const account = { user: name, endpoint: { host: server.host, port: server.port, security: 'none' as const } };
  const options = { account, credential: { password }, clock: systemClock };
  const ledger = openLedger({ folder, source: 'test', target: name, clock: systemClock, log: silentLog });
  return { sink: createImapSink({ ...options, ledger }), source: createImapSource(options), ledger };
}

const origin: MailboxStatus = {
  path: 'Samples',
  delimiter: '/',
  specialUse: null,
  selectable: true,
  subscribed: true,
  messages: COUNT,
  unseen: 0,
  uidValidity: 5,
  uidNext: COUNT * 3 + 1,
  highestModSeq: null,
  sizeBytes: null,
};

async function upload(sink: ImapSink, targetPath: string) {
  const target = await sink.prepare({ source: origin, targetPath, targetSpecialUse: null });
  const lane = await sink.openLane();
  const settled = new Map<number, unknown>();
  const writer = lane.writer(target, 5, (uid, outcome, remark) =>
    settled.set(uid, remark ? [outcome, remark] : outcome),
  );
  for (const { raw, ...head } of samples) {
    writer.begin({ ...head, sizeBytes: raw.length });
    for (let at = 0; at < raw.length; at += 50_000) {
      writer.chunk(raw.subarray(at, at + 50_000));
      await writer.pressure();
    }
    writer.end();
    await writer.pressure();
  }
  await writer.flush();
  await lane.close();
  return { target, settled };
}

async function download(source: Source, path: string) {
  const mailbox = (await source.scan()).find((m) => m.path === path) as MailboxStatus;
  const lane = await source.openLane();
  const listing = await lane.list(mailbox, { sizes: true, messageIds: true });
  const got = new Digests();
  const half = listing.uids.length >> 1;
  await Promise.all([
    lane.fetch(mailbox, listing.uidValidity, listing.uids.subarray(0, half), got),
    lane.fetch(mailbox, listing.uidValidity, listing.uids.subarray(half), got),
  ]);
  await lane.close();
  return { listing, got };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wire-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ['MULTIAPPEND', []],
  ['pipelined APPEND', ['MULTIAPPEND']],
  ['waiting APPEND', ['MULTIAPPEND', 'LITERAL+']],
])('2,000 messages through %s and back from Dovecot', (_mode, hidden) => {
  test('are the same octets with the same flags, keywords and dates, each in the place that the ledger says', async () => {
    const server = await dovecot({
      format: 'maildir',
      separator: '/',
      config: `${offering(...hidden)}mail_save_crlf = yes\n`,
    });
    const { sink, source, ledger } = await connect(server, folder);
    const path = 'Übertragen/日本 & co';
    const { target, settled } = await upload(sink, path);
    expect([...settled.values()].filter((outcome) => outcome !== 'stored')).toEqual([]);
    expect(settled.size).toBe(COUNT);
    expect(target.placing.openIntents()).toEqual([]);

    const { listing, got } = await download(source, path);
    expect(got.missing).toEqual([]);
    expect(listing.messageIds).toEqual(samples.map((_, i) => `<${i}@test>`));
    const places = target.placing.targetUids(
      5,
      samples.map(({ uid }) => uid),
    );
    samples.forEach(({ raw, flags, internalDate }, i) => {
      const at = got.messages.get(places[i] as number);
      const expected = {
        digest: hash('sha256', asServed(raw), 'hex'),
        flags,
        instant: Date.parse(internalDate as string),
      };
      expect(
        { digest: at?.digest, flags: at?.flags, instant: Date.parse(at?.internalDate ?? '') },
        `message ${i}`,
      ).toEqual(expected);
    });
    await Promise.all([sink.close(), source.close(), ledger.close()]);
  });
});
