import { paperSample, photo } from '../attachments.ts';
import { BOOKSHOP, CLIENTS, PRESS } from '../contacts.ts';
import { holdConversation } from '../conversation.ts';
import type { Desk } from '../desk.ts';
import { shelfFor } from '../mailboxes.ts';
import { BOOKSHOP_TOPICS, CLIENTS_DE, CLIENTS_EN, PRESS_TOPICS } from '../texts/customers.ts';
import { someMoment } from '../when.ts';

export function writeCustomers(desk: Desk): void {
  const { random } = desk;
  for (let year = 2015; year <= 2026; year++) {
    const topic = random.draw(BOOKSHOP_TOPICS);
    const home = 'bookshop';
    holdConversation(desk, { topic, person: BOOKSHOP, startMs: someMoment(random, year, topic.months), home });
    if (year % 2 === 0) writePress(desk, year);
  }
  for (let year = 2019; year <= 2026; year++) {
    for (let i = 0; i < (year % 2 === 0 ? 3 : 2); i++) {
      const english = i === 1;
      const topic = random.draw(english ? CLIENTS_EN : CLIENTS_DE);
      const person = random.pick(CLIENTS.filter((p) => p.language === (english ? 'en' : 'de')));
      const startMs = someMoment(random, year);
      const files = new Map(i === 0 ? [[0, [photo(random, random.pick(['shrunk', 'phone'] as const), startMs)]]] : []);
      holdConversation(desk, { topic, person, startMs, home: shelfFor(year), files });
    }
  }
}

function writePress(desk: Desk, year: number): void {
  const { random } = desk;
  const topic = random.draw(PRESS_TOPICS);
  const startMs = someMoment(random, year);
  const samples = topic.subject.startsWith('Marbled');
  const files = samples
    ? new Map([[0, [3, 5].map((n) => paperSample(random, `sample-${n}.png`, 180 + n * 40))]])
    : new Map([[3, [photo(random, 'good', startMs)]]]);
  holdConversation(desk, { topic, person: PRESS, startMs, home: 'press', files });
}
