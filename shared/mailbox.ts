/** Mailboxes as both sides of the app speak of them. UI text says "folder". */

export type SpecialUse = 'inbox' | 'sent' | 'drafts' | 'trash' | 'junk' | 'archive' | 'all' | 'flagged' | 'important';

export interface Mailbox {
  /** Decoded, as listed by the server; the key of a mailbox. Hostile: any character may occur. */
  path: string;
  /** Hierarchy delimiter of this mailbox; null when the server has a flat name space. */
  delimiter: string | null;
  specialUse: SpecialUse | null;
  /** False for \Noselect and \NonExistent: it has children but holds no messages. */
  selectable: boolean;
  subscribed: boolean;
}

/** A mailbox with what STATUS says of it (RFC 9051 §6.3.11, RFC 7162, RFC 8438). */
export interface MailboxStatus extends Mailbox {
  messages: number;
  unseen: number | null;
  /** 32 bit. 0 when the server gave none: then nothing about UIDs may be remembered. */
  uidValidity: number;
  uidNext: number;
  /** Decimal text (63 bit), null without CONDSTORE. */
  highestModSeq: string | null;
  /** Sum of RFC822.SIZE in octets; null until known (no STATUS=SIZE). */
  sizeBytes: number | null;
}
