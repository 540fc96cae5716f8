/** Messages that mail software has stumbled over. */
import { localTime, mailDate } from '../calendar.ts';
import type { Desk } from '../desk.ts';
import type { MailboxKey } from '../mailboxes.ts';
import { MAILERS, SAMPLE_OWNER } from '../people.ts';
import { COPIED, MOVED, ODDITIES } from '../texts/oddities.ts';
import type { Oddity } from '../texts/oddities.ts';

export function writeOddities(desk: Desk): void {
  for (const oddity of ODDITIES) put(desk, oddity.key, handmade(oddity), localTime(...oddity.written) + 5000);
  const movedMs = localTime(2014, 7, 19, 13, 0);
  MOVED.forEach((oddity, i) => put(desk, oddity.key, handmade(oddity), movedMs + i * 1000));
  writeOneIdTwice(desk);
  writeCopies(desk);
}

function put(desk: Desk, key: MailboxKey, raw: Buffer, receivedMs: number, flags: string[] = ['\\Seen']): void {
  desk.bag.put(key, { raw, flags, receivedMs });
}

function handmade({ from, subject, written, id, extra = [], body, encoding = 'utf8' }: Oddity): Buffer {
  const lines = [
    `From: ${from}`,
    `To: ${SAMPLE_OWNER.address}`,
    `Subject: ${subject}`,
    `Date: ${mailDate(localTime(...written))}`,
    `Message-ID: <${id}>`,
    ...extra,
    '',
    body.replaceAll('\n', '\r\n'),
  ];
  return Buffer.from(lines.join('\r\n'), encoding);
}

/** Different messages under one Message-ID: a shop that numbers badly. */
function writeOneIdTwice(desk: Desk): void {
  const from = { name: 'Knopf & Kordel', address: 'shop@knopf-kordel.example.com' };
  const messageId = 'order-1@knopf-kordel.example.com';
  for (const [day, done] of [
    [6, 'eingegangen'],
    [7, 'versandt'],
  ] as const) {
    const subject = `Bestellung ${done}`;
    const text = `Ihre Bestellung (3 m Kapitalband, rot-weiß) ist ${done}.\n`;
    const sentMs = localTime(2025, 10, day, 9, 12);
    desk.receive('archive2025', { from, to: [SAMPLE_OWNER], subject, text, sentMs, messageId, mailer: MAILERS.portal });
  }
}

/** The same octets more than once: thrice within a mailbox, and filed in another as well. */
function writeCopies(desk: Desk): void {
  const sentMs = localTime(2024, 11, 3, 20, 15);
  const from = { name: 'Levke Grönwoldt', address: 'levke.groenwoldt@example.com' };
  const letter = { ...COPIED, from, to: [SAMPLE_OWNER], sentMs, mailer: MAILERS.desk };
  const raw = desk.receive('archive2024', letter, ['\\Seen', '\\Flagged']);
  put(desk, 'archive2024', raw, sentMs + 90_000);
  put(desk, 'archive2024', raw, sentMs + 180_000, []);
  put(desk, 'family', raw, sentMs + 400_000);
}
