/** What of HTML a mail may use. Nothing here runs, sends, loads or embeds; what is not listed does not pass. */

/** Written out as they are, with the attributes below. */
export const TAGS = new Set(
  (
    'a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del ' +
    'details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main ' +
    'map mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th ' +
    'thead time tr tt u ul var wbr'
  ).split(' '),
);

/** Gone with everything inside of them. Tags on neither list go, and their content stays. */
export const DROPPED = new Set(
  'applet audio canvas datalist frameset iframe math noembed noframes object script select svg template title video xml'.split(
    ' ',
  ),
);

type Check = (value: string) => boolean;
const any: Check = (value) => value.length <= 2000;
const word: Check = (value) => /^[\w-]{1,50}$/.test(value);
const number: Check = (value) => /^-?\d{1,6}$/.test(value);
const length: Check = (value) => /^\d{1,5}(\.\d{1,4})?(px|%|\*)?$/.test(value.trim());
const color: Check = (value) => /^(#?[a-z0-9]{1,30}|rgb\([\d\s,.%]{1,40}\))$/i.test(value.trim());
const names: Check = (value) => /^[^<>]{1,2000}$/.test(value);

const GLOBAL: Record<string, Check> = {
  class: names,
  id: (value) => /^[\w.:-]{1,200}$/.test(value),
  dir: (value) => /^(ltr|rtl|auto)$/i.test(value),
  lang: word,
  title: any,
  role: word,
  hidden: any,
  'aria-label': any,
  'aria-hidden': word,
  align: word,
  valign: word,
  width: length,
  height: length,
  bgcolor: color,
};

const TABLE: Record<string, Check> = {
  border: length,
  bordercolor: color,
  cellpadding: length,
  cellspacing: length,
  colspan: number,
  rowspan: number,
  span: number,
  nowrap: any,
  frame: word,
  rules: word,
  summary: any,
  scope: word,
  char: word,
};

const BY_TAG: Record<string, Record<string, Check>> = {
  a: { name: names },
  area: { shape: word, coords: (value) => /^[\d\s,.]{1,1000}$/.test(value), alt: any },
  map: { name: (value) => /^[\w.:-]{1,200}$/.test(value) },
  img: {
    alt: any,
    border: length,
    hspace: length,
    vspace: length,
    usemap: (value) => /^#[\w.:-]{1,200}$/.test(value),
  },
  font: { color, face: names, size: (value) => /^[+-]?\d{1,2}$/.test(value) },
  ol: { start: number, type: word, reversed: any },
  ul: { type: word },
  li: { value: number, type: word },
  hr: { color, noshade: any, size: length },
  br: { clear: word },
  details: { open: any },
  time: { datetime: names },
};
for (const tag of ['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'col', 'colgroup']) BY_TAG[tag] = TABLE;

/** Attributes that need no more than a look at their value; `style`, `href` and `src` are handled where they are used. */
export function isAllowedAttribute(tag: string, name: string, value: string): boolean {
  const check = own(own(BY_TAG, tag) ?? {}, name) ?? own(GLOBAL, name);
  return check !== undefined && check(value);
}

/** Names come from the mail: `constructor` and `__proto__` are no attributes. */
function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
