/** One message as a person reads it: safe, bounded in time and memory, and never an exception. */
import type { MessageView } from '../../../shared/browse.ts';
import { addressesOf } from './addresses.ts';
import { listAttachments } from './attachments.ts';
import { selectContent, type Block } from './content.ts';
import { parseDate } from './header-date.ts';
import { fieldValue, type HeaderField } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';
import { htmlToText } from './html-text.ts';
import { markHits } from './html/escape.ts';
import { makePage, type SafePage } from './html/page.ts';
import { Pictures } from './html/pictures.ts';
import { sanitiseHtml } from './html/sanitise.ts';
import { readMimeTree } from './mime-tree.ts';
import { partText } from './part-text.ts';
import { describeProblems, type MessageLanguage, type ProblemCode } from './problems.ts';
import { hitFinder, type HitFinder } from './search-hits.ts';

/** What a message says itself; flags, place and address of the page are for the archive and the host to add. */
export type ReadView = Pick<
  MessageView,
  | 'subject'
  | 'from'
  | 'to'
  | 'cc'
  | 'bcc'
  | 'replyTo'
  | 'sentDate'
  | 'text'
  | 'textHits'
  | 'subjectHits'
  | 'remotePictures'
  | 'attachments'
  | 'headers'
  | 'problem'
>;

export interface ViewOptions {
  /** As typed into the search; '' marks nothing. */
  search: string;
  /** Load pictures from the network; only after the user asked for this message. */
  remotePictures: boolean;
  /** The page on a dark sheet. */
  dark?: boolean;
  /** Of the words that are ours: placeholders and problems. */
  language?: MessageLanguage;
  /** See SanitiseOptions; '' when left out. */
  linkBase?: string | undefined;
}

export interface MessageReading {
  view: ReadView;
  /** null: no part of the message is HTML. */
  page: SafePage | null;
}

const MAX_SUBJECT = 2000;
const MAX_HEADER_VALUE = 20_000;
const BIDI = /[\u202a-\u202e\u2066-\u2069]/g;

export function viewMessage(raw: Buffer, options: ViewOptions): MessageReading {
  try {
    return readView(raw, options);
  } catch {
    // Nothing is known to come here. A reader still gets the octets, and the sentence that says so.
    return { view: unreadable(raw, options), page: null };
  }
}

function readView(raw: Buffer, options: ViewOptions): MessageReading {
  const tree = readMimeTree(raw);
  const { root, problems } = tree;
  const { blocks, attachments } = selectContent(raw, tree);
  const hits = hitFinder(options.search);
  const pictures = new Pictures(raw, attachments);
  const subject = subjectOf(root.fields);
  const page = pageOf(raw, blocks, subject, { ...options, hits, pictures, problems });
  if (pictures.cut) problems.add('pictures-cut');
  const text = textOf(raw, blocks, problems);
  const view: ReadView = {
    subject,
    from: addressesOf(root.fields, 'from'),
    to: addressesOf(root.fields, 'to'),
    cc: addressesOf(root.fields, 'cc'),
    bcc: addressesOf(root.fields, 'bcc'),
    replyTo: addressesOf(root.fields, 'reply-to'),
    sentDate: parseDate(fieldValue(root.fields, 'date').slice(0, 200)),
    text,
    textHits: hits(text),
    subjectHits: hits(subject),
    remotePictures: { count: sum(pictures.remote.values()), hosts: [...pictures.remote.keys()].slice(0, 200) },
    attachments: listAttachments(raw, attachments, pictures.shown),
    headers: shownHeaders(root.fields),
    problem: describeProblems(problems, options.language ?? 'en'),
  };
  return { view, page };
}

interface PageContext extends ViewOptions {
  hits: HitFinder;
  pictures: Pictures;
  problems: Set<ProblemCode>;
}

/** null: no part of the message is HTML. */
function pageOf(raw: Buffer, blocks: readonly Block[], title: string, context: PageContext): SafePage | null {
  if (!blocks.some((block) => block.html)) return null;
  const bodies: string[] = [];
  let bodyAttributes = '';
  for (const { html, plain } of blocks) {
    if (html) {
      const safe = sanitiseHtml(partText(raw, html, context.problems), {
        hits: context.hits,
        pictures: context.pictures,
        remotePictures: context.remotePictures,
        linkBase: context.linkBase ?? '',
        placeholder: (host) =>
          context.language === 'de' ? `Bild von ${host}, nicht geladen` : `Picture from ${host}, not loaded`,
      });
      bodies.push(safe.body);
      bodyAttributes ||= safe.bodyAttributes;
    } else if (plain) {
      bodies.push(`<div class="mf-plain">${markHits(partText(raw, plain, context.problems), context.hits)}</div>`);
    }
  }
  const { remotePictures, dark = false } = context;
  return makePage({ body: bodies.join('\n'), bodyAttributes, title, remotePictures, dark });
}

export function textOf(
  raw: Buffer,
  blocks: readonly Block[],
  problems: Set<ProblemCode>,
  options: { links?: boolean } = {},
): string {
  const texts = blocks.map(({ plain, html }) => {
    const text = plain ? partText(raw, plain, problems) : '';
    // Some mailers send an empty plain part beside the page.
    return text.trim() === '' && html ? htmlToText(partText(raw, html, problems), options) : text;
  });
  return texts.filter((text) => text.trim() !== '').join('\n\n');
}

export function subjectOf(fields: readonly HeaderField[]): string {
  return decodeHeaderText(fieldValue(fields, 'subject')).replace(BIDI, '').trim().slice(0, MAX_SUBJECT).toWellFormed();
}

function shownHeaders(fields: readonly HeaderField[]): ReadView['headers'] {
  return fields.map(({ name, value }) => ({
    name,
    value: decodeHeaderText(value).slice(0, MAX_HEADER_VALUE).toWellFormed(),
  }));
}

function unreadable(raw: Buffer, { language = 'en' }: ViewOptions): ReadView {
  return {
    subject: '',
    from: [],
    to: [],
    cc: [],
    bcc: [],
    replyTo: [],
    sentDate: null,
    text: raw.toString('latin1', 0, 100_000),
    textHits: [],
    subjectHits: [],
    remotePictures: { count: 0, hosts: [] },
    attachments: [],
    headers: [],
    problem: describeProblems(new Set<ProblemCode>(['unreadable']), language),
  };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const n of numbers) total += n;
  return total;
}
