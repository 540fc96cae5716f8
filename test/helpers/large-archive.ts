/** An archive of 200,000 messages and more, the same for everybody, made once and kept. */
import fs from 'node:fs';
import path from 'node:path';
import { createArchive } from '../../electron/engine/archive/open-archive.ts';
import { parseFlags } from '../../electron/engine/flags.ts';
import type { Sink } from '../../electron/engine/sink.ts';
import { systemClock } from '../../electron/node/clock.ts';
import type { SpecialUse } from '../../shared/mailbox.ts';
import { below, pick, seeded, type Random } from '../bench/random.ts';

export interface LargeArchiveOptions {
  /** Default 200,000. */
  messages?: number;
  /** Default `.cache/archive-<messages>` below the folder that the process was started in. */
  folder?: string;
}

/** Raised with every change of what is made. */
const VERSION = 1;
const UID_VALIDITY = 1;
const FIRST_MS = Date.UTC(2008, 0, 1);
const LAST_MS = Date.UTC(2026, 10, 20);
const FOLDERS: [path: string, use: SpecialUse | null, share: number][] = [
  ['INBOX', 'inbox', 0.6],
  ['Sent', 'sent', 0.15],
  ['Archive', 'archive', 0.15],
  ['Archive/Projects', null, 0.06],
  ['Junk', 'junk', 0.04],
];

/**
 * Messages of about 2 KB: half of them plain text, the others with HTML; one in twelve with an attachment. Half a minute
 * the first time.
 *
 * @returns its folder; leave it as it is, for others use it too
 */
export async function largeArchive(options: LargeArchiveOptions = {}): Promise<string> {
  const messages = options.messages ?? 200_000;
  const folder = options.folder ?? path.resolve('.cache', `archive-${messages}`);
  const mark = path.join(folder, `made-by-test-${VERSION}`);
  if (fs.existsSync(mark)) return folder;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const archive = await createArchive(folder, { layout: 'mbox', account: 'mira@example.org', clock: systemClock });
  const sink = archive.sink();
  const random = seeded(20_261_124);
  const vocabulary = makeVocabulary(random);
  for (const [name, use, share] of FOLDERS) {
    await fill(sink, { name, use, messages: Math.round(messages * share), random, vocabulary });
  }
  await sink.close();
  fs.writeFileSync(mark, '');
  return folder;
}

interface Filling {
  name: string;
  use: SpecialUse | null;
  messages: number;
  random: Random;
  vocabulary: string[];
}

async function fill(sink: Sink, { name, use, messages, random, vocabulary }: Filling): Promise<void> {
  const source = {
    ...{ path: name, delimiter: '/', specialUse: use, selectable: true, subscribed: true, messages, unseen: null },
    ...{ uidValidity: UID_VALIDITY, uidNext: messages + 1, highestModSeq: null, sizeBytes: null },
  };
  const mailbox = await sink.prepare({ source, targetPath: name, targetSpecialUse: use });
  const lane = await sink.openLane();
  const writer = lane.writer(mailbox, UID_VALIDITY, () => undefined);
  for (let uid = 1; uid <= messages; uid++) {
    const sentMs = FIRST_MS + Math.floor(((LAST_MS - FIRST_MS) * uid) / messages) + below(random, 3_600_000);
    const raw = makeMessage(random, vocabulary, `${name}.${uid}`, sentMs);
    const internalDate = `${new Date(sentMs + 2000).toISOString().slice(0, 19)}Z`;
    writer.begin({ uid, flags: makeFlags(random), internalDate, sizeBytes: raw.length });
    writer.chunk(raw);
    writer.end();
    const wait = writer.pressure();
    if (wait) await wait;
  }
  await writer.flush();
  await lane.close();
}

function makeFlags(random: Random) {
  const flags = [];
  if (random() < 0.9) flags.push('\\Seen');
  if (random() < 0.03) flags.push('\\Flagged');
  if (random() < 0.2) flags.push('\\Answered');
  return parseFlags(flags.join(' '));
}

const SYLLABLES =
  'ba be bi bo da der di do fa fen gel ger ha hin ka ken kor la len lo ma mer mi na nor pa per ra ren ro sa sen sol ta ter ti to va ver vi wa wen zu über müh größ'.split(
    ' ',
  );
const COMMON =
  'the of and to in that for with you your this from have we are will be on it is und der die das mit für nicht ein ist von im dem Sie wir auch meeting invoice project budget schedule attached regards thanks please review customer contract delivery server update release Rechnung Angebot Termin Lieferung Müller Grüße'.split(
    ' ',
  );
const NAMES =
  'Anna Ben Clara David Emma Finn Greta Hannes Ida Jonas Klara Leon Mia Noah Olga Paul Rosa Simon Tilda Uwe Vera Willi'.split(
    ' ',
  );
const FAMILIES =
  'Müller Schmidt Brandt Keller Vogel Lindqvist Moreau Novák Rossi García Smith Taylor Okafor Tanaka Jansen Kowalski'.split(
    ' ',
  );

/** 60,000 rarer words, as a real archive has them. */
function makeVocabulary(random: Random): string[] {
  return Array.from({ length: 60_000 }, () =>
    Array.from({ length: 2 + below(random, 4) }, () => pick(random, SYLLABLES)).join(''),
  );
}

/** Few words are frequent, many are rare. */
function word(random: Random, vocabulary: string[]): string {
  if (random() < 0.6) return pick(random, COMMON);
  return vocabulary[Math.floor(vocabulary.length * random() ** 3)]!;
}

function sentence(random: Random, vocabulary: string[], words: number): string {
  let text = word(random, vocabulary);
  for (let i = 1; i < words; i++) text += ` ${word(random, vocabulary)}`;
  return text;
}

function paragraphs(random: Random, vocabulary: string[], count: number): string[] {
  return Array.from({ length: count }, () => `${sentence(random, vocabulary, 12 + below(random, 3))}.`);
}

const encoded = (text: string): string => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

function makeMessage(random: Random, vocabulary: string[], id: string, sentMs: number): Buffer {
  const given = pick(random, NAMES);
  const family = pick(random, FAMILIES);
  const lines = paragraphs(random, vocabulary, 5 + below(random, 20));
  const head = [
    'Received: from mx.example.net (mx.example.net [192.0.2.7]) by mail.example.org with ESMTPS',
    `From: ${encoded(`${given} ${family}`)} <${given.toLowerCase()}.${below(random, 400)}@example.com>`,
    'To: Mira Brandt <mira@example.org>',
    `Subject: ${encoded(`${random() < 0.4 ? 'Re: ' : ''}${sentence(random, vocabulary, 3 + below(random, 6))}`)}`,
    `Date: ${new Date(sentMs).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@bench.example.org>`,
    'MIME-Version: 1.0',
  ];
  const text = lines.join('\r\n');
  const kind = random();
  if (kind < 0.5) return message([...head, 'Content-Type: text/plain; charset=utf-8', ''], text);
  const html = `<html><head><style>p { margin: 0 }</style></head><body>${lines.map((l) => `<p>${l}</p>`).join('\r\n')}</body></html>`;
  const parts = [part('text/plain; charset=utf-8', text), part('text/html; charset=utf-8', html)];
  const mixed = kind > 0.92;
  if (mixed) parts.push(attachment(random));
  const type = mixed ? 'multipart/mixed' : 'multipart/alternative';
  return message([...head, `Content-Type: ${type}; boundary="b0undary"`, ''], `${parts.join('')}--b0undary--`);
}

const message = (head: string[], body: string): Buffer => Buffer.from(`${head.join('\r\n')}\r\n${body}\r\n`);

function part(type: string, body: string): string {
  return `--b0undary\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}\r\n`;
}

function attachment(random: Random): string {
  const name = `report-${below(random, 5000)}.pdf`;
  const body = Buffer.alloc(600, below(random, 256)).toString('base64');
  return `--b0undary\r\nContent-Type: application/pdf; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n`;
}
