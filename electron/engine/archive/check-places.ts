import fs from 'node:fs';
import { statOrNull } from '../fs/durable.ts';
import type { Catalog, CatalogMailbox } from './catalog.ts';
import { allMessages, type StoredMessage } from './catalog-read.ts';
import type { Finding } from './check-archive.ts';
import { mailPath, type ArchivePaths } from './layout.ts';
import { openMbox } from './mail-reader.ts';
import { FROM_LINE_BYTES, isFromLine } from './mbox.ts';

/** Findings of one kind in one mailbox are told up to here, then counted. */
const MAX_TOLD = 20;
const LF = 0x0a;

/** Every place is inside its file, begins with a From_ line, ends with an empty line and overlaps no other. */
export function checkPlaces(paths: ArchivePaths, catalog: Catalog, findings: Finding[]): void {
  let open = null as OpenMailbox | null;
  for (const message of allMessages(catalog)) {
    if (open?.mailbox.record.id !== message.mailbox) {
      open?.close();
      open = new OpenMailbox(paths, catalog.mailboxes.get(message.mailbox)!, findings);
    }
    open.check(message);
  }
  open?.close();
  for (const mailbox of catalog.mailboxes.values()) checkTail(paths, mailbox, findings);
}

class OpenMailbox {
  readonly mailbox: CatalogMailbox;
  readonly #paths: ArchivePaths;
  readonly #findings: Finding[];
  #fd: number | null = null;
  #sizeBytes = 0;
  #end = 0;
  #lastOffset = -1;
  #bad = 0;

  constructor(paths: ArchivePaths, mailbox: CatalogMailbox, findings: Finding[]) {
    this.#paths = paths;
    this.mailbox = mailbox;
    this.#findings = findings;
  }

  check(message: StoredMessage): void {
    const { place } = message;
    const problem = 'file' in place ? this.#checkFile(place.file, message.sizeBytes) : this.#checkText(place);
    if (problem === null) return;
    if (this.#bad++ < MAX_TOLD) this.#tell(`Message ${message.uid} of ${this.mailbox.record.path}: ${problem}.`);
  }

  #tell(message: string): void {
    this.#findings.push({ severity: 'damage', message });
  }

  #checkFile(file: string, sizeBytes: number): string | null {
    const target = `${this.mailbox.record.file}/${file}`;
    const stat = statOrNull(mailPath(this.#paths, target));
    if (!stat) return `mail/${target} is gone`;
    return stat.size === sizeBytes ? null : `mail/${target} has ${stat.size} octets instead of ${sizeBytes}`;
  }

  #checkText({ offset, length }: { offset: number; length: number }): string | null {
    if (this.#fd === null && !this.#openFile()) return `mail/${this.mailbox.record.file} is gone`;
    const at = `mail/${this.mailbox.record.file} at offset ${offset}`;
    if (offset === this.#lastOffset) return null;
    const overlaps = offset < this.#end;
    this.#lastOffset = offset;
    this.#end = Math.max(this.#end, offset + length);
    if (overlaps) return `${at} overlaps the message before it`;
    if (offset + length > this.#sizeBytes) return `${at} reaches beyond the end of the file`;
    const line = Buffer.alloc(FROM_LINE_BYTES);
    fs.readSync(this.#fd!, line, 0, FROM_LINE_BYTES, offset);
    if (!isFromLine(line)) return `${at} does not begin with a From_ line`;
    fs.readSync(this.#fd!, line, 0, 2, offset + length - 2);
    return line[0] === LF && line[1] === LF ? null : `${at} does not end with an empty line`;
  }

  #openFile(): boolean {
    try {
      this.#fd = openMbox(mailPath(this.#paths, this.mailbox.record.file), this.mailbox.rewrites);
    } catch {
      return false;
    }
    this.#sizeBytes = fs.fstatSync(this.#fd).size;
    return true;
  }

  close(): void {
    if (this.#fd !== null) fs.closeSync(this.#fd);
    if (this.#bad <= MAX_TOLD) return;
    this.#tell(`${this.#bad - MAX_TOLD} more messages of ${this.mailbox.record.path} are not where they should be.`);
  }
}

function checkTail(paths: ArchivePaths, mailbox: CatalogMailbox, findings: Finding[]): void {
  const stat = statOrNull(mailPath(paths, mailbox.record.file));
  if (!stat?.isFile() || stat.size <= mailbox.endBytes) return;
  const message = `mail/${mailbox.record.file} has ${stat.size - mailbox.endBytes} octets at its end that no message of the archive owns.`;
  findings.push({ severity: 'note', message });
}
