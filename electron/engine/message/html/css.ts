/**
 * Style sheets and style attributes of a mail, taken apart and written anew. No address of any kind survives, nor an
 * escape, a comment, an at-rule other than @media, or a declaration that is not on the list (css-values.ts).
 */
import { cleanDeclaration } from './css-values.ts';

const MAX_RULES = 10_000;
const MAX_MEDIA_DEPTH = 3;
/** No braces, escapes, at-signs or `<`; attribute selectors stay, as newsletters use them: `a[x-apple…]`. */
const SELECTOR = /^[\p{L}\p{N}\s.#*,>+~:()[\]="'^$|_-]{1,2000}$/u;
/** An address is one token whatever stands in it (CSS Syntax §4.3.6): nothing begins one where none may be. */
const URL_CALL = /url\(/i;
const MEDIA = /^[a-z0-9\s():,.\-/>=]{1,500}$/i;

/** The value of a style attribute. */
export function cleanStyle(style: string): string {
  return cleanDeclarations(stripComments(style));
}

/** @returns safe inside of a `<style>` element: holds no `<` */
export function cleanStyleSheet(css: string): string {
  const budget = { rules: MAX_RULES };
  return cleanRules(stripComments(css).replace(/<!--|-->/g, ' '), 0, budget);
}

function cleanRules(css: string, depth: number, budget: { rules: number }): string {
  const out: string[] = [];
  for (let at = 0; at < css.length && budget.rules > 0; budget.rules--) {
    const open = endOf(css, at, '{;');
    const prelude = css.slice(at, open).trim();
    // `@import …;`, `@charset …;`, or a stray semicolon.
    if (css[open] !== '{') {
      at = open + 1;
      continue;
    }
    const close = endOfBlock(css, open + 1);
    const block = css.slice(open + 1, close);
    out.push(prelude.startsWith('@') ? cleanMedia(prelude, block, depth, budget) : cleanRule(prelude, block));
    at = close + 1;
  }
  return out.join('');
}

function cleanRule(selector: string, block: string): string {
  if (!SELECTOR.test(selector) || !balanced(selector) || URL_CALL.test(selector)) return '';
  const declarations = cleanDeclarations(block);
  return declarations === '' ? '' : `${selector.replace(/\s+/g, ' ')}{${declarations}}\n`;
}

function cleanMedia(prelude: string, block: string, depth: number, budget: { rules: number }): string {
  const query = /^@media\b(.*)$/is.exec(prelude)?.[1]?.trim() ?? '';
  if (depth >= MAX_MEDIA_DEPTH || !MEDIA.test(query) || !balanced(query) || URL_CALL.test(query)) return '';
  // The sheet is white whatever the system's theme is; a mail's dark colours would meet a white ground.
  if (/prefers-color-scheme/i.test(query)) return '';
  const rules = cleanRules(block, depth + 1, budget);
  return rules === '' ? '' : `@media ${query.replace(/\s+/g, ' ')}{\n${rules}}\n`;
}

function cleanDeclarations(text: string): string {
  const out: string[] = [];
  for (let at = 0; at < text.length && out.length < 200;) {
    const end = endOf(text, at, ';');
    const clean = cleanDeclaration(text.slice(at, end));
    if (clean !== '') out.push(clean);
    at = end + 1;
  }
  return out.join(';');
}

/** An unclosed comment runs to the end (CSS Syntax §4.3.2). */
function stripComments(css: string): string {
  return css.replace(/\/\*[^]*?(?:\*\/|$)/g, ' ');
}

/** Offset of the first of `stops` that is in no string and no parenthesis; the length when there is none. */
function endOf(css: string, at: number, stops: string): number {
  let depth = 0;
  for (let i = at; i < css.length; i++) {
    const c = css[i]!;
    if (c === '\\') i++;
    else if (c === '"' || c === "'") i = endOfString(css, i);
    else if (c === '(') depth++;
    else if (c === ')') depth = Math.max(0, depth - 1);
    else if ((depth === 0 || c === '{') && stops.includes(c)) return i;
  }
  return css.length;
}

function endOfBlock(css: string, at: number): number {
  let depth = 1;
  for (let i = at; i < css.length; i++) {
    const c = css[i]!;
    if (c === '\\') i++;
    else if (c === '"' || c === "'") i = endOfString(css, i);
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return i;
  }
  return css.length;
}

/** A line end ends a string that was not closed (CSS Syntax §4.3.5). */
function endOfString(css: string, at: number): number {
  for (let i = at + 1; i < css.length; i++) {
    if (css[i] === '\\') i++;
    else if (css[i] === css[at] || css[i] === '\n') return i;
  }
  return css.length;
}

/** Parentheses, brackets and quotes in pairs: an open one would swallow the rules that follow. */
function balanced(text: string): boolean {
  const open: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '"' || c === "'") {
      i = text.indexOf(c, i + 1);
      if (i < 0) return false;
    } else if (c === '(' || c === '[') open.push(c === '(' ? ')' : ']');
    else if ((c === ')' || c === ']') && open.pop() !== c) return false;
  }
  return open.length === 0;
}
