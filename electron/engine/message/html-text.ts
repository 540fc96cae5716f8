/** The text of an HTML mail: for search, for the terminal, and for mails that have no plain part. One pass, linear. */
import { DROPPED } from './html/allowed.ts';
import { readHtml } from './html/html-tokens.ts';

const PARAGRAPHS = new Set('p h1 h2 h3 h4 h5 h6 blockquote ul ol dl table pre hr'.split(' '));
const LINES = new Set('div tr li dt dd br section article header footer center address form'.split(' '));

/** @param links put the address of a link after its text, as a terminal needs it */
export function htmlToText(html: string, { links = false } = {}): string {
  const out = new TextWriter(links);
  readHtml(html, out);
  return out.end();
}

class TextWriter {
  readonly #links: boolean;
  readonly #out: string[] = [];
  /** Line ends that the next text is to begin with. */
  #breaks = 0;
  #blank = false;
  #empty = true;
  #inPre = 0;
  #dropping = '';
  #dropDepth = 0;
  #link: { href: string; text: string } | null = null;

  constructor(links: boolean) {
    this.#links = links;
  }

  open(name: string, attributes: ReadonlyMap<string, string>, selfClosing: boolean): void {
    if (this.#dropDepth > 0) {
      if (name === this.#dropping && !selfClosing) this.#dropDepth++;
    } else if (DROPPED.has(name) || name === 'style') {
      this.#dropping = name;
      this.#dropDepth = selfClosing ? 0 : 1;
    } else {
      this.#block(name);
      if (name === 'br') this.#breaks = Math.min(this.#breaks + 1, 2);
      if (name === 'pre') this.#inPre++;
      if (name === 'li') this.#write('* ');
      if (name === 'td' || name === 'th') this.#blank = true;
      if (name === 'img') this.text(attributes.get('alt')?.slice(0, 500) ?? '');
      if (name === 'a' && this.#links) this.#link = { href: attributes.get('href') ?? '', text: '' };
    }
  }

  close(name: string): void {
    if (this.#dropDepth > 0) {
      if (name === this.#dropping) this.#dropDepth--;
      return;
    }
    if (name === 'pre' && this.#inPre > 0) this.#inPre--;
    if (name === 'a') this.#endLink();
    this.#block(name);
  }

  text(text: string): void {
    if (this.#dropDepth > 0) return;
    if (this.#inPre > 0) {
      this.#write(text);
      return;
    }
    // A no-break space is a blank to a reader; the invisible ones pad the previews of newsletters.
    const words = text.replace(/\u034f|[\u00ad\u200b-\u200d\u2007\ufeff]/g, '').replace(/[\s\u00a0]+/g, ' ');
    if (words === '') return;
    const plain = words.trim();
    if (words.startsWith(' ')) this.#blank = true;
    if (plain === '') return;
    this.#write(plain);
    if (words.endsWith(' ')) this.#blank = true;
  }

  end(): string {
    this.#endLink();
    return this.#out
      .join('')
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .trimEnd();
  }

  #block(name: string): void {
    if (PARAGRAPHS.has(name)) this.#breaks = 2;
    else if (LINES.has(name) && name !== 'br') this.#breaks = Math.max(this.#breaks, 1);
  }

  #write(text: string): void {
    if (!this.#empty && this.#breaks > 0) this.#out.push('\n'.repeat(this.#breaks));
    else if (!this.#empty && this.#blank) this.#out.push(' ');
    this.#breaks = 0;
    this.#blank = false;
    this.#empty = false;
    this.#out.push(text);
    if (this.#link && this.#link.text.length < 5000) this.#link.text += text;
  }

  #endLink(): void {
    const link = this.#link;
    this.#link = null;
    if (!link || !/^(https?|mailto):/i.test(link.href) || link.href.length > 4096) return;
    const bare = link.href.replace(/^mailto:/i, '');
    if (link.text.trim() === '' || link.text.includes(bare)) return;
    this.#blank = true;
    this.#write(`<${bare.replace(/\s/g, '%20')}>`);
  }
}
