/** Reading an archive: folders, lists, search and one message. */
import type { Mailbox } from './mailbox.ts';
import type { MessageRef } from './job-request.ts';

export interface ArchiveFolder extends Mailbox {
  messages: number;
  unread: number;
  sizeBytes: number;
  /** Of `messages`, how many have left the server. */
  missing: number;
}

export type SearchField = 'everywhere' | 'people' | 'subject' | 'attachments';
export type MessageSort = 'newest' | 'oldest' | 'largest' | 'from' | 'subject' | 'relevance';

export interface MessageQuery {
  /** null: all folders. */
  mailbox: string | null;
  /** '' lists; otherwise every word must occur (a prefix is enough), "…" for a phrase. */
  text: string;
  field: SearchField;
  unread: boolean;
  flagged: boolean;
  attachment: boolean;
  /** `YYYY-MM-DD`, inclusive. */
  after: string | null;
  before: string | null;
  sort: MessageSort;
}

/** Half-open ranges of UTF-16 offsets into a text, to be marked as hits. */
export type HitRanges = [number, number][];

export interface MessageRow extends MessageRef {
  from: string;
  to: string;
  subject: string;
  /** ISO: when it was sent, else when it arrived; null: neither is known. */
  date: string | null;
  sizeBytes: number;
  unread: boolean;
  flagged: boolean;
  answered: boolean;
  attachments: number;
  missingOnSource: boolean;
  /** The first words, or those around a hit. */
  snippet: string;
  hits: { from: HitRanges; subject: HitRanges; snippet: HitRanges };
}

export interface MessagePage {
  /** Of the whole query. */
  total: number;
  offset: number;
  rows: MessageRow[];
  /** Hits per mailbox path over all folders; null without a search text. */
  perMailbox: Record<string, number> | null;
  elapsedMs: number;
  /** Messages that the full-text index still lacks: bodies of these are not found yet. */
  unindexed: number;
}

export interface Attachment {
  /** Position among the message's attachments; the key for saving. */
  index: number;
  /** Safe to use as a file name and to show. */
  name: string;
  /** The name as the message has it, where it had to be changed. */
  originalName: string | null;
  mimeType: string;
  sizeBytes: number;
  /** Opening it may run a program. */
  risky: boolean;
  inline: boolean;
}

export interface MailAddress {
  name: string;
  address: string;
}

export interface MessageView extends MessageRef {
  subject: string;
  from: MailAddress[];
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  replyTo: MailAddress[];
  sentDate: string | null;
  internalDate: string | null;
  sizeBytes: number;
  unread: boolean;
  flagged: boolean;
  answered: boolean;
  keywords: string[];
  fingerprint: string;
  missingOnSource: boolean;
  /** Plain text; made from HTML where there is no plain part. */
  text: string;
  textHits: HitRanges;
  subjectHits: HitRanges;
  /** Where the safe HTML page is served; null: the message has no HTML. Good until the app closes. */
  htmlUrl: string | null;
  /** Pictures that would be loaded from the network, and from where. */
  remotePictures: { count: number; hosts: string[] };
  attachments: Attachment[];
  /** Header lines as they are, in order. */
  headers: { name: string; value: string }[];
  /** What could not be read as it should; null: all fine. */
  problem: string | null;
}

export interface MessageSource {
  /** Bounded; raw octets as Latin-1 where they are not UTF-8. */
  text: string;
  sizeBytes: number;
  truncated: boolean;
}

export interface IndexState {
  state: 'ready' | 'building' | 'failed';
  indexed: number;
  total: number;
}

/** A hit of the search over all archives. */
export interface ArchiveHit extends MessageRow {
  archiveId: string;
  archiveName: string;
  /** Of the path of its mailbox. */
  delimiter: string | null;
}

export interface ArchiveHits {
  /** Newest first, of all archives. */
  hits: ArchiveHit[];
  total: number;
  elapsedMs: number;
  /** Names of archives that are not there, or could not be read. */
  notSearched: string[];
}
