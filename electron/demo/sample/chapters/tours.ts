import { photo, track } from '../attachments.ts';
import type { PhotoSize } from '../attachments.ts';
import { CYCLISTS } from '../contacts.ts';
import { holdConversation } from '../conversation.ts';
import type { Desk } from '../desk.ts';
import type { SampleFile } from '../mime/parts.ts';
import { TOURS_DE, TOURS_EN } from '../texts/tours.ts';
import { someMoment } from '../when.ts';

const ALBUMS: readonly (readonly PhotoSize[])[] = [
  ['phone', 'shrunk'],
  ['camera', 'thumbnail'],
  ['shrunk', 'shrunk', 'phone'],
  ['good'],
  ['thumbnail', 'full'],
  ['phone', 'phone'],
];

export function writeTours(desk: Desk): void {
  const { random } = desk;
  let albums = 0;
  for (let year = 2013; year <= 2026; year++) {
    const english = year % 3 === 0;
    const topic = random.draw(english ? TOURS_EN : TOURS_DE);
    const startMs = someMoment(random, year, topic.months);
    const person = random.pick(CYCLISTS.filter((p) => p.language === (english ? 'en' : 'de')));
    const attached: SampleFile[] = [];
    if (/Bilder|Photos/.test(topic.subject)) {
      for (const size of ALBUMS[albums++ % ALBUMS.length] ?? []) attached.push(photo(random, size, startMs));
    } else if (/GPX/.test(topic.turns[0] ?? '')) {
      attached.push(track(random, random.pick(['Seenrunde', 'Küste-und-Wind', 'Große Marsch', 'Nordwärts']), startMs));
      if (year % 4 === 2) attached.push(photo(random, 'full', startMs));
    }
    const files = new Map(attached.length > 0 ? [[0, attached]] : []);
    holdConversation(desk, { topic, person, startMs, home: 'tours', files });
  }
}
