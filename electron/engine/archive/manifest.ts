import fs from 'node:fs';
import path from 'node:path';
import { EngineError, toEngineError } from '../errors.ts';
import { writeAtomically } from '../fs/atomic-write.ts';
import { statOrNull } from '../fs/durable.ts';
import { FORMAT_VERSION, MANIFEST, type ArchivePaths, type Layout } from './layout.ts';

/** mailferry.json: what this folder is. Written once, before anything else in the folder. */
export interface Manifest {
  format: 'mailferry-archive';
  version: number;
  /** Random UUID; names this archive in ledgers and ties journal, catalog and checkpoint to it. */
  archive: string;
  /** `alice@imap.example.org`, or '' for an archive of no single account. */
  account: string;
  layout: Layout;
  created: string;
}

/**
 * @throws EngineError 'archive-missing', 'path-is-file', 'archive-foreign' (no manifest, or not ours),
 *   'archive-newer' (made by a later version), 'archive-damaged' (the manifest cannot be read)
 */
export function readManifest(paths: ArchivePaths): Manifest {
  const text = readText(paths);
  const value = parse(text, paths);
  if (value.format !== 'mailferry-archive') {
    throw archiveError('archive-foreign', `${paths.manifest} was not written by Mailferry. Choose another folder.`);
  }
  if (typeof value.version !== 'number' || !Number.isInteger(value.version) || value.version < 1) throw damaged(paths);
  if (value.version > FORMAT_VERSION) {
    throw archiveError(
      'archive-newer',
      `The archive at ${paths.root} has format ${value.version}; this program reads up to ${FORMAT_VERSION}. Install a newer Mailferry.`,
    );
  }
  const { archive, account, layout, created } = value;
  const whole = [archive, account, created].every((field) => typeof field === 'string' && field.length < 1000);
  if (!whole || (layout !== 'mbox' && layout !== 'eml')) throw damaged(paths);
  return value as unknown as Manifest;
}

export function writeManifest(paths: ArchivePaths, manifest: Manifest): void {
  writeAtomically(paths.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
}

function readText(paths: ArchivePaths): string {
  try {
    return fs.readFileSync(paths.manifest, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw toEngineError(error, paths.manifest);
  }
  throw missing(paths);
}

function missing(paths: ArchivePaths): EngineError {
  const found = pathOrNull(paths.root);
  if (found && !found.isDirectory()) {
    return archiveError(
      'path-is-file',
      `${paths.root} is a file, not an archive. An archive is a folder with ${MANIFEST}.`,
    );
  }
  if (found && foreignNames(paths.root).length > 0) {
    return archiveError(
      'archive-foreign',
      `${paths.root} holds other things and no ${MANIFEST}: it is not a Mailferry archive. Choose another folder.`,
    );
  }
  return archiveError(
    'archive-missing',
    `There is no archive at ${paths.root}. Check the path, or make one with a backup.`,
  );
}

function pathOrNull(root: string): fs.Stats | null {
  try {
    return statOrNull(root);
  } catch {
    // Something above the folder is a file: there is no archive here either way.
    return null;
  }
}

/** What is in the folder besides the leavings of a creation that was cut short. */
export function foreignNames(root: string): string[] {
  try {
    return fs.readdirSync(root).filter((name) => name !== `${path.basename(MANIFEST)}.new`);
  } catch (error) {
    throw toEngineError(error, root);
  }
}

function parse(text: string, paths: ArchivePaths): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown;
    if (value && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw damaged(paths);
}

function damaged(paths: ArchivePaths): EngineError {
  return archiveError(
    'archive-damaged',
    `${paths.manifest} is damaged. Put it back from a copy; the mail in ${paths.mail} can be read without it.`,
  );
}

export function archiveError(
  code:
    | 'archive-missing'
    | 'archive-foreign'
    | 'archive-newer'
    | 'archive-damaged'
    | 'archive-locked'
    | 'path-is-file'
    | 'path-not-empty',
  message: string,
  cause?: unknown,
): EngineError {
  return new EngineError(code, message, { scope: 'archive', cause });
}
