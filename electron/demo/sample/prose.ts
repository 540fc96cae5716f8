import { spokenDate } from './calendar.ts';
import type { Language } from './people.ts';

/** Breaks each line that is longer than `width` characters at a blank. */
export function wrapText(text: string, width = 72): string {
  return text
    .split('\n')
    .map((line) => {
      let [out, length] = ['', 0];
      for (const word of line.split(' ')) {
        if (length > 0 && length + 1 + word.length > width) {
          out += `\n${word}`;
          length = word.length;
        } else {
          out += length > 0 || out !== '' ? ` ${word}` : word;
          length += word.length + (length > 0 ? 1 : 0);
        }
      }
      return out;
    })
    .join('\n');
}

/** The text of an earlier mail, marked line by line and introduced as mail programs do. */
export function quoteText(text: string, author: string, sentMs: number, language: Language): string {
  const intro = `${spokenDate(sentMs, language)}${language === 'de' ? ` schrieb ${author}` : `, ${author} wrote`}:`;
  const marked = text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()));
  return `${intro}\n${marked.join('\n')}`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);

/** The HTML that phones and offices send beside their text. */
export function htmlOf(text: string, font = 'Calibri, sans-serif'): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((p) => {
      if (!/^>|schrieb .*:$|wrote:$/m.test(p)) return `<p>${escapeHtml(p).replaceAll('\n', '<br>\n')}</p>`;
      return `<blockquote style="border-left:2px solid #ccc;padding-left:8px">${escapeHtml(p.replace(/^>+ ?/gm, '')).replaceAll('\n', '<br>\n')}</blockquote>`;
    });
  return [
    '<!DOCTYPE html>',
    '<html><head><style>p { margin: 0 0 0.8em }</style></head>',
    `<body style="font-family: ${font}; font-size: 11pt">`,
    ...paragraphs,
    '</body></html>',
  ].join('\n');
}
