/** Messages that mail software has stumbled over. */
import { localTime, mailDate } from '../calendar.ts';
import type { Desk } from '../desk.ts';
import { MAILERS, SAMPLE_OWNER } from '../people.ts';
import type { MailboxKey } from '../mailboxes.ts';

interface Oddity {
  subject: string;
  from: string;
  body: string;
  id: string;
  sentMs: number;
  extra?: string[];
}

export function writeOddities(desk: Desk): void {
  writeHandmade(desk);
  writeOneIdTwice(desk);
  writeCopies(desk);
}

function put(desk: Desk, key: MailboxKey, raw: Buffer, receivedMs: number, flags: string[] = ['\\Seen']): void {
  desk.bag.put(key, { raw, flags, receivedMs });
}

function handmade(
  { subject, from, body, id, sentMs, extra = [] }: Oddity,
  encoding: 'utf8' | 'latin1' = 'utf8',
): Buffer {
  const lines = [`From: ${from}`, `To: ${SAMPLE_OWNER.address}`, `Subject: ${subject}`, `Date: ${mailDate(sentMs)}`];
  return Buffer.from([...lines, `Message-ID: <${id}>`, ...extra, '', body].join('\r\n'), encoding);
}

function writeHandmade(desk: Desk): void {
  const text = ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: 8bit'];
  const orla = 'Orla Fennimore <orla@example.org>';
  const at = (year: number, month: number, day: number): number => localTime(year, month, day, 11, 5, 9);
  const mails: [MailboxKey, Oddity, ('utf8' | 'latin1')?][] = [
    [
      'archive2019',
      {
        subject: 'Lines that begin with From',
        from: orla,
        id: 'from-lines@example.org',
        sentMs: at(2019, 3, 4),
        body: 'Hi Jette,\r\n\r\nlook what the old letter says:\r\n\r\nFrom here to Aarhus it took us nine days.\r\n>From there on we had wind.\r\n>>From then on, silence.\r\nFrom orla@example.org Mon Mar  4 11:05:09 2019\r\n\r\nOrla\r\n',
      },
    ],
    [
      'archive2020',
      {
        subject: 'Ohne Zeilenende',
        from: 'kasse@example.net',
        id: 'no-final-newline@example.net',
        sentMs: at(2020, 5, 11),
        extra: text,
        body: 'Kassenzettel 0815\r\nSumme: 12,40 €',
      },
    ],
    [
      'archive2021',
      {
        subject: 'Eine lange Zeile',
        from: 'tomke.ae@example.net',
        id: 'long-line@example.net',
        sentMs: at(2021, 8, 2),
        extra: text,
        body: `Alle Orte unserer Reise: ${'Ratzeburg, Mölln, Büchen, Lauenburg, Bleckede, Hitzacker, '.repeat(80)}und zurück.\r\n`,
      },
    ],
    [
      'archive2022',
      {
        subject: 'Grüße aus der Rösterei',
        from: 'Rösterei Südhafen <kaffee@example.com>',
        id: 'raw-latin1@example.com',
        sentMs: at(2022, 1, 19),
        extra: ['Content-Type: text/plain; charset=ISO-8859-1', 'Content-Transfer-Encoding: 8bit'],
        body: 'Die Bohnen für Ihre Werkstatt sind geröstet. Süß und kräftig!\r\n',
      },
      'latin1',
    ],
    [
      'archive2023',
      {
        subject: 'Schöne Grüße, roh und in UTF-8 ☕',
        from: 'Café Möwenblick <post@example.com>',
        id: 'raw-utf8@example.com',
        sentMs: at(2023, 6, 30),
        extra: text,
        body: 'Der Tisch am Fenster ist reserviert. Bis Freitag!\r\n',
      },
    ],
    [
      'archive2024',
      {
        subject: 'Keine Zeile',
        from: 'hauke@example.org',
        id: 'no-body@example.org',
        sentMs: at(2024, 2, 14),
        body: '',
      },
    ],
    [
      'archive2024',
      {
        subject: 'Punkte und Tabs',
        from: 'mattis@example.net',
        id: 'dots@example.net',
        sentMs: at(2024, 9, 8),
        body: '.\r\n..\r\n.Hallo Jette,\r\n\teingerückt und mit Leerzeichen am Ende   \r\n\r\n\r\n\r\n.\r\n',
      },
    ],
    [
      'archive2025',
      {
        subject: 'Re: Re: Re: Fwd: =?UTF-8?Q?=F0=9F=9A=B2_und_?= =?UTF-8?Q?=F0=9F=8E=B6?=',
        from: 'ines.vs@example.com',
        id: 'emoji@example.com',
        sentMs: at(2025, 4, 27),
        extra: text,
        body: '🚲🎶🌊 — that is the whole plan.\r\n',
      },
    ],
  ];
  for (const [key, oddity, encoding] of mails) put(desk, key, handmade(oddity, encoding), oddity.sentMs + 5000);
}

/** Different messages under one Message-ID: a shop that numbers badly. */
function writeOneIdTwice(desk: Desk): void {
  const from = { name: 'Knopf & Kordel', address: 'shop@knopf-kordel.example.com' };
  [
    ['Bestellung eingegangen', 'Ihre Bestellung (3 m Kapitalband, rot-weiß) ist eingegangen.'],
    ['Bestellung versandt', 'Ihre Bestellung (3 m Kapitalband, rot-weiß) ist unterwegs.'],
  ].forEach(([subject = '', text = ''], i) => {
    const sentMs = localTime(2025, 10, 6 + i, 9, 12, 0);
    const messageId = 'order-1@knopf-kordel.example.com';
    desk.receive('archive2025', {
      from,
      to: [SAMPLE_OWNER],
      subject,
      text: `${text}\n`,
      sentMs,
      messageId,
      mailer: MAILERS.portal,
    });
  });
}

/** The same octets more than once: within a mailbox, and filed in two. */
function writeCopies(desk: Desk): void {
  const sentMs = localTime(2024, 11, 3, 20, 15, 0);
  const from = { name: 'Levke Grönwoldt', address: 'levke.groenwoldt@example.com' };
  const letter = { from, to: [SAMPLE_OWNER], sentMs, mailer: MAILERS.desk };
  const text =
    'Moin Jette,\n\nhier noch einmal die Liste fürs Fest: Bänke, Lichterketten, Kuchen (Du),\nSuppe (ich), Musik (Callum, wenn man ihn lässt).\n\nDeine Levke\n';
  const raw = desk.receive('archive2024', { ...letter, subject: 'Liste fürs Fest', text }, ['\\Seen', '\\Flagged']);
  put(desk, 'archive2024', raw, sentMs + 90_000);
  put(desk, 'archive2024', raw, sentMs + 180_000, []);
  put(desk, 'family', raw, sentMs + 400_000);
  // Moved here from another provider in 2014: the server's date is that of the move.
  const moved = localTime(2014, 7, 19, 13, 0, 0);
  [localTime(2012, 2, 3, 8, 30, 0), localTime(2012, 10, 28, 2, 30, 0), localTime(2013, 3, 31, 3, 0, 0)].forEach(
    (writtenMs, i) => {
      const subject = ['Dein Gesellenstück', 'Zeitumstellung!', 'Frühling, angeblich'][i] ?? '';
      const words =
        [
          'Herzlichen Glückwunsch zur bestandenen Prüfung! Wir sind so stolz.',
          'Nicht vergessen: Die Uhr im Flur stellt sich nicht von allein.',
          'Heute Nacht fehlt eine Stunde, und draußen liegt Schnee.',
        ][i] ?? '';
      const oma = { name: 'Käthe und Willem Lorenzen', address: 'kaethe-und-willem@example.org' };
      const raw = handmade({
        // An encoded word within a word: RFC 2047 §5 forbids it, old programs wrote it.
        subject: subject.replace(
          /[^\x20-\x7e]/g,
          (c) => `=?ISO-8859-1?Q?=${c.charCodeAt(0).toString(16).toUpperCase()}?=`,
        ),
        from: oma.address,
        body: `${words}\r\n\r\nDeine Oma\r\n`,
        id: `alt-${i}@example.org`,
        sentMs: writtenMs,
        extra: ['Content-Type: text/plain; charset=UTF-8'],
      });
      put(desk, 'grandparents', raw, moved + i * 1000);
    },
  );
}
