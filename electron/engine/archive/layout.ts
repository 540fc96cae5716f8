/** Where things are in an archive. The format is described in docs/archive-format.md. */
import path from 'node:path';

export type Layout = 'mbox' | 'eml';

/** The version this program writes; it reads every version up to it. */
export const FORMAT_VERSION = 1;

export const MANIFEST = 'mailferry.json';

export interface ArchivePaths {
  root: string;
  manifest: string;
  readme: string;
  mail: string;
  state: string;
  journal: string;
  catalog: string;
  /** The catalog as it was before a repair that has lost records: there until that repair has ended. */
  catalogBefore: string;
  checkpoint: string;
  /** Derived, and made by who searches (browse/); here only to be looked at and removed. */
  searchIndex: string;
  lock: string;
  /** There while a repair that has lost records is under way: until it has ended no file may count as unlisted. */
  repairing: string;
}

export function archivePaths(root: string): ArchivePaths {
  const state = path.join(root, 'state');
  return {
    root,
    manifest: path.join(root, MANIFEST),
    readme: path.join(root, 'README.txt'),
    mail: path.join(root, 'mail'),
    state,
    journal: path.join(state, 'journal'),
    catalog: path.join(state, 'catalog.sqlite'),
    catalogBefore: path.join(state, 'catalog.before'),
    checkpoint: path.join(state, 'checkpoint.json'),
    searchIndex: path.join(state, 'search.sqlite'),
    lock: path.join(state, 'lock'),
    repairing: path.join(state, 'repairing'),
  };
}

/** `file` of a mailbox record (always with `/`) as a path of this system. */
export function mailPath(paths: ArchivePaths, file: string): string {
  return path.join(paths.mail, ...file.split('/'));
}

/** eml: where a message goes inside its mailbox's folder. A thousand files a folder keep every file manager usable. */
export function emlFile(uidValidity: number, uid: number): string {
  return `${Math.floor(uid / 1000)}/${uidValidity}-${uid}.eml`;
}

/** mbox: the rewritten file of the n-th rewrite, until it takes the place of the old one. */
export function rewriteName(file: string, ordinal: number): string {
  return `${file}.${ordinal}.new`;
}
