/** Makes the seeded corpora as Maildir++ trees that Dovecot serves as they are, and keeps them for the next run. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { encodeName } from '../helpers/mailbox-name.ts';
import { runAs } from '../helpers/servers/process.ts';
import { messageMaker } from './corpus-message.ts';
import { SHAPES, type CorpusName } from './corpus-shapes.ts';
import { below, seeded, type Random } from './random.ts';

/** To be raised with every change of what is made: an older tree is then made anew. */
const VERSION = 2;
const SEED = 20_261_124;
const FIRST_MS = Date.UTC(2019, 0, 1);

/** What `a`, `b` and `c` behind a file's name mean; Dovecot reads this from the folder. */
export const KEYWORDS = ['$Forwarded', '$Label1', 'NonJunk'] as const;

export interface Corpus {
  name: CorpusName;
  /** Maildir++ root: `cur` is INBOX, `.A.B/cur` the mailbox A/B. */
  folder: string;
  messages: number;
  bytes: number;
  mailboxes: number;
}

/** Makes the corpus below `root` unless it is there already. */
export function makeCorpus(root: string, name: CorpusName): Corpus {
  const folder = path.join(root, `${name}-v${VERSION}`);
  const facts = path.join(folder, 'corpus.json');
  if (fs.existsSync(facts)) return { ...(JSON.parse(fs.readFileSync(facts, 'utf8')) as Corpus), folder };
  // Under a name of its own until whole: two benches may start at once, and one may be killed.
  const unfinished = path.join(root, `${name}-unfinished-${process.pid}`);
  fs.rmSync(unfinished, { recursive: true, force: true });
  const corpus = { name, folder, ...writeTree(unfinished, name) };
  fs.writeFileSync(path.join(unfinished, 'corpus.json'), JSON.stringify(corpus));
  const { uid, gid, isRoot } = runAs();
  if (isRoot) execFileSync('chown', ['-R', `${uid}:${gid}`, unfinished]);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(unfinished, folder);
  return corpus;
}

function writeTree(root: string, name: CorpusName): Omit<Corpus, 'name' | 'folder'> {
  const shape = SHAPES[name];
  const random = seeded(SEED);
  const maker = messageMaker(random);
  let n = 0;
  let bytes = 0;
  for (const [mailbox, messages] of shape.mailboxes) {
    const folder = makeMailbox(root, mailbox);
    let arrivedMs = FIRST_MS + below(random, 1e6) * 60_000;
    for (let k = 0; k < messages; k++, n++) {
      arrivedMs += (60 + below(random, 9_000)) * 1000;
      const raw = maker.make(n, shape.size(random, n), arrivedMs);
      bytes += raw.length;
      const file = path.join(folder, fileName(random, n, arrivedMs, raw.length));
      fs.writeFileSync(file, raw);
      // Dovecot takes INTERNALDATE from here.
      fs.utimesSync(file, arrivedMs / 1000, arrivedMs / 1000);
    }
  }
  return { messages: n, bytes, mailboxes: shape.mailboxes.length };
}

function makeMailbox(root: string, mailbox: string): string {
  const folder = mailbox === 'INBOX' ? root : path.join(root, `.${encodeName(mailbox).replaceAll('/', '.')}`);
  for (const part of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(folder, part), { recursive: true });
  fs.writeFileSync(path.join(folder, 'dovecot-keywords'), KEYWORDS.map((word, i) => `${i} ${word}\n`).join(''));
  return path.join(folder, 'cur');
}

/** Dovecot's names: S and W say the size so that it need not read the file; flags must be sorted. */
function fileName(random: Random, n: number, arrivedMs: number, size: number): string {
  const chance = (letter: string, share: number): string => (random() < share ? letter : '');
  const flags = chance('F', 0.05) + chance('R', 0.2) + chance('S', 0.85);
  const keywords = chance('a', 0.04) + chance('b', 0.05) + chance('c', 0.1);
  return `${arrivedMs / 1000}.M${n}P1.bench,S=${size},W=${size}:2,${flags}${keywords}`;
}
