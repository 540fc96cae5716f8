/** Small mail for stops: enough of it that every path of the engine is taken, little enough to copy a thousand times. */
import type { MemoryStore } from '../../helpers/memory.ts';

/** A message of a few lines; some have lines that an mbox file must quote, some no line end at their end. */
export function letter(n: number, text = `Body of letter ${n}.`): Buffer {
  const kind = n % 5;
  const body =
    kind === 1
      ? `From here on quoting matters.\r\n>From there as well.\r\n${text}\r\n`
      : kind === 2
        ? `${text}\r\nNo line end follows this`
        : kind === 3
          ? `${text}\r\nÄ in eight bits, and a bare CR\rhere.\r\n`
          : `${text}\r\n`;
  return Buffer.from(
    `From: Anna <anna@example.org>\r\nTo: Ben <ben@example.org>\r\nSubject: Letter ${n}\r\n` +
      `Message-ID: <letter-${n}@example.org>\r\nDate: Mon, 6 May 2024 10:${String(n % 60).padStart(2, '0')}:00 +0200\r\n\r\n${body}`,
  );
}

/** Over a mebibyte, so that it is streamed and not gathered; its lines want quoting. */
export function largeLetter(n: number, sizeBytes = 1_060_000): Buffer {
  const head = letter(n);
  const line = `From the large letter ${n}: ${'x'.repeat(900)}\r\n`;
  return Buffer.concat([head, Buffer.from('\r\n'), Buffer.alloc(sizeBytes - head.length - 2, line)]);
}

const FLAGS: string[][] = [['\\Seen'], [], ['\\Seen', '\\Answered', '$Forwarded'], ['\\Flagged', 'Urlaub']];

/** Letters `from` to `to` with flags and dates that differ. */
export function fill(store: MemoryStore, path: string, from: number, to: number): void {
  const mailbox = store.mailbox(path);
  for (let n = from; n <= to; n++) {
    const day = String((n % 27) + 1).padStart(2, '0');
    mailbox.add(letter(n), FLAGS[n % FLAGS.length], `2024-05-${day}T08:0${n % 10}:00+02:00`);
  }
}
