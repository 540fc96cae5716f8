import type { Desk } from '../desk.ts';
import { euros, makeInvoice } from '../invoice.ts';
import { MAILERS, SAMPLE_OWNER } from '../people.ts';
import { htmlOf } from '../prose.ts';
import { spin } from '../spin.ts';
import { BILLERS } from '../texts/receipts.ts';
import type { Biller } from '../texts/receipts.ts';
import { someMoment } from '../when.ts';

export function writeReceipts(desk: Desk): void {
  for (const biller of BILLERS) {
    for (let year = 2014; year <= 2026; year++) {
      if (!billsIn(biller, year)) continue;
      if (year >= 2018 || desk.random.chance(0.5)) writeBill(desk, biller, year);
    }
  }
}

function billsIn({ months, name }: Biller, year: number): boolean {
  if (months === 'yearly') return year % 3 === 1;
  return months === 'each' || year % 2 === name.length % 2;
}

function writeBill(desk: Desk, biller: Biller, year: number): void {
  const { random } = desk;
  const sentMs = someMoment(random, year, biller.months === 'yearly' ? [1, 2] : undefined);
  const number = `${year}-${random.integer(1000, 99_999)}`;
  const items = random
    .shuffled(biller.items)
    .slice(0, random.integer(1, biller.items.length))
    .map(([text, from, to]) => [text, random.integer(from, to)] as const);
  const english = biller.subject.startsWith('Invoice');
  const greeting = english
    ? 'Dear Ms Lorenzen,'
    : biller.text.includes('Dein')
      ? 'Moin Jette,'
      : 'Sehr geehrte Frau Lorenzen,';
  const closing = english ? 'Kind regards' : 'Mit freundlichen Grüßen';
  const sum = euros(items.reduce((total, [, cents]) => total + cents, 0));
  const facts = english ? `Invoice ${number}\nTotal: ${sum}` : `Rechnung: ${number}\nBetrag: ${sum}`;
  const text = `${greeting}\n\n${spin(biller.text, random, new Map([['nr', number]]))}\n\n${facts}\n\n${closing}\n${biller.name}\n${biller.town}\n`;
  const to = ['Jette Lorenzen, Buchbinderei', 'Im Hinterhof 0, Lübeck'] as const;
  const data = makeInvoice({ from: [biller.name, biller.town], to, number, sentMs, items });
  const mailer = english ? MAILERS.desk : random.pick([MAILERS.office, MAILERS.portal]);
  desk.receive(
    'receipts',
    {
      from: biller,
      to: [SAMPLE_OWNER],
      subject: spin(biller.subject, random, new Map([['nr', number]])),
      sentMs,
      text,
      ...(mailer.html ? { html: htmlOf(text, 'Arial, sans-serif') } : {}),
      files: [
        {
          name: english ? `invoice-${number}.pdf` : `Rechnung für Lorenzen ${number}.pdf`,
          type: 'application/pdf',
          data,
        },
      ],
      mailer,
    },
    desk.readFlags(),
  );
}
