/** Makes the seeded corpora as mail that Dovecot serves as it is, and keeps them for the next run. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { encodeName } from '../helpers/mailbox-name.ts';
import { runAs } from '../helpers/servers/process.ts';
import { fillMdbox } from './corpus-mdbox.ts';
import { messageMaker } from './corpus-message.ts';
import { SHAPES, type CorpusName } from './corpus-shapes.ts';
import { below, seeded, type Random } from './random.ts';

/** To be raised with every change of what is made: an older tree is then made anew. */
const VERSION = 3;
const SEED = 20_261_124;
const FIRST_MS = Date.UTC(2019, 0, 1);

/** What `a`, `b` and `c` behind a file's name mean; Dovecot reads this from the folder. */
export const KEYWORDS = ['$Forwarded', '$Label1', 'NonJunk'] as const;

export interface Corpus {
  name: CorpusName;
  store: 'maildir' | 'mdbox';
  /** Maildir++ root: `cur` is INBOX, `.A.B/cur` the mailbox A/B. Or what an mdbox has below a user's mail. */
  folder: string;
  messages: number;
  bytes: number;
  mailboxes: number;
}

export interface CorpusMessage {
  mailbox: string;
  n: number;
  raw: Buffer;
  arrivedMs: number;
  /** Sorted letters of flags and keywords, as behind a file's `:2,`. */
  letters: string;
}

/** Makes the corpus below `root` unless it is there already. */
export async function makeCorpus(root: string, name: CorpusName): Promise<Corpus> {
  const folder = path.join(root, `${name}-v${VERSION}`);
  const facts = path.join(folder, 'corpus.json');
  const store = SHAPES[name].store ?? 'maildir';
  if (fs.existsSync(facts)) return { ...(JSON.parse(fs.readFileSync(facts, 'utf8')) as Corpus), store, folder };
  // Under a name of its own until whole: two benches may start at once, and one may be killed.
  const unfinished = path.join(root, `${name}-unfinished-${process.pid}`);
  fs.rmSync(unfinished, { recursive: true, force: true });
  const write = store === 'mdbox' ? fillMdbox : writeMaildir;
  const counted = { messages: 0, bytes: 0 };
  await write(unfinished, SHAPES[name].mailboxes, counting(messagesOf(name), counted));
  const corpus: Corpus = { name, store, folder, ...counted, mailboxes: SHAPES[name].mailboxes.length };
  fs.writeFileSync(path.join(unfinished, 'corpus.json'), JSON.stringify(corpus));
  const { uid, gid, isRoot } = runAs();
  if (isRoot) execFileSync('chown', ['-R', `${uid}:${gid}`, unfinished]);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(unfinished, folder);
  return corpus;
}

/**
 * A part of a corpus for clients that would take too long with all of it: of every mailbox each nth message, as hard
 * links, so that sizes are spread as in the whole.
 */
export function makeSample(corpus: Corpus, folder: string, messages: number): Corpus {
  const step = Math.max(1, Math.floor(corpus.messages / messages));
  const sample = { ...corpus, folder, messages: 0, bytes: 0 };
  for (const [mailbox] of SHAPES[corpus.name].mailboxes) {
    const from = path.join(corpus.folder, maildirName(mailbox), 'cur');
    const to = makeMailbox(folder, mailbox);
    const files = fs.readdirSync(from).sort();
    for (const file of files.filter((_, n) => n % step === step >> 1)) {
      fs.linkSync(path.join(from, file), path.join(to, file));
      sample.messages++;
      sample.bytes += fs.statSync(path.join(to, file)).size;
    }
  }
  const { uid, gid, isRoot } = runAs();
  // Links share their owner with the corpus, which is the server's already.
  if (isRoot) execFileSync('chown', ['-R', `${uid}:${gid}`, folder]);
  return sample;
}

function* messagesOf(name: CorpusName): Generator<CorpusMessage> {
  const shape = SHAPES[name];
  const random = seeded(SEED);
  const maker = messageMaker(random);
  let n = 0;
  for (const [mailbox, messages] of shape.mailboxes) {
    let arrivedMs = FIRST_MS + below(random, 1e6) * 60_000;
    for (let k = 0; k < messages; k++, n++) {
      arrivedMs += (60 + below(random, 9_000)) * 1000;
      const raw = maker.make(n, shape.size(random, n), arrivedMs);
      yield { mailbox, n, raw, arrivedMs, letters: lettersOf(random) };
    }
  }
}

function* counting(
  messages: Iterable<CorpusMessage>,
  counted: { messages: number; bytes: number },
): Generator<CorpusMessage> {
  for (const message of messages) {
    counted.messages++;
    counted.bytes += message.raw.length;
    yield message;
  }
}

/** Sorted, as Dovecot wants them. */
function lettersOf(random: Random): string {
  const chance = (letter: string, share: number): string => (random() < share ? letter : '');
  const flags = chance('F', 0.05) + chance('R', 0.2) + chance('S', 0.85);
  return flags + chance('a', 0.04) + chance('b', 0.05) + chance('c', 0.1);
}

function writeMaildir(
  root: string,
  mailboxes: readonly [string, number][],
  messages: Iterable<CorpusMessage>,
): Promise<void> {
  const folders = new Map(mailboxes.map(([mailbox]) => [mailbox, makeMailbox(root, mailbox)]));
  for (const { mailbox, n, raw, arrivedMs, letters } of messages) {
    // S and W say the size, so that Dovecot need not read the file.
    const name = `${arrivedMs / 1000}.M${n}P1.bench,S=${raw.length},W=${raw.length}:2,${letters}`;
    const file = path.join(folders.get(mailbox)!, name);
    fs.writeFileSync(file, raw);
    // Dovecot takes INTERNALDATE from here.
    fs.utimesSync(file, arrivedMs / 1000, arrivedMs / 1000);
  }
  return Promise.resolve();
}

const maildirName = (mailbox: string): string =>
  mailbox === 'INBOX' ? '.' : `.${encodeName(mailbox).replaceAll('/', '.')}`;

function makeMailbox(root: string, mailbox: string): string {
  const folder = path.join(root, maildirName(mailbox));
  for (const part of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(folder, part), { recursive: true });
  fs.writeFileSync(path.join(folder, 'dovecot-keywords'), KEYWORDS.map((word, i) => `${i} ${word}\n`).join(''));
  return path.join(folder, 'cur');
}
