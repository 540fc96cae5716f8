import { isEngineError } from '../errors.ts';
import { StreamDigest, type MessageDigests } from '../message/digest.ts';
import type { Catalog, CatalogMailbox } from './catalog.ts';
import type { StoredMessage } from './catalog-read.ts';
import type { MailReader } from './mail-reader.ts';

/** @returns what is wrong with the octets of a message, in one sentence with file and place; null: nothing */
export function describeDamage(catalog: Catalog, reader: MailReader, message: StoredMessage): string | null {
  const { record } = catalog.mailboxes.get(message.mailbox)!;
  const { place } = message;
  const at = 'file' in place ? `mail/${record.file}/${place.file}` : `mail/${record.file} at offset ${place.offset}`;
  try {
    const { fingerprint, bytes } = readDigests(reader, catalog.mailboxes.get(message.mailbox)!, message);
    if (bytes !== message.sizeBytes) return `${at} has ${bytes} octets instead of ${message.sizeBytes}.`;
    if (fingerprint !== message.fingerprint)
      return `${at} has SHA-256 ${fingerprint} instead of ${message.fingerprint}.`;
    return null;
  } catch (error) {
    if (!isEngineError(error, 'message-unreadable')) throw error;
    return `${at}: ${error.message}`;
  }
}

export function isIntact(catalog: Catalog, reader: MailReader, message: StoredMessage): boolean {
  return describeDamage(catalog, reader, message) === null;
}

/** @returns null when there are no octets to read there */
export function fingerprintAt(reader: MailReader, mailbox: CatalogMailbox, message: StoredMessage): string | null {
  try {
    return readDigests(reader, mailbox, message).fingerprint;
  } catch (error) {
    if (!isEngineError(error, 'message-unreadable')) throw error;
    return null;
  }
}

/** @throws EngineError 'message-unreadable' */
export function readDigests(
  reader: MailReader,
  mailbox: CatalogMailbox,
  message: StoredMessage,
): MessageDigests & { bytes: number } {
  const digest = new StreamDigest();
  let bytes = 0;
  for (const chunk of reader.chunks(mailbox, message)) {
    digest.update(chunk);
    bytes += chunk.length;
  }
  return { ...digest.end(), bytes };
}
