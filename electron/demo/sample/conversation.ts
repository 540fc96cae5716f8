import type { Desk } from './desk.ts';
import type { MailboxKey } from './mailboxes.ts';
import type { Address } from './mime/addresses.ts';
import type { SampleFile } from './mime/parts.ts';
import { SAMPLE_OWNER } from './people.ts';
import type { Person } from './people.ts';
import { htmlOf, quoteText, wrapText } from './prose.ts';
import { spin } from './spin.ts';
import type { Bindings } from './spin.ts';
import type { Topic } from './topic.ts';
import { NEWEST_MS, whenAwake } from './when.ts';

export interface Conversation {
  topic: Topic;
  person: Person;
  startMs: number;
  /** Where the mails of the other side are kept. Jette's are in Sent. */
  home: MailboxKey;
  /** Attachments by turn, from 0 on. */
  files?: ReadonlyMap<number, readonly SampleFile[]>;
  cc?: readonly Address[];
  extra?: readonly string[];
  /** Flags of the mails received; by chance if not given. */
  flags?: readonly string[];
  /** The last turns have not been written yet. */
  turns?: number;
  bindings?: Bindings;
}

interface Turn {
  text: string;
  sentMs: number;
  author: Address;
}

const MINUTE_MS = 60_000;

/** Writes a topic out, mail by mail, with threading, quotations and flags. @returns when the last mail was sent */
export function holdConversation(desk: Desk, conversation: Conversation): number {
  const { random } = desk;
  const { topic, person } = conversation;
  const bindings = conversation.bindings ?? new Map<string, string>();
  const subject = spin(topic.subject, random, bindings);
  const references: string[] = [];
  const count = Math.min(topic.turns.length, conversation.turns ?? topic.turns.length);
  let [sentMs, previous] = [conversation.startMs, null as Turn | null];
  for (let i = 0; i < count; i++) {
    const mine = (i % 2 === 0) === (topic.mine ?? false);
    const text = bodyOf(desk, conversation, {
      template: topic.turns[i] ?? '',
      mine,
      first: i === 0,
      bindings,
      previous,
    });
    const author = mine ? SAMPLE_OWNER : person;
    const messageId = desk.messageId(author);
    const files = conversation.files?.get(i);
    const letter = {
      subject: i === 0 ? subject : `${person.language === 'de' && !mine && !person.quotes ? 'AW' : 'Re'}: ${subject}`,
      sentMs,
      text,
      messageId,
      references: [...references],
      ...(files ? { files } : {}),
      ...(conversation.cc ? { cc: conversation.cc } : {}),
    };
    // From her phone she answers too, and that keeps no copy.
    if (mine && random.chance(0.55)) desk.send({ ...letter, to: [person] });
    if (!mine) {
      const flags = conversation.flags ?? (i + 1 < count ? [...desk.readFlags(), '\\Answered'] : desk.readFlags());
      const extra = conversation.extra ? { extra: conversation.extra } : {};
      const html = person.mailer.html ? { html: htmlOf(text) } : {};
      desk.receive(
        conversation.home,
        { ...letter, ...html, ...extra, from: person, to: [SAMPLE_OWNER], mailer: person.mailer },
        flags,
      );
    }
    references.push(messageId);
    previous = { text, sentMs, author };
    sentMs = whenAwake(sentMs + random.integer(25, random.chance(0.5) ? 300 : 2600) * MINUTE_MS);
    // What would have been written later has not been written yet.
    if (sentMs > NEWEST_MS) break;
  }
  return sentMs;
}

interface BodyParts {
  template: string;
  mine: boolean;
  first: boolean;
  bindings: Bindings;
  previous: Turn | null;
}

function bodyOf(
  desk: Desk,
  { person }: Conversation,
  { template, mine, first, bindings, previous }: BodyParts,
): string {
  const { random } = desk;
  const words = spin(template, random, bindings).trim();
  const greeting = first || random.chance(0.7) ? random.pick(mine ? person.greeted : person.greets) : '';
  const closing = random.pick(mine ? person.closed : person.closes);
  const start = greeting === '' ? words.charAt(0).toUpperCase() + words.slice(1) : words;
  let text = [greeting, start, closing].filter((part) => part !== '').join('\n\n');
  if (mine || person.mailer.wraps) text = wrapText(text);
  const signature = mine ? null : person.signature;
  const quotes = previous && (mine ? random.chance(0.7) : person.quotes);
  if (quotes) text += `\n\n${quoteText(previous.text, previous.author.name, previous.sentMs, person.language)}`;
  if (signature) text += `\n\n-- \n${signature}`;
  return `${text}\n`;
}
