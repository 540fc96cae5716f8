import { photo } from '../attachments.ts';
import type { PhotoSize } from '../attachments.ts';
import { FRIENDS, NEIGHBOUR_OFFICE } from '../contacts.ts';
import { holdConversation } from '../conversation.ts';
import type { Desk } from '../desk.ts';
import { shelfFor } from '../mailboxes.ts';
import { FRIENDS_DE, FRIENDS_EN } from '../texts/friends.ts';
import { OFFICE_TOPICS } from '../texts/office.ts';
import { NEWEST_MS, someMoment } from '../when.ts';

const HOUR_MS = 3_600_000;

/** Friends, house and town: archived by year, this year's in INBOX. */
export function writeEveryday(desk: Desk): void {
  const { random } = desk;
  for (let year = 2019; year <= 2026; year++) {
    for (let i = 0; i < (year === 2026 ? 13 : 5); i++) {
      const english = i % 5 === 1 || i % 5 === 3;
      const topic = random.draw(english ? FRIENDS_EN : FRIENDS_DE);
      const person = random.pick(FRIENDS.filter((p) => p.language === (english ? 'en' : 'de')));
      const startMs = someMoment(random, year, topic.months);
      const files = new Map(i === 2 ? [[0, [photo(random, 'shrunk', startMs)]]] : []);
      holdConversation(desk, { topic, person, startMs, home: shelfFor(year), files });
    }
    const office = random.draw(OFFICE_TOPICS);
    holdConversation(desk, {
      topic: office,
      person: NEIGHBOUR_OFFICE,
      startMs: someMoment(random, year),
      home: shelfFor(year),
    });
  }
  writeThisWeek(desk);
}

/** Not answered yet, some not even read. */
function writeThisWeek(desk: Desk): void {
  const { random } = desk;
  const photos = new Map<number, PhotoSize>([
    [0, 'phone'],
    [3, 'full'],
    [6, 'camera'],
  ]);
  for (let i = 0; i < 8; i++) {
    const english = i % 3 === 1;
    const topic = random.draw(english ? FRIENDS_EN : FRIENDS_DE);
    const person = random.pick(FRIENDS.filter((p) => p.language === (english ? 'en' : 'de')));
    const startMs = NEWEST_MS - i * random.integer(5, 17) * HOUR_MS - 60_000;
    const flags = i < 5 ? [] : i === 6 ? ['\\Seen', '\\Flagged', '$label1'] : ['\\Seen'];
    const size = photos.get(i);
    const files = new Map(size ? [[0, [photo(random, size, startMs)]]] : []);
    holdConversation(desk, { topic, person, startMs, home: 'inbox', turns: 1, flags, files });
  }
}
