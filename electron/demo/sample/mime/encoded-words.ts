/** Header text: RFC 2047 encoded words and folding (RFC 5322 §2.2.3). */

export type WordCharset = 'UTF-8' | 'ISO-8859-1';

/** An encoded word is at most 75 characters; what is left beside `=?ISO-8859-1?Q?` and `?=`. */
const ROOM = 75 - 17;

/** ASCII stays as it is; anything else becomes encoded words, one a line, no character cut in two. */
export function encodeWords(text: string, charset: WordCharset = 'UTF-8', mode: 'Q' | 'B' = 'Q'): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const encoding = charset === 'UTF-8' || !isLatin1(text) ? 'utf8' : 'latin1';
  const words: string[] = [];
  let [word, octets] = ['', 0];
  for (const character of text) {
    const width = mode === 'B' ? Buffer.byteLength(character, encoding) : encoded(character, encoding, mode).length;
    if (octets + width > (mode === 'B' ? (ROOM >> 2) * 3 : ROOM)) {
      words.push(word);
      [word, octets] = ['', 0];
    }
    word += character;
    octets += width;
  }
  words.push(word);
  const name = encoding === 'utf8' ? 'UTF-8' : 'ISO-8859-1';
  return words.map((w) => `=?${name}?${mode}?${encoded(w, encoding, mode)}?=`).join('\r\n ');
}

/** Only characters that ISO-8859-1 has. */
export const isLatin1 = (text: string): boolean => /^[\x00-\x7f\xa0-\xff]*$/.test(text);

function encoded(text: string, encoding: 'utf8' | 'latin1', mode: 'Q' | 'B'): string {
  const octets = Buffer.from(text, encoding);
  if (mode === 'B') return octets.toString('base64');
  return Array.from(octets, (octet) => {
    if (octet === 0x20) return '_';
    const plain = /[A-Za-z0-9!*+/-]/.test(String.fromCharCode(octet)) && octet < 0x80;
    return plain ? String.fromCharCode(octet) : `=${octet.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** `Name: value`, broken before a space where the line would pass 76 characters. */
export function headerLine(name: string, value: string): string {
  const lines: string[] = [];
  let line = `${name}:`;
  for (const word of value.split(/ (?!$)/)) {
    const last = line.slice(line.lastIndexOf('\n') + 1);
    if (last.length + word.split('\r\n')[0]!.length >= 76 && line.trim() !== `${name}:`) {
      lines.push(line);
      line = ` ${word}`;
    } else line += ` ${word}`;
  }
  lines.push(line);
  return lines.join('\r\n').replace(/\r\n {2,}/g, '\r\n ');
}
