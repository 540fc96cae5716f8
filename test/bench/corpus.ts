/** Seeded corpora, written straight into Maildir++ trees: the same octets on every machine. */
import fs from 'node:fs';
import path from 'node:path';

export type CorpusName = 'mixed' | 'small' | 'tiny';

export interface Corpus {
  name: CorpusName;
  /** Maildir++ root: `cur` is INBOX, `.Name/cur` the mailbox Name. Files are named `N.bench:2,S`. */
  folder: string;
  messages: number;
  bytes: number;
  mailboxes: number;
}

interface Shape {
  messages: number;
  mailboxes: number;
  /** Size of the nth message in octets. */
  size(random: () => number, n: number): number;
}

const MB = 1_000_000;

const SHAPES: Record<CorpusName, Shape> = {
  // Median some 10 KB, a long tail, ten messages of 20 MB and one of 100 MB: about 1.2 GB.
  mixed: {
    messages: 20_000,
    mailboxes: 26,
    size: (random, n) => {
      if (n === 7_777) return 100 * MB;
      if (n % 2_000 === 1_000) return 20 * MB;
      return Math.min(8 * MB, Math.round(10_000 * Math.exp(1.65 * gaussian(random))));
    },
  },
  small: { messages: 50_000, mailboxes: 10, size: (random) => 2_000 + Math.floor(random() * 2_000) },
  tiny: {
    messages: 300,
    mailboxes: 5,
    size: (random, n) => (n === 100 ? 3 * MB : 500 + Math.floor(random() * 20_000)),
  },
};

/** Makes the corpus below `root` unless it is there already. */
export function makeCorpus(root: string, name: CorpusName): Corpus {
  const folder = path.join(root, name);
  const done = path.join(root, `${name}.json`);
  if (fs.existsSync(done)) return JSON.parse(fs.readFileSync(done, 'utf8')) as Corpus;
  fs.rmSync(folder, { recursive: true, force: true });
  const shape = SHAPES[name];
  const random = mulberry32(20_261_124);
  const pool = textPool(random);
  const folders = Array.from({ length: shape.mailboxes }, (_, m) => mailboxFolder(folder, m));
  let bytes = 0;
  for (let n = 0; n < shape.messages; n++) {
    // A few large mailboxes and many small ones, as people have them.
    const mailbox = folders[Math.floor(random() ** 2 * folders.length)]!;
    const raw = message(n, shape.size(random, n), pool, random);
    bytes += raw.length;
    fs.writeFileSync(path.join(mailbox, `${1_700_000_000 + n}.${n}.bench:2,${n % 5 === 0 ? '' : 'S'}`), raw);
  }
  const corpus = { name, folder, messages: shape.messages, bytes, mailboxes: shape.mailboxes };
  fs.writeFileSync(done, JSON.stringify(corpus));
  return corpus;
}

function mailboxFolder(root: string, m: number): string {
  const at = m === 0 ? root : path.join(root, `.Folder${m}`);
  for (const part of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(at, part), { recursive: true });
  return path.join(at, 'cur');
}

function message(n: number, size: number, pool: Buffer, random: () => number): Buffer {
  const head = Buffer.from(
    `Return-Path: <sender${n % 97}@example.org>\r\nReceived: from mx.example.org by imap.example.net; Mon, 4 Mar 2024 09:15:00 +0100\r\n` +
      `From: Sender ${n % 97} <sender${n % 97}@example.org>\r\nTo: You <you@example.net>\r\nSubject: Message number ${n} about this and that\r\n` +
      `Date: Mon, 4 Mar 2024 09:15:00 +0100\r\nMessage-ID: <${n}.bench@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n`,
  );
  const body = Buffer.allocUnsafe(Math.max(2, size - head.length));
  for (let at = 0; at < body.length;) {
    const from = Math.floor(random() * (pool.length / 2 / 78)) * 78;
    at += pool.copy(body, at, from, from + Math.min(pool.length / 2, body.length - at));
  }
  body.write('\r\n', body.length - 2, 'latin1');
  return Buffer.concat([head, body]);
}

/** 2 MB of lines of 76 characters, like base64 or text. */
function textPool(random: () => number): Buffer {
  const letters = 'abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/';
  const lines: string[] = [];
  for (let i = 0; i < 27_000; i++) {
    let line = '';
    for (let j = 0; j < 76; j++) line += letters[Math.floor(random() * letters.length)];
    lines.push(`${line}\r\n`);
  }
  return Buffer.from(lines.join(''), 'latin1');
}

function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
