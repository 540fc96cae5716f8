/** Reads a Maildir++ tree of the bench, for the clients that put one onto a server. */
import fs from 'node:fs';
import path from 'node:path';

/** Letters behind `:2,`; the small ones are corpus.ts's KEYWORDS. */
const FLAGS: Record<string, string> = {
  S: '\\Seen',
  R: '\\Answered',
  F: '\\Flagged',
  a: '$Forwarded',
  b: '$Label1',
  c: 'NonJunk',
};

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

export interface MaildirMailbox {
  /** On the wire: modified UTF-7, with `/` between levels. */
  wireName: string;
  folder: string;
  files: string[];
}

export function readMaildir(root: string): MaildirMailbox[] {
  return fs
    .readdirSync(root)
    .filter((name) => name === 'cur' || (name.startsWith('.') && fs.existsSync(path.join(root, name, 'cur'))))
    .map((name) => {
      const folder = name === 'cur' ? path.join(root, 'cur') : path.join(root, name, 'cur');
      const wireName = name === 'cur' ? 'INBOX' : name.slice(1).replaceAll('.', '/');
      return { wireName, folder, files: fs.readdirSync(folder) };
    });
}

export const flagsOf = (file: string): string[] => flagsOfLetters(file.slice(file.indexOf(':2,') + 3));

export const flagsOfLetters = (letters: string): string[] => [...letters].flatMap((letter) => FLAGS[letter] ?? []);

export const dateOf = (file: string): Date => new Date(Number(file.slice(0, file.indexOf('.'))) * 1000);

/** As APPEND takes it. */
export function dateText(date: Date): string {
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${day}-${MONTHS[date.getUTCMonth()]}-${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} +0000`;
}
