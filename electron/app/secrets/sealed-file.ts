/** Blobs that the operating system sealed, in one small file. What is in them can be read by this user on this machine only. */
import fs from 'node:fs';
import { writeAtomically } from '../../engine/engine.ts';
import { EngineError, toEngineError } from '../../engine/errors.ts';

const FORMAT = 'mailferry-secrets';

/** Reading and writing happen in one go, so calls that overlap do not lose each other's changes. */
export class SealedFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  has(id: string): boolean {
    return this.#read().has(id);
  }

  /** null: none for this id, or a file that cannot be read any more. */
  get(id: string): Buffer | null {
    const blob = this.#read().get(id);
    return blob === undefined ? null : Buffer.from(blob, 'base64');
  }

  /** @throws EngineError what the disk reports */
  set(id: string, blob: Buffer): void {
    this.#write(this.#read().set(id, blob.toString('base64')));
  }

  remove(id: string): void {
    const blobs = this.#read();
    if (blobs.delete(id)) this.#write(blobs);
  }

  /** A damaged file holds nothing that could be had back: the passwords are asked for again and written anew. */
  #read(): Map<string, string> {
    let text: string;
    try {
      text = fs.readFileSync(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
      throw toEngineError(error, this.#file);
    }
    const document = parsed(text);
    if (document.format === FORMAT && Number(document.version) > 1) {
      const message = `${this.#file} was made by a newer Mailferry. Use that one, or remove the file and give the passwords again.`;
      throw new EngineError('vault-damaged', message);
    }
    if (document.format !== FORMAT) return new Map();
    const entries = Object.entries(Object(document.secrets) as Record<string, unknown>);
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }

  #write(blobs: ReadonlyMap<string, string>): void {
    const document = { format: FORMAT, version: 1, secrets: Object.fromEntries(blobs) };
    writeAtomically(this.#file, JSON.stringify(document, null, 2) + '\n');
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
