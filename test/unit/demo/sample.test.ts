import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_OWNER, loadSampleMailbox } from '../../../electron/demo/sample/load-sample-mailbox.ts';
import { DemoAccount } from '../../../electron/demo/server/account.ts';
import type { DemoMailbox, DemoMessage } from '../../../electron/demo/server/mailbox.ts';
import { jpegMarkers, pdfObjects, pngChunks } from './sample-files.ts';

function freshAccount(delimiter: string, seed?: number): DemoAccount {
  let uidValidity = 1;
  const account = new DemoAccount('jette', { delimiter, namespacePrefix: '', nextUidValidity: () => uidValidity++ });
  loadSampleMailbox(account, seed);
  return account;
}

function digest(account: DemoAccount): string {
  const hash = createHash('sha256');
  for (const mailbox of account.mailboxes) {
    hash.update(`${mailbox.path.replaceAll(account.delimiter, '\0')} ${mailbox.specialUse.join()}\n`);
    for (const { uid, internalDate, flags, raw } of mailbox.messages) {
      hash.update(`${uid} ${internalDate} ${flags.join(' ')} ${raw.length}\n`).update(raw);
    }
  }
  return hash.digest('hex');
}

interface Parsed {
  mailbox: DemoMailbox;
  message: DemoMessage;
  email: Email;
}

let account: DemoAccount;
const parsed: Parsed[] = [];

beforeAll(async () => {
  account = freshAccount('/');
  for (const mailbox of account.mailboxes) {
    for (const message of mailbox.messages) {
      parsed.push({ mailbox, message, email: await PostalMime.parse(message.raw) });
    }
  }
});

const attached = (type: RegExp): Buffer[] =>
  parsed.flatMap(({ email }) =>
    email.attachments.filter((a) => type.test(a.mimeType)).map((a) => Buffer.from(a.content as ArrayBuffer)),
  );

/** CR without LF, or LF without CR: what IMAP servers rewrite. */
function bareLineEnds(raw: Buffer): number {
  const [cr, lf] = [0x0d, 0x0a];
  let count = 0;
  for (let at = raw.indexOf(lf); at >= 0; at = raw.indexOf(lf, at + 1)) count += raw[at - 1] === cr ? 0 : 1;
  for (let at = raw.indexOf(cr); at >= 0; at = raw.indexOf(cr, at + 1)) count += raw[at + 1] === lf ? 0 : 1;
  return count;
}

describe('the sample mailbox', () => {
  test('is the same to the last octet each time, whatever the delimiter, and another one for another seed', () => {
    const first = digest(account);
    expect(digest(freshAccount('.'))).toBe(first);
    expect(digest(freshAccount('.', 7))).not.toBe(first);
    // Known, so that another machine or another Node makes the same. Change it with the texts.
    expect(first).toBe('7b9f79843860a9b40244e96614343eb60920e193a775140bb6416cf1e8d5db63');
  });

  test('has twenty mailboxes, four of them of special use', () => {
    const counts = account.mailboxes.filter((m) => m.selectable).map((m) => [m.path, m.messages.length]);
    expect(Object.fromEntries(counts)).toMatchInlineSnapshot(`
      {
        "Archiv/2019": 14,
        "Archiv/2020": 14,
        "Archiv/2021": 16,
        "Archiv/2022": 15,
        "Archiv/2023": 14,
        "Archiv/2024": 21,
        "Archiv/2025": 15,
        "Entwürfe": 5,
        "Familie": 26,
        "Familie/Oma & Opa": 23,
        "Gesendet": 98,
        "INBOX": 35,
        "Kunden/Buchhandlung Sandregenpfeifer": 20,
        "Kunden/Saltmarsh Press": 12,
        "Newsletter": 28,
        "Papierkorb": 13,
        "Rechnungen & Belege": 42,
        "Spam": 15,
        "Verein/Chor „Hafenklang“": 34,
        "🚲 Touren": 19,
      }
    `);
    const special = account.mailboxes.filter((m) => m.specialUse.length > 0).map((m) => [m.path, m.specialUse[0]]);
    expect(Object.fromEntries(special)).toEqual({
      Entwürfe: '\\Drafts',
      Gesendet: '\\Sent',
      Papierkorb: '\\Trash',
      Spam: '\\Junk',
    });
  });

  test('is of a size that shows something and loads soon: 400 to 520 messages, 25 to 35 MB, a few over 1 MB', () => {
    expect(parsed.length).toBeGreaterThanOrEqual(400);
    expect(parsed.length).toBeLessThanOrEqual(520);
    expect(account.usedBytes).toBeGreaterThan(25e6);
    expect(account.usedBytes).toBeLessThan(35e6);
    const large = parsed.filter(({ message }) => message.raw.length > 1e6);
    expect(large.length).toBeGreaterThanOrEqual(4);
    expect(large.length).toBeLessThanOrEqual(12);
    expect(Math.max(...parsed.map(({ message }) => message.raw.length))).toBeLessThan(4e6);
  });

  test('every message has a subject, a sender at an example domain, a readable date and whole characters', () => {
    for (const { mailbox, message, email } of parsed) {
      const where = `${mailbox.path} ${message.uid}`;
      expect(email.subject, where).toMatch(/\S/);
      expect(email.from?.address, where).toMatch(/^[a-z0-9.+-]+@([a-z0-9-]+\.)*example\.(org|com|net)$/);
      expect(Date.parse(email.date ?? ''), where).toBeGreaterThan(Date.UTC(2012, 0, 1));
      expect(Date.parse(email.date ?? ''), where).toBeLessThan(Date.UTC(2026, 10, 20, 23));
      if (!message.raw.includes('raw-latin1@')) expect(`${email.subject}${email.text}`, where).not.toContain('\ufffd');
      expect(email.text ?? '', where).not.toMatch(/\{|\}|undefined/);
      expect(bareLineEnds(message.raw), where).toBe(0);
    }
    const foreign = parsed.flatMap(
      ({ email }) => `${email.text ?? ''} ${email.html ?? ''}`.match(/[\w.-]+@[\w.-]+\w/g) ?? [],
    );
    expect(foreign.filter((address) => !/\.?example\.(org|com|net)$/.test(address))).toEqual([]);
  });

  test('speaks German and English', () => {
    const texts = parsed.map(({ email }) => ` ${email.text ?? ''} `);
    const german = texts.filter((text) => /\s(und|ist|nicht|wir|die)\s/.test(text)).length;
    const english = texts.filter((text) => /\s(and|is|the|you|we)\s/.test(text)).length;
    expect(german).toBeGreaterThan(200);
    expect(english).toBeGreaterThan(90);
    expect(new Set(texts).size).toBeGreaterThan(parsed.length * 0.96);
  });

  test('threads hold together: what is answered was written before, and most of it is there', () => {
    const byId = new Map(parsed.map((p) => [p.email.messageId, p]));
    const answers = parsed.filter(({ email }) => email.inReplyTo);
    expect(answers.length).toBeGreaterThan(120);
    const known = answers.filter(({ email }) => byId.has(email.inReplyTo));
    expect(known.length).toBeGreaterThan(answers.length / 2);
    for (const { email } of known) {
      expect(email.references?.endsWith(email.inReplyTo ?? '?')).toBe(true);
      const before = Date.parse(byId.get(email.inReplyTo)?.email.date ?? '');
      expect(Date.parse(email.date ?? '')).toBeGreaterThan(before);
    }
  });

  test('flags are those of a used mailbox', () => {
    const count = (flag: string): number => parsed.filter(({ message }) => message.flags.includes(flag)).length;
    expect(count('\\Seen')).toBeGreaterThan(parsed.length * 0.9);
    expect(parsed.length - count('\\Seen')).toBeGreaterThan(8);
    for (const flag of ['\\Flagged', '\\Answered', '\\Draft', '$Forwarded', '$MDNSent', 'NonJunk', 'Junk']) {
      expect(count(flag), flag).toBeGreaterThan(1);
    }
  });

  test('arrives in order with gaps between UIDs; internal dates are in the time of Berlin', () => {
    for (const { messages } of account.mailboxes) {
      const arrivals = messages.map((m) =>
        Date.parse(
          m.internalDate
            .trim()
            .replaceAll('-', ' ')
            .replace(/ (\d{4})$/, ' +$1'),
        ),
      );
      expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b));
    }
    expect(account.mailboxes.some((m) => m.uidNext - 1 > m.messages.length)).toBe(true);
    const berlin = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', timeZoneName: 'longOffset' });
    for (const { message } of parsed) {
      const [, day, time, zone] = /^(.{11}) (\S+) ([+]\d{4})$/.exec(message.internalDate) ?? [];
      const instant = Date.parse(`${day?.trim().replaceAll('-', ' ')} ${time} ${zone}`);
      expect(berlin.format(instant)).toContain(`GMT${zone?.slice(0, 3)}:00`);
    }
  });
});

describe('attached files', () => {
  test('photos are JPEGs from marker to marker', () => {
    const photos = attached(/jpeg/);
    expect(photos.length).toBeGreaterThan(35);
    for (const photo of photos) {
      expect(jpegMarkers(photo)).toEqual(['ffd8', 'ffe0', 'ffdb', 'ffc0', 'ffc4', 'ffc4', 'ffda', 'ffd9']);
    }
  });

  test('pictures are PNGs with right checksums', () => {
    const pictures = attached(/png/);
    expect(pictures.length).toBeGreaterThan(20);
    for (const picture of pictures) expect(pngChunks(picture)).toEqual(['IHDR', 'IDAT', 'IEND']);
  });

  test('invoices are PDFs whose cross-references lead to their objects', () => {
    const invoices = attached(/pdf/);
    expect(invoices.length).toBeGreaterThan(30);
    for (const invoice of invoices) {
      expect(pdfObjects(invoice)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `${n} 0 obj`));
    }
  });

  test('invitations are for Jette, in lines of at most 75 octets', () => {
    // postal-mime gives text parts with `\n`; on the wire they have CRLF, as RFC 5545 §3.1 wants.
    const invitations = attached(/calendar/).map(String);
    expect(invitations.length).toBeGreaterThan(2);
    for (const text of invitations) {
      expect(text).toMatch(/^BEGIN:VCALENDAR\r?\n[^]*\nEND:VCALENDAR\r?\n$/);
      expect(text.replaceAll(/\r?\n /g, '')).toContain(`mailto:${SAMPLE_OWNER.address}`);
      for (const line of text.split(/\r?\n/)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    }
  });
});

describe('awkward messages', () => {
  const having = (holds: (raw: string) => boolean): Parsed[] =>
    parsed.filter(({ message }) => message.raw.length < 50_000 && holds(message.raw.toString('latin1')));

  test.each<[string, (raw: string) => boolean]>([
    ['a line that begins with From', (raw) => /\nFrom .*@/.test(raw)],
    ['no final newline', (raw) => !raw.endsWith('\r\n')],
    ['a line of more than 998 octets', (raw) => raw.split('\n').some((line) => line.length > 999)],
    ['octets above 127 in a header', (raw) => /[\x80-\xff]/.test(raw.slice(0, raw.indexOf('\r\n\r\n')))],
    ['ISO-8859-1 text as it is', (raw) => /ISO-8859-1\r\nContent-Transfer-Encoding: 8bit/.test(raw)],
    ['base64 text', (raw) => /text\/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64/.test(raw)],
    ['quoted-printable text', (raw) => raw.includes('Content-Transfer-Encoding: quoted-printable')],
    ['mailing-list headers', (raw) => /\nList-Id: Chor/.test(raw)],
    ['a body that begins with a dot', (raw) => raw.includes('\r\n\r\n.\r\n')],
    ['an empty body', (raw) => raw.endsWith('\r\n\r\n') && !raw.includes('multipart')],
  ])('there is one with %s', (_, holds) => {
    expect(having(holds).length).toBeGreaterThan(0);
  });

  test('the same octets lie three times in one mailbox and once more in another', () => {
    const copies = having((raw) => raw.includes('Suppe (ich)'));
    expect(copies.map(({ mailbox }) => mailbox.path)).toEqual(['Archiv/2024', 'Archiv/2024', 'Archiv/2024', 'Familie']);
    for (const { message } of copies) expect(message.raw.equals(copies[0]?.message.raw ?? Buffer.alloc(0))).toBe(true);
  });

  test('two different messages share a Message-ID', () => {
    const twins = parsed.filter(({ email }) => email.messageId === '<order-1@knopf-kordel.example.com>');
    expect(twins.map(({ email }) => email.subject)).toEqual(['Bestellung eingegangen', 'Bestellung versandt']);
  });
});
