/** A second opinion on pages: reads them by a grammar so strict that only what we mean to write passes. */

const TAG = /<(\/)?([a-z][a-z0-9]*)((?: [a-z][a-z-]*(?:="[^"<>]*")?)*)>/y;
const ATTRIBUTE = / ([a-z][a-z-]*)(?:="([^"<>]*)")?/g;
const FORBIDDEN =
  /^(script|iframe|frame|frameset|object|embed|applet|svg|math|form|input|button|select|textarea|base|link|template|noscript|audio|video|source|track|portal|xmp|plaintext|dialog)$/;
const FORBIDDEN_ATTRIBUTE =
  /^(on.*|src(set|doc)|background|action|formaction|ping|data|poster|cite|download|manifest|xlink.*|autofocus|tabindex|contenteditable|http-equiv)$/;

/** @returns what is wrong with the page; [] when nothing is */
export function findFaults(html: string, options: { remotePictures?: boolean } = {}): string[] {
  const faults: string[] = [];
  const body = html.replace(/^<!doctype html>\n/, '');
  for (let at = 0; at < body.length;) {
    if (body[at] !== '<') {
      at = body.indexOf('<', at) < 0 ? body.length : body.indexOf('<', at);
      continue;
    }
    TAG.lastIndex = at;
    const tag = TAG.exec(body);
    if (!tag) {
      faults.push(`no tag of ours: ${body.slice(at, at + 60)}`);
      at++;
      continue;
    }
    at = TAG.lastIndex;
    const name = tag[2]!;
    if (FORBIDDEN.test(name)) faults.push(`element ${name}`);
    for (const [, attribute, value] of tag[3]!.matchAll(ATTRIBUTE)) {
      checkAttribute(faults, name, attribute!, unescape(value ?? ''), options.remotePictures ?? false);
    }
    if (name === 'style' && !tag[1]) {
      const end = body.indexOf('</style>', at);
      checkSheet(faults, body.slice(at, end));
      at = end;
    }
  }
  return faults;
}

function checkAttribute(faults: string[], tag: string, name: string, value: string, remotePictures: boolean): void {
  if (FORBIDDEN_ATTRIBUTE.test(name)) faults.push(`attribute ${name}`);
  if (tag === 'meta' && !['charset', 'name', 'content'].includes(name)) faults.push(`meta ${name}`);
  if (name === 'href' && !/^(https?:\/\/|mailto:|#)/.test(value)) faults.push(`href ${value}`);
  if (name === 'target' && value !== '_blank') faults.push(`target ${value}`);
  if (name === 'rel' && value !== 'noopener noreferrer') faults.push(`rel ${value}`);
  if (name === 'style') checkStyle(faults, value);
  if (name !== 'src') return;
  const safe = /^data:image\/(png|jpeg|gif|webp|avif|bmp);base64,[A-Za-z0-9+/=]*$/.test(value);
  if (!safe && !(remotePictures && value.startsWith('https://'))) faults.push(`src ${value.slice(0, 80)}`);
}

/** In a sheet everything stands in rules; what stands before a block can match, but not load, run or place anything. */
const RULE = /([^{};]*)\{([^{}]*)\}/g;
/** Of a whole sheet: an escape, a comment or a tag could make other tokens of what is looked at here. */
const BAD_CSS = /\\|\/\*|<|@(?!media\b)|\burl\(/i;
const BAD_DECLARATIONS =
  /\b(?:expression|image-set|image|element|src|attr|env|var)\(|(?:^|;)\s*(?:behavior|-moz-binding|src)\s*:|(?:^|;)\s*position\s*:\s*(?:fixed|sticky|absolute)|javascript\s*:/i;

function checkSheet(faults: string[], css: string): void {
  blame(faults, css, BAD_CSS);
  for (const [, , declarations] of css.matchAll(RULE)) blame(faults, declarations!, BAD_DECLARATIONS);
}

function checkStyle(faults: string[], css: string): void {
  blame(faults, css, BAD_CSS);
  blame(faults, css, BAD_DECLARATIONS);
}

function blame(faults: string[], css: string, bad: RegExp): void {
  const found = bad.exec(css);
  if (found) faults.push(`css ${css.slice(found.index, found.index + 60)}`);
}

function unescape(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#96;', '`')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
