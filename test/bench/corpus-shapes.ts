/** What the corpora look like: how many messages of which size in which mailboxes. */
import { below, type Random } from './random.ts';

export const CORPUS_NAMES = ['mixed', 'small', 'wide', 'huge', 'few', 'third', 'tiny', 'crumbs', 'grain'] as const;
export type CorpusName = (typeof CORPUS_NAMES)[number];

export interface CorpusShape {
  mailboxes: readonly [path: string, messages: number][];
  /** Octets that the nth message should have; never much more or less. */
  size(random: Random, n: number): number;
  /** mdbox: copied for each run, which may then change it; 300,000 files would take minutes to make and to copy. */
  store?: 'mdbox';
  /** For clients that take a round trip for each mailbox. */
  part?: { pattern: string; messages: number };
}

const MB = 1_000_000;

/** [share of messages up to here, octets]; straight lines between, so that no logarithm differs between machines. */
const MIXED_SIZES: readonly [number, number][] = [
  [0, 2_000],
  [0.33, 5_000],
  [0.5, 10_000],
  [0.75, 30_000],
  [0.95, 130_000],
  [0.9955, 500_000],
  [1, 3 * MB],
];

export const SHAPES: Record<CorpusName, CorpusShape> = {
  // An account of a person: 20,000 messages, 1.1 GB, median 10 KB, eight messages of 20 MB and one of 100 MB.
  mixed: {
    mailboxes: [
      ['INBOX', 2_500],
      ['Archive', 8_000],
      ['Archive/2019', 700],
      ['Archive/2020', 700],
      ['Archive/2021', 700],
      ['Archive/2022', 600],
      ['Archive/2022/Q1', 150],
      ['Archive/2022/Q2', 150],
      ['Sent', 1_500],
      ['Drafts', 60],
      ['Trash', 500],
      ['Junk', 400],
      ['Entwürfe alt', 40],
      ['Отправленные', 560],
      ['日本語', 300],
      ['日本語/請求書', 200],
      ['Work & Co', 900],
      ['Work & Co/Projects', 500],
      ['Work & Co/Projects/Apollo', 400],
      ['Lists', 200],
      ['Lists/kernel', 600],
      ['Lists/node', 200],
      ['Família', 40],
      ['Família/Fotos ção', 60],
      ['Empty', 0],
      ['Deep/a/b/c', 40],
    ],
    size: (random, n) => {
      if (n === 7_777) return 100 * MB;
      if (n % 2_500 === 1_250) return 20 * MB;
      return quantile(MIXED_SIZES, random());
    },
  },
  // Mailing lists and notifications: here what a client does for each message is what costs.
  small: {
    mailboxes: [
      ['INBOX', 10_000],
      ['Bulk', 30_000],
      ['Lists', 5_000],
      ['Lists/日誌', 3_000],
      ['Archive/2020', 2_000],
    ],
    size: (random) => 2_000 + below(random, 2_000),
  },
  // Folders: what a client does for each of them, though nothing is new there, is what costs.
  wide: {
    mailboxes: [['INBOX', 30], ...manyMailboxes(2_999)],
    size: (random) => 600 + below(random, 1_000),
    part: { pattern: 'Group 00*', messages: 9_000 },
  },
  // One folder that never was cleaned up.
  huge: {
    mailboxes: [['INBOX', 300_000]],
    size: () => 500,
    store: 'mdbox',
  },
  // As small, for servers and clients that need a round trip for each message.
  few: {
    mailboxes: [
      ['INBOX', 500],
      ['Bulk', 3_500],
    ],
    size: (random) => 2_000 + below(random, 2_000),
  },
  // As mixed, with its largest message, in a time that a test has.
  third: {
    mailboxes: [
      ['INBOX', 1_500],
      ['Archive', 2_000],
      ['Archive/2020', 400],
      ['Sent', 500],
      ['Entwürfe alt', 40],
      ['日本語', 260],
      ['Empty', 0],
    ],
    size: (random, n) => {
      if (n === 777) return 100 * MB;
      if (n % 2_500 === 1_250) return 20 * MB;
      return quantile(MIXED_SIZES, random());
    },
  },
  // For tests of the bench itself.
  tiny: {
    mailboxes: [
      ['INBOX', 120],
      ['Archive/2020', 100],
      ['Entwürfe & Co', 79],
      ['Empty', 0],
      ['日本語', 1],
    ],
    size: (random, n) => (n === 100 ? 3 * MB : 500 + below(random, 20_000)),
  },
  // As small, for tests of the bench itself: 60 round trips are long enough.
  crumbs: {
    mailboxes: [
      ['INBOX', 40],
      ['Archive/2020', 20],
      ['日本語', 1],
      ['Empty', 0],
    ],
    size: (random) => 600 + below(random, 2_000),
  },
  // As huge, for tests of the bench itself.
  grain: {
    mailboxes: [['INBOX', 400]],
    size: () => 500,
    store: 'mdbox',
  },
};

/** In groups of 30, so that some have children. */
function manyMailboxes(count: number): [string, number][] {
  return Array.from({ length: count }, (_, n) => {
    const group = `Group ${String(Math.floor(n / 30)).padStart(3, '0')}`;
    return [n % 30 === 0 ? group : `${group}/Folder ${n % 30}`, 30];
  });
}

function quantile(table: readonly [number, number][], share: number): number {
  const after = table.findIndex(([at]) => at > share);
  const [fromShare, from] = table[after - 1]!;
  const [toShare, to] = table[after]!;
  return Math.floor(from + ((share - fromShare) / (toShare - fromShare)) * (to - from));
}
