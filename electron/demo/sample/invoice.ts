import { germanDay } from './calendar.ts';
import { makePdf } from './files/pdf.ts';
import type { PdfLine } from './files/pdf.ts';

export interface Invoice {
  /** First line and address of who bills. */
  from: readonly [string, string];
  to: readonly [string, string];
  number: string;
  sentMs: number;
  /** Text and price in cents. */
  items: readonly (readonly [string, number])[];
}

export const euros = (cents: number): string => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')} €`;

/** One page: addresses, items, 19 % tax within the sum. */
export function makeInvoice({ from, to, number, sentMs, items }: Invoice): Buffer {
  const lines: PdfLine[] = [
    { text: from[0], x: 70, y: 80, sizePt: 16, bold: true },
    { text: from[1], x: 70, y: 98, sizePt: 9 },
    { text: to[0], x: 70, y: 160 },
    { text: to[1], x: 70, y: 175 },
    { text: `Rechnung ${number}`, x: 70, y: 250, sizePt: 14, bold: true },
    { text: germanDay(sentMs), x: 430, y: 250 },
  ];
  items.forEach(([text, cents], i) => {
    lines.push({ text, x: 70, y: 300 + i * 20 }, { text: euros(cents), x: 450, y: 300 + i * 20 });
  });
  const sum = items.reduce((total, [, cents]) => total + cents, 0);
  const y = 320 + items.length * 20;
  lines.push(
    { text: 'Summe', x: 70, y, bold: true },
    { text: euros(sum), x: 450, y, bold: true },
    { text: `darin 19 % Umsatzsteuer: ${euros(Math.round((sum * 19) / 119))}`, x: 70, y: y + 22, sizePt: 9 },
    { text: 'Vielen Dank. Bitte bei Zahlung die Rechnungsnummer angeben.', x: 70, y: 770, sizePt: 9 },
  );
  return makePdf(`Rechnung ${number}`, lines);
}
