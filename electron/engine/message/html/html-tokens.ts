/**
 * Tags and texts of an HTML page in order, entities decoded. No tree is built: what is written out is decided tag by
 * tag (see sanitise.ts), so neither depth nor a difference to a browser's tree can matter, and time is linear.
 */
import { Tokenizer } from 'htmlparser2';

export interface HtmlHandler {
  /** @param attributes names in lower case, the first of equal names counts */
  open(name: string, attributes: ReadonlyMap<string, string>, selfClosing: boolean): void;
  close(name: string): void;
  text(text: string): void;
}

const MAX_ATTRIBUTES = 200;

export function readHtml(html: string, handler: HtmlHandler): void {
  let name = '';
  let attributes = new Map<string, string>();
  let attribute = '';
  let value: string[] = [];
  let texts: string[] = [];
  const flush = () => {
    if (texts.length > 0) handler.text(texts.join(''));
    texts = [];
  };
  const open = (selfClosing: boolean) => {
    handler.open(name, attributes, selfClosing);
    attributes = new Map();
  };
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        flush();
        name = html.slice(start, end).toLowerCase();
      },
      onattribname(start, end) {
        attribute = html.slice(start, end).toLowerCase();
        value = [];
      },
      onattribdata: (start, end) => void value.push(html.slice(start, end)),
      onattribentity: (codePoint) => void value.push(String.fromCodePoint(codePoint)),
      onattribend() {
        if (attributes.size < MAX_ATTRIBUTES && !attributes.has(attribute)) attributes.set(attribute, value.join(''));
      },
      onopentagend: () => open(false),
      onselfclosingtag: () => open(true),
      onclosetag(start, end) {
        flush();
        handler.close(html.slice(start, end).toLowerCase());
      },
      ontext: (start, end) => void texts.push(html.slice(start, end)),
      ontextentity: (codePoint) => void texts.push(String.fromCodePoint(codePoint)),
      // Only foreign content has CDATA, and none of that is shown.
      oncdata() {},
      oncomment() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend: flush,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}
