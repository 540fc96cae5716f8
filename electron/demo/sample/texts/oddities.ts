import type { MailboxKey } from '../mailboxes.ts';

/** A message written octet by octet: no program would send it so today. */
export interface Oddity {
  key: MailboxKey;
  /** Local date: year, month from 1, day, hour, minute. */
  written: readonly [number, number, number, number, number];
  from: string;
  subject: string;
  id: string;
  /** Header lines beside the usual five. */
  extra?: readonly string[];
  /** Lines ended by `\n`; sent with CRLF. */
  body: string;
  encoding?: 'latin1' | 'utf8';
}

const UTF8 = ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: 8bit'];
const LATIN1 = ['Content-Type: text/plain; charset=ISO-8859-1', 'Content-Transfer-Encoding: 8bit'];
const PLACES = 'Ratzeburg, Mölln, Büchen, Lauenburg, Bleckede, Hitzacker, ';

export const ODDITIES: readonly Oddity[] = [
  {
    key: 'archive2019',
    written: [2019, 3, 4, 11, 5],
    from: 'Orla Fennimore <orla@example.org>',
    subject: 'Lines that begin with From',
    id: 'from-lines@example.org',
    body:
      'Hi Jette,\n\nlook what the old letter says:\n\nFrom here to Aarhus it took us nine days.\n' +
      '>From there on we had wind.\n>>From then on, silence.\nFrom orla@example.org Mon Mar  4 11:05:09 2019\n\nOrla\n',
  },
  {
    key: 'archive2020',
    written: [2020, 5, 11, 16, 20],
    from: 'kasse@example.net',
    subject: 'Ohne Zeilenende',
    id: 'no-final-newline@example.net',
    extra: UTF8,
    body: 'Kassenzettel 0815\nSumme: 12,40 €',
  },
  {
    key: 'archive2021',
    written: [2021, 8, 2, 21, 48],
    from: 'tomke.ae@example.net',
    subject: 'Eine lange Zeile',
    id: 'long-line@example.net',
    extra: UTF8,
    body: `Alle Orte unserer Reise: ${PLACES.repeat(80)}und zurück.\n`,
  },
  {
    key: 'archive2022',
    written: [2022, 1, 19, 9, 15],
    from: 'Rösterei Südhafen <kaffee@example.com>',
    subject: 'Grüße aus der Rösterei',
    id: 'raw-latin1@example.com',
    extra: LATIN1,
    body: 'Die Bohnen für Ihre Werkstatt sind geröstet. Süß und kräftig!\n',
    encoding: 'latin1',
  },
  {
    key: 'archive2023',
    written: [2023, 6, 30, 12, 2],
    from: 'Café Möwenblick <post@example.com>',
    subject: 'Schöne Grüße, roh und in UTF-8 ☕',
    id: 'raw-utf8@example.com',
    extra: UTF8,
    body: 'Der Tisch am Fenster ist reserviert. Bis Freitag!\n',
  },
  {
    key: 'archive2024',
    written: [2024, 2, 14, 7, 31],
    from: 'hauke@example.org',
    subject: 'Keine Zeile',
    id: 'no-body@example.org',
    body: '',
  },
  {
    key: 'archive2024',
    written: [2024, 9, 8, 19, 9],
    from: 'mattis@example.net',
    subject: 'Punkte und Tabs',
    id: 'dots@example.net',
    extra: UTF8,
    body: '.\n..\n.Hallo Jette,\n\teingerückt und mit Leerzeichen am Ende   \n\n\n\n.\n',
  },
  {
    key: 'archive2025',
    written: [2025, 4, 27, 22, 14],
    from: 'ines.vs@example.com',
    subject: 'Re: Re: Re: Fwd: =?UTF-8?Q?=F0=9F=9A=B2_und_?= =?UTF-8?Q?=F0=9F=8E=B6?=',
    id: 'emoji@example.com',
    extra: UTF8,
    body: '🚲🎶🌊 — that is the whole plan.\n',
  },
];

/** Moved here from another provider in one go: the server's date is that of the move, not of the letter. */
export const MOVED: readonly Oddity[] = [
  {
    key: 'grandparents',
    written: [2012, 2, 3, 8, 30],
    from: 'kaethe-und-willem@example.org',
    // An encoded word within a word: RFC 2047 §5 forbids it, old programs wrote it.
    subject: 'Dein Gesellenst=?ISO-8859-1?Q?=FC?=ck',
    id: 'alt-0@example.org',
    extra: LATIN1,
    body: 'Herzlichen Glückwunsch zur bestandenen Prüfung! Wir sind so stolz.\n\nDeine Oma\n',
    encoding: 'latin1',
  },
  {
    key: 'grandparents',
    // Within the hour that the clocks repeat.
    written: [2012, 10, 28, 2, 30],
    from: 'kaethe-und-willem@example.org',
    subject: 'Zeitumstellung!',
    id: 'alt-1@example.org',
    body: 'Nicht vergessen: Die Uhr im Flur stellt sich nicht von allein.\n\nDeine Oma\n',
  },
  {
    key: 'grandparents',
    // The first second of summer time.
    written: [2013, 3, 31, 3, 0],
    from: 'kaethe-und-willem@example.org',
    subject: '=?ISO-8859-1?Q?Fr=FChling=2C_angeblich?=',
    id: 'alt-2@example.org',
    extra: LATIN1,
    body: 'Heute Nacht fehlt eine Stunde, und draußen liegt Schnee.\n\nDeine Oma\n',
    encoding: 'latin1',
  },
];

/** One letter that ended up in several places. */
export const COPIED = {
  subject: 'Liste fürs Fest',
  text:
    'Moin Jette,\n\nhier noch einmal die Liste fürs Fest: Bänke, Lichterketten, Kuchen (Du),\n' +
    'Suppe (ich), Musik (Callum, wenn man ihn lässt).\n\nDeine Levke\n',
};
