import { invitation } from '../attachments.ts';
import { CHOIR_LEADER, CHOIR_MEMBERS } from '../contacts.ts';
import { holdConversation } from '../conversation.ts';
import type { Desk } from '../desk.ts';
import { SAMPLE_OWNER } from '../people.ts';
import type { Person } from '../people.ts';
import { CHOIR_DE, CHOIR_EN } from '../texts/choir.ts';
import { someMoment } from '../when.ts';

const LIST = { name: 'Hafenklang', address: 'hafenklang@lists.example.org' };

/** What a list server adds (RFC 2369, RFC 2919). */
const LIST_HEADERS = [
  'Precedence: list',
  'List-Id: Chor Hafenklang <hafenklang.lists.example.org>',
  'List-Post: <mailto:hafenklang@lists.example.org>',
  'List-Unsubscribe: <mailto:hafenklang-leave@lists.example.org>',
  'Sender: hafenklang-bounces@lists.example.org',
];

export function writeChoir(desk: Desk): void {
  const { random } = desk;
  for (let year = 2014; year <= 2026; year++) {
    for (let i = 0; i < (year % 3 === 0 ? 1 : 2); i++) {
      const english = random.chance(0.2);
      const topic = random.draw(english ? CHOIR_EN : CHOIR_DE);
      const person = english
        ? redfern()
        : random.chance(0.7)
          ? CHOIR_LEADER
          : random.pick(CHOIR_MEMBERS.filter((p) => p.language === 'de'));
      const startMs = someMoment(random, year, topic.months);
      holdConversation(desk, { topic, person, startMs, home: 'choir', cc: [LIST], extra: LIST_HEADERS });
    }
    if (year % 3 === 2) inviteToConcert(desk, year);
  }
}

const redfern = (): Person => CHOIR_MEMBERS.find((p) => p.language === 'en') ?? CHOIR_LEADER;

function inviteToConcert(desk: Desk, year: number): void {
  const { random } = desk;
  const sentMs = someMoment(random, year, [3, 4, 9]);
  const startMs = sentMs - (sentMs % 86_400_000) + 45 * 86_400_000 + 17 * 3_600_000;
  const place = random.pick(['Speicherkirche', 'Aula der Seefahrtschule', 'Alte Netzhalle']);
  const summary = `Konzert „${random.pick(['Wasserlieder', 'Stille See', 'Zwölf Winde'])}“`;
  const event = {
    uid: `${random.hex(16)}@hafenklang.example.org`,
    summary,
    location: place,
    description: 'Einsingen zwei Stunden vorher.\nKleidung: schwarz mit etwas Blauem.',
    startMs,
    hours: 2,
    organizer: CHOIR_LEADER,
    attendee: SAMPLE_OWNER,
    sentMs,
  };
  desk.receive(
    'choir',
    {
      from: CHOIR_LEADER,
      to: [SAMPLE_OWNER],
      subject: `Einladung: ${summary}`,
      sentMs,
      text: `Hallo Jette,\n\nhier der Termin für Deinen Kalender: ${summary}, ${place}.\nBitte sag mit einem Klick zu oder ab, dann muss ich weniger zählen.\n\nKlangvolle Grüße\nFriederike\n`,
      files: [invitation(event)],
      mailer: CHOIR_LEADER.mailer,
    },
    ['\\Seen', ...(random.chance(0.5) ? ['\\Flagged'] : [])],
  );
}
