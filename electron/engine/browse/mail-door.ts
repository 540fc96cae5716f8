/** The way from a row of the index to the octets of its message. */
import type { CatalogMailbox } from '../archive/catalog.ts';
import type { StoredMessage } from '../archive/catalog-read.ts';
import type { MailReader } from '../archive/mail-reader.ts';
import { EngineError } from '../errors.ts';
import { parseFlags } from '../flags.ts';
import type { IndexDb } from './index-db.ts';

export class MailDoor {
  readonly #index: IndexDb;
  readonly #reader: MailReader;

  constructor(index: IndexDb, reader: MailReader) {
    this.#index = index;
    this.#reader = reader;
  }

  /** @throws EngineError 'message-unreadable', 'message-vanished' */
  chunks(id: number): Generator<Buffer> {
    const { mailbox, message } = this.#find(id);
    return this.#reader.chunks(mailbox, message);
  }

  sizeBytes(id: number): number {
    return this.#find(id).message.sizeBytes;
  }

  #find(id: number): { mailbox: CatalogMailbox; message: StoredMessage } {
    const row = this.#index.statement(PLACE).get(id);
    if (!row)
      throw new EngineError('message-vanished', 'This message is no longer in the archive.', { scope: 'message' });
    const [mailbox, path, folderFile, rewrites, uidValidity, uid, sizeBytes, offset, length, file, newlineAdded] = row;
    const record = { type: 'mailbox', id: mailbox, path, file: folderFile };
    const message: StoredMessage = {
      id,
      mailbox: mailbox as number,
      uidValidity: uidValidity as number,
      uid: uid as number,
      flags: parseFlags(''),
      missing: false,
      internalDate: null,
      sizeBytes: sizeBytes as number,
      fingerprint: '',
      headerDigest: '',
      place: file === null ? { offset: offset as number, length: length as number } : { file: file as string },
      newlineAdded: newlineAdded === 1,
    };
    // The reader looks at names and places only.
    return { mailbox: { record, rewrites } as unknown as CatalogMailbox, message };
  }
}

const PLACE = `SELECT f.id, f.path, f.file, f.rewrites, e.uidValidity, e.uid, e.sizeBytes, e.offset, e.length, e.file,
  e.newlineAdded FROM entry e JOIN folder f ON f.id = e.mailbox WHERE e.id = ?`;
