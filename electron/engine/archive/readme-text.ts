import type { Layout } from './layout.ts';

/** README.txt of an archive: for somebody who finds the folder and has no Mailferry. */
export function readmeText(account: string, layout: Layout): string {
  return `This folder is a mail archive${account === '' ? '' : ` of ${account}`}, made by Mailferry.

mail/            ${layout === 'mbox' ? MBOX : EML}
mailferry.json   says what this folder is.
state/journal/   text, one JSON object a line: for each message its UID, flags, date of arrival,
                 SHA-256 and place. The last record about a message is the one that counts.
state/catalog.sqlite and state/checkpoint.json
                 are made from the journal and the mail; they may be deleted at any time.
state/lock       is there only while a program writes to the archive.

${layout === 'mbox' ? HOW_MBOX : HOW_EML}

Messages that were deleted on the server stay here; the journal calls them "missing".
In an archive of a Gmail account labels are memberships of one message kept in All Mail.
Do not edit the files in mail/: Mailferry would find them changed ("mailferry verify").
The format is described in full in docs/archive-format.md of Mailferry's source.
`;
}

const MBOX = `the mail, one mbox file for each folder; subfolders of NAME are in
                 NAME.sbd/, as Thunderbird has it.`;
const EML = `the mail, one .eml file for each message, in a folder for each mail folder;
                 subfolders of NAME are in NAME.sbd/.`;

const HOW_MBOX = `To read the mail without Mailferry, open a file in mail/ with any program that knows mbox
(Thunderbird, mutt, Apple Mail, Python's "mailbox"). Lines of a message that begin with "From "
have a ">" before them (mboxrd).`;
const HOW_EML = `To read the mail without Mailferry, open an .eml file with any mail program. Exact copies of
a message are hard links to one file.`;
