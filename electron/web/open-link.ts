import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openWithSystem } from '../node/open-with-system.ts';

const KEEP_MS = 30_000;

/**
 * Open the page in the user's browser.
 *
 * Arguments of programs are visible to everybody on this machine, and the link lets in whoever has it: so the browser is
 * given a file that only its owner can read, and the file has the link.
 *
 * @param folder private to the user
 * @returns removes the file at once; it goes by itself after half a minute
 * @throws EngineError 'internal' when no browser could be started
 */
export async function openLink(link: string, folder: string): Promise<() => void> {
  const file = path.join(folder, `open-${randomBytes(8).toString('hex')}.html`);
  fs.writeFileSync(file, pageThatLeadsTo(link), { mode: 0o600, flag: 'wx' });
  const remove = () => fs.rmSync(file, { force: true });
  const timer = setTimeout(remove, KEEP_MS);
  timer.unref();
  try {
    await openWithSystem(pathToFileURL(file).href);
  } catch (error) {
    clearTimeout(timer);
    remove();
    throw error;
  }
  return () => {
    clearTimeout(timer);
    remove();
  };
}

/** @param link made of our own address and token: nothing in it needs escaping */
function pageThatLeadsTo(link: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${link}"><title>Mailferry</title><a href="${link}">Mailferry</a>\n`;
}
