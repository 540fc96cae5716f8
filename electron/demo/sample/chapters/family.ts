import { BROTHER, COUSIN, GRANDPARENTS, MOTHER } from '../contacts.ts';
import { holdConversation } from '../conversation.ts';
import type { Desk } from '../desk.ts';
import { photo } from '../attachments.ts';
import type { PhotoSize } from '../attachments.ts';
import { shelfFor } from '../mailboxes.ts';
import { FAMILY_DE, FAMILY_EN } from '../texts/family.ts';
import { GRANDPARENT_TOPICS } from '../texts/grandparents.ts';
import { someMoment } from '../when.ts';

/** Sizes of the photos that come with a mail, most mails bring none. */
const ALBUM: readonly PhotoSize[] = ['shrunk', 'phone', 'thumbnail', 'good', 'shrunk', 'thumbnail', 'full', 'phone'];

export function writeFamily(desk: Desk): void {
  const { random } = desk;
  let pictures = 0;
  for (let year = 2013; year <= 2026; year++) {
    const german = random.draw(FAMILY_DE);
    const startMs = someMoment(random, year, german.months);
    const photos = year % 2 === 0 ? [photo(random, ALBUM[pictures++ % ALBUM.length] ?? 'phone', startMs)] : [];
    const files = new Map(photos.length > 0 ? [[0, photos]] : []);
    const person = german.subject.includes('Geschenk') ? BROTHER : MOTHER;
    holdConversation(desk, { topic: german, person, startMs, home: year < 2021 ? 'family' : shelfFor(year), files });
    if (year % 2 === 0) continue;
    const english = random.draw(FAMILY_EN);
    const englishMs = someMoment(random, year, english.months);
    holdConversation(desk, { topic: english, person: COUSIN, startMs: englishMs, home: 'family' });
  }
  for (let year = 2012; year <= 2026; year++) {
    const topic = random.draw(GRANDPARENT_TOPICS);
    const startMs = someMoment(random, year, topic.months);
    const size = ALBUM[(pictures++ * 3) % ALBUM.length] ?? 'phone';
    const files = new Map(year >= 2015 && year % 3 === 0 ? [[0, [photo(random, size, startMs)]]] : []);
    holdConversation(desk, { topic, person: GRANDPARENTS, startMs, home: 'grandparents', files });
  }
}
