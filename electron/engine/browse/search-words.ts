/** What a person types into a search field, as questions to the full-text index. Never an error, whatever is typed. */

/** One word, or a phrase of several that must follow each other. */
export interface Term {
  /** Any of these will do: other spellings of one word. */
  spellings: Spelling[];
}

export interface Spelling {
  /** Folded; letters and digits only. */
  words: string[];
  /** The last word may go on: "brenn" finds "Brennofen". */
  prefix: boolean;
}

const MAX_TERMS = 12;
const MAX_WORD = 64;
/** Straight, curly, German and French quotation marks. */
const PIECE = /["“”„«»]([^"“”„«»]*)(["“”„«»]|$)|[^\s"“”„«»]+/gu;
/** What unicode61 takes as part of a word (sqlite.org/fts5.html §4.3.1), without combining marks. */
const WORD = /[\p{L}\p{N}\p{Co}]+/gu;
/** Written without blanks: each character is a word. */
const SOLID = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const HAS_SOLID = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** @returns no terms for a text without a single letter or digit */
export function readTerms(typed: string): Term[] {
  const terms: Term[] = [];
  for (const match of typed.slice(0, 1000).toWellFormed().matchAll(PIECE)) {
    const isQuoted = match[1] !== undefined;
    const text = match[1] ?? match[0];
    // A phrase that is still being typed may go on.
    const prefix = !isQuoted || match[2] === '';
    const words = wordsOf(text);
    if (words.length > 0) terms.push({ spellings: spellingsOf(text, words, prefix) });
    if (terms.length >= MAX_TERMS) break;
  }
  return terms;
}

/** Case and accents do not count; scripts without blanks are cut into characters. */
export function wordsOf(text: string): string[] {
  return [...spaced(fold(text)).matchAll(WORD)].map((m) => m[0].slice(0, MAX_WORD));
}

export function fold(text: string): string {
  const lower = text.toLowerCase();
  return /^[\u0000-\u007f]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}

/** For the index and for questions alike: a blank around each character of a script without blanks. */
export function spaced(text: string): string {
  return HAS_SOLID.test(text) ? text.replace(SOLID, ' $& ') : text;
}

/** Müller is found by Mueller and the other way round, Straße by Strasse. */
function spellingsOf(text: string, words: string[], prefix: boolean): Spelling[] {
  const all: Spelling[] = [{ words, prefix }];
  const word = words[0]!;
  if (words.length > 1) return all;
  const written = text.toLowerCase().normalize('NFC');
  if (/[äöü]/.test(written)) {
    const long = wordsOf(written.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue'));
    if (long.length === 1) all.push({ words: long, prefix });
  }
  // Whole words only: "blue" must not find "blum".
  const short = word.replace(/(?<![aeiouq])([aou])e(?=[a-z])/g, '$1');
  if (word.length >= 5 && short !== word) all.push({ words: [short], prefix: false });
  if (word.includes('ß')) all.push({ words: [word.replaceAll('ß', 'ss')], prefix });
  else if (word.includes('ss')) all.push({ words: [word.replaceAll('ss', 'ß')], prefix });
  return all;
}

/**
 * @param columns FTS5 names, or null for all
 * @param minPrefix a shorter word is taken as it is: one letter begins a word of nearly every text
 */
export function toFts(term: Term, columns: string | null, minPrefix = 1): string {
  const any = term.spellings
    .map(({ words, prefix }) => `"${words.join(' ')}"${prefix && words.at(-1)!.length >= minPrefix ? ' *' : ''}`)
    .join(' OR ');
  return columns === null ? any : `{${columns}} : (${any})`;
}

/** The same question to a text that is in no index yet. @param words of the text */
export function occursIn(term: Term, words: string[]): boolean {
  return term.spellings.some((spelling) => words.some((_, at) => matchesAt(spelling, words, at)));
}

function matchesAt({ words, prefix }: Spelling, text: string[], at: number): boolean {
  return words.every((word, i) => {
    const found = text[at + i];
    if (found === undefined) return false;
    return prefix && i === words.length - 1 ? found.startsWith(word) : found === word;
  });
}
