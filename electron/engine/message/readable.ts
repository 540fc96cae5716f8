/** A message as a person reads it in a terminal: the header lines that matter, text, and the names of attachments. */
import { addressesOf, addressText } from './addresses.ts';
import { listAttachments } from './attachments.ts';
import { selectContent } from './content.ts';
import { parseDate } from './header-date.ts';
import { fieldValue, type HeaderField } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';
import { subjectOf, textOf } from './message-view.ts';
import { readMimeTree } from './mime-tree.ts';

export interface ReadableMessage {
  from: string;
  to: string;
  cc: string;
  /** RFC 3339 with its zone, or as written where it is no date. */
  date: string;
  subject: string;
  /** Plain text; made from HTML where there is no plain part. */
  text: string;
  attachments: { name: string; mimeType: string; sizeBytes: number }[];
}

/** Never throws on broken mail: whatever cannot be read is left out or shown as it is. */
export function readMessage(raw: Buffer): ReadableMessage {
  const tree = readMimeTree(raw);
  const { fields } = tree.root;
  const { blocks, attachments } = selectContent(raw, tree);
  const date = fieldValue(fields, 'date').slice(0, 200);
  return {
    from: addressList(fields, 'from'),
    to: addressList(fields, 'to'),
    cc: addressList(fields, 'cc'),
    date: parseDate(date) ?? decodeHeaderText(date),
    subject: subjectOf(fields),
    text: textOf(raw, blocks, tree.problems, { links: true }),
    attachments: listAttachments(raw, attachments, new Set()).map(({ name, mimeType, sizeBytes }) => ({
      name,
      mimeType,
      sizeBytes,
    })),
  };
}

function addressList(fields: readonly HeaderField[], name: string): string {
  return addressesOf(fields, name).map(addressText).join(', ');
}
