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

export const flagsOf = (file: string): string[] =>
  [...file.slice(file.indexOf(':2,') + 3)].flatMap((letter) => FLAGS[letter] ?? []);

export const dateOf = (file: string): Date => new Date(Number(file.slice(0, file.indexOf('.'))) * 1000);
