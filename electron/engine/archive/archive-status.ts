import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { Catalog, CatalogMailbox } from './catalog.ts';
import { mailboxTotals } from './catalog-read.ts';

/** UIDs from here on name messages that only an older generation of a mailbox holds: this plus their catalog id. */
export const OLDER_UIDS = 0x80000000;

/** What an archive knows of one mailbox, to tell what is new on a server. */
export interface ArchivedState {
  messages: number;
  uidValidity: number;
  uidNext: number;
  /** UIDs of this generation, ascending. */
  uids(): Uint32Array;
}

/** @param without paths to leave out: totals take a look at every message */
export function archiveStatuses(catalog: Catalog, without: ReadonlySet<string> = new Set()): MailboxStatus[] {
  return [...catalog.mailboxes.values()]
    .filter(({ record }) => !without.has(record.path))
    .map((mailbox) => mailboxStatus(catalog, mailbox));
}

export function mailboxStatus(catalog: Catalog, mailbox: CatalogMailbox): MailboxStatus {
  const { path, delimiter, specialUse, selectable, subscribed } = mailbox.record;
  const { messages, unseen, sizeBytes, lastUid } = mailboxTotals(catalog, mailbox.record.id);
  return {
    path,
    delimiter,
    specialUse,
    // What was a mailbox once may hold messages still, whatever the server says of it now.
    selectable: selectable || messages > 0,
    subscribed,
    messages,
    unseen,
    uidValidity: mailbox.generation ?? 1,
    uidNext: Math.max(lastUid + 1, mailbox.lastPass?.uidNext ?? 1),
    highestModSeq: null,
    sizeBytes,
  };
}
