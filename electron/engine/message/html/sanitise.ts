/**
 * A mail's HTML written anew from a list of what is allowed (allowed.ts, css.ts, links.ts). Every text and every
 * attribute is escaped, and no element is written in which a browser would read on differently (no foreign content, no
 * raw text but our own <style>), so there is nothing left that could turn into something else when it is parsed again.
 * The page's own policy (page.ts) is the second wall.
 */
import type { HitFinder } from '../search-hits.ts';
import { DROPPED, isAllowedAttribute, TAGS } from './allowed.ts';
import { cleanStyle, cleanStyleSheet } from './css.ts';
import { escapeAttribute, escapeText, markHits } from './escape.ts';
import { readHtml } from './html-tokens.ts';
import { pageAnchor, safeLink } from './links.ts';
import type { Pictures } from './pictures.ts';

export interface SanitiseOptions {
  hits: HitFinder;
  pictures: Pictures;
  remotePictures: boolean;
  /** Of a picture that is not loaded. */
  placeholder: (host: string) => string;
  /** Links lead to this address with their own behind it, encoded, so that the host knows a link of a mail; '' to their own. */
  linkBase: string;
}

export interface SafeHtml {
  /** For the inside of a body. */
  body: string;
  /** Attributes of the mail's own body, for one that stands around it. */
  bodyAttributes: string;
}

/** Browsers flatten deeper trees themselves; the layout of thousands of levels takes them minutes. */
const MAX_DEPTH = 256;
const MAX_CSS = 512 * 1024;

export function sanitiseHtml(html: string, options: SanitiseOptions): SafeHtml {
  const writer = new Writer(options);
  readHtml(html, writer);
  return { body: writer.out.join('') + writer.closeAll(), bodyAttributes: writer.bodyAttributes };
}

class Writer {
  readonly out: string[] = [];
  bodyAttributes = '';
  readonly #options: SanitiseOptions;
  /** Elements that were written and not closed. */
  readonly #open: string[] = [];
  readonly #unwritten = new Unwritten();
  /** The element that is being dropped with its content, and how often it is open. */
  #dropping = '';
  #dropDepth = 0;
  #inStyle = false;
  #cssBytes = 0;

  constructor(options: SanitiseOptions) {
    this.#options = options;
  }

  open(name: string, attributes: ReadonlyMap<string, string>, selfClosing: boolean): void {
    if (name === 'style') this.#inStyle = true;
    else if (this.#dropDepth > 0) {
      if (name === this.#dropping && !selfClosing) this.#dropDepth++;
    } else if (DROPPED.has(name)) {
      this.#dropping = name;
      this.#dropDepth = selfClosing ? 0 : 1;
    } else if (name === 'body') this.bodyAttributes ||= this.#attributesOf('body', attributes);
    else if (name === 'img') this.out.push(this.#picture(attributes));
    else if (TAGS.has(name)) this.#write(name, attributes);
  }

  close(name: string): void {
    if (name === 'style') this.#inStyle = false;
    else if (this.#dropDepth > 0) {
      if (name === this.#dropping) this.#dropDepth--;
    } else if (TAGS.has(name) && !VOID.has(name)) {
      if (this.#unwritten.close(name)) return;
      const at = this.#open.lastIndexOf(name);
      if (at < 0) return;
      // Ends with it whatever needs no end tag; the others are closed by tags of their own.
      const inner = this.#open.splice(at).slice(1);
      this.#open.push(...inner.filter((open) => !(open in ENDED_BY)));
      this.out.push(`</${name}>`);
    }
  }

  text(text: string): void {
    if (this.#inStyle) {
      const css = text.slice(0, MAX_CSS - this.#cssBytes);
      this.#cssBytes += css.length;
      const clean = this.#dropDepth > 0 ? '' : cleanStyleSheet(css);
      if (clean !== '') this.out.push(`<style>\n${clean}</style>`);
      return;
    }
    if (this.#dropDepth === 0) this.out.push(markHits(text, this.#options.hits));
  }

  closeAll(): string {
    return this.#open
      .splice(0)
      .reverse()
      .filter((name) => !(name in ENDED_BY))
      .map((name) => `</${name}>`)
      .join('');
  }

  #write(name: string, attributes: ReadonlyMap<string, string>): void {
    if (!VOID.has(name)) {
      const ended = ENDED_BY[name];
      while (ended?.includes(this.#open.at(-1) ?? '')) this.#open.pop();
      if (this.#open.length >= MAX_DEPTH) {
        this.#unwritten.open(name);
        return;
      }
      this.#open.push(name);
    }
    const link = name === 'a' || name === 'area' ? linkAttributes(attributes.get('href'), this.#options.linkBase) : '';
    this.out.push(`<${name}${this.#attributesOf(name, attributes)}${link}>`);
  }

  #attributesOf(tag: string, attributes: ReadonlyMap<string, string>): string {
    let out = '';
    for (const [name, value] of attributes) {
      if (name === 'style') {
        const style = cleanStyle(value);
        if (style !== '') out += ` style="${escapeAttribute(style)}"`;
      } else if (isAllowedAttribute(tag, name, value) && !(name === 'title' && attributes.has('href'))) {
        out += ` ${name}="${escapeAttribute(value)}"`;
      } else if (tag === 'body' && name === 'text' && isAllowedAttribute('font', 'color', value)) {
        out += ` text="${escapeAttribute(value)}"`;
      }
    }
    return out;
  }

  #picture(attributes: ReadonlyMap<string, string>): string {
    const src = attributes.get('src') || firstOfSrcset(attributes.get('srcset') ?? '');
    // Spying pixels show nobody anything: they are neither loaded nor counted, and leave no placeholder behind.
    if (isInvisible(attributes) && !/^\s*(cid|data):/i.test(src)) return '';
    const picture = this.#options.pictures.find(src);
    const common = this.#attributesOf('img', attributes);
    if (picture.kind === 'data') return `<img src="${picture.url}"${common}>`;
    if (picture.kind === 'missing')
      return attributes.get('alt') ? escapeText(attributes.get('alt')!.slice(0, 500)) : '';
    if (this.#options.remotePictures) {
      return `<img src="${escapeAttribute(picture.url)}" referrerpolicy="no-referrer"${common}>`;
    }
    return placeholder(attributes, this.#options.placeholder(picture.host));
  }
}

/** Elements beyond the depth that is written: their end tags must not close others of the same name. */
class Unwritten {
  readonly #counts = new Map<string, number>();

  open(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  close(name: string): boolean {
    const count = this.#counts.get(name) ?? 0;
    if (count === 0) return false;
    this.#counts.set(name, count - 1);
    return true;
  }
}

const VOID = new Set(['area', 'br', 'col', 'hr', 'img', 'wbr']);
/** Elements whose end mails leave out (WHATWG HTML §13.1.2.4), by the one that ends them: they do not nest. */
const ENDED_BY: Partial<Record<string, string[]>> = {
  p: ['p'],
  li: ['li', 'p'],
  dt: ['dt', 'dd', 'p'],
  dd: ['dt', 'dd', 'p'],
  tr: ['tr', 'td', 'th', 'p'],
  td: ['td', 'th', 'p'],
  th: ['td', 'th', 'p'],
};

/** The address is shown as a tip, whatever the mail would rather have shown there. */
function linkAttributes(href: string | undefined, base: string): string {
  if (href === undefined) return '';
  const anchor = pageAnchor(href);
  if (anchor !== null) return ` href="${escapeAttribute(anchor)}"`;
  const url = safeLink(href);
  if (url === null) return '';
  const place = escapeAttribute(base === '' ? url : base + encodeURIComponent(url));
  return ` href="${place}" title="${escapeAttribute(url)}" target="_blank" rel="noopener noreferrer"`;
}

/** As large as the picture would be, so that the page keeps its shape. */
function placeholder(attributes: ReadonlyMap<string, string>, words: string): string {
  const [width, height] = [sizeOf(attributes, 'width'), sizeOf(attributes, 'height')];
  const alt = (attributes.get('alt') ?? '').trim().slice(0, 500);
  const style = [width && `width:${width}`, height && `height:${height}`].filter(Boolean).join(';');
  // No room for words in an icon: they are in its tip.
  const small = [width, height].some((size) => size.endsWith('px') && parseInt(size) < 48);
  const text = small ? '' : alt === '' ? words : `${alt} (${words})`;
  const tip = escapeAttribute(alt === '' ? words : `${alt}\n${words}`);
  return `<span class="mf-picture" role="img" aria-label="${tip}" title="${tip}"${style && ` style="${style}"`}>${escapeText(text)}</span>`;
}

/** '' where it is not given in pixels or per cent. */
function sizeOf(attributes: ReadonlyMap<string, string>, name: 'width' | 'height'): string {
  const fromStyle = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*(\\d{1,4}(?:px|%))`, 'i').exec(
    attributes.get('style') ?? '',
  )?.[1];
  const match = /^\s*(\d{1,4})(px|%)?\s*$/i.exec(fromStyle ?? attributes.get(name) ?? '');
  return match ? `${match[1]}${match[2]?.toLowerCase() ?? 'px'}` : '';
}

function isInvisible(attributes: ReadonlyMap<string, string>): boolean {
  if (
    /(?:^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(\.0*)?\s*(;|$))/i.test(
      attributes.get('style') ?? '',
    )
  )
    return true;
  return (['width', 'height'] as const).some((name) => /^[0-2]px$/.test(sizeOf(attributes, name)));
}

function firstOfSrcset(srcset: string): string {
  return /^[\s,]*(\S+)/.exec(srcset.slice(0, 10_000))?.[1]?.replace(/,+$/, '') ?? '';
}
