/** What lies in Drafts, Trash and Junk. */
import { holdConversation } from '../conversation.ts';
import { CYCLISTS, FRIENDS } from '../contacts.ts';
import type { Desk } from '../desk.ts';
import { MAILERS, SAMPLE_OWNER } from '../people.ts';
import { htmlOf } from '../prose.ts';
import { spin } from '../spin.ts';
import { DRAFTS } from '../texts/drafts.ts';
import { FRIENDS_DE, FRIENDS_EN } from '../texts/friends.ts';
import { JUNK } from '../texts/junk.ts';
import { TOURS_DE } from '../texts/tours.ts';
import { someMoment } from '../when.ts';

export function writeLeftovers(desk: Desk): void {
  const { random } = desk;
  for (const { subject, to, text } of DRAFTS) {
    const sentMs = someMoment(random, 2026, [8, 9, 10, 11]);
    desk.send({ subject, to: [{ name: '', address: to }], sentMs, text }, ['\\Draft', '\\Seen'], 'drafts');
  }
  for (let i = 0; i < 15; i++) writeJunk(desk);
  for (let i = 0; i < 13; i++) {
    const [topics, people] =
      i % 3 === 0 ? [FRIENDS_EN, FRIENDS] : i % 3 === 1 ? [TOURS_DE, CYCLISTS] : [FRIENDS_DE, FRIENDS];
    const language = i % 3 === 0 ? 'en' : 'de';
    const person = random.pick(people.filter((p) => p.language === language));
    const startMs = someMoment(random, 2026, [8, 9, 10]);
    holdConversation(desk, { topic: random.draw(topics), person, startMs, home: 'trash', turns: 1, flags: ['\\Seen'] });
  }
}

function writeJunk(desk: Desk): void {
  const { random } = desk;
  const { name, address, language, subject, text } = random.draw(JUNK);
  const words = `${spin(text, random)}\n`;
  const style = random.pick(['utf8-base64', 'latin1-qp', 'utf8-qp'] as const);
  desk.receive(
    'junk',
    {
      from: { name, address },
      to: [random.chance(0.5) ? SAMPLE_OWNER : { name: '', address: SAMPLE_OWNER.address }],
      subject: spin(subject, random),
      sentMs: someMoment(random, 2026, [9, 10, 11]),
      text: words,
      ...(random.chance(0.6) ? { html: htmlOf(words, language === 'de' ? 'Impact' : 'Comic Sans MS') } : {}),
      mailer: { ...MAILERS.portal, style },
      extra: ['X-Spam-Flag: YES', `X-Spam-Score: ${random.integer(6, 19)}.${random.integer(0, 9)}`],
    },
    [random.chance(0.6) ? '\\Seen' : '', 'Junk'].filter((flag) => flag !== ''),
  );
}
