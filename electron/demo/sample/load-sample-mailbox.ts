import type { DemoAccount } from '../server/account.ts';
import { writeChoir } from './chapters/choir.ts';
import { writeCustomers } from './chapters/customers.ts';
import { writeEveryday } from './chapters/everyday.ts';
import { writeFamily } from './chapters/family.ts';
import { writeLeftovers } from './chapters/leftovers.ts';
import { writeNewsletters } from './chapters/newsletters.ts';
import { writeOddities } from './chapters/oddities.ts';
import { writeReceipts } from './chapters/receipts.ts';
import { writeTours } from './chapters/tours.ts';
import { Desk } from './desk.ts';
import { Mailbag } from './mailbag.ts';
import { Random } from './random.ts';

export { SAMPLE_OWNER } from './people.ts';

const CHAPTERS = [
  writeFamily,
  writeChoir,
  writeTours,
  writeCustomers,
  writeEveryday,
  writeReceipts,
  writeNewsletters,
  writeLeftovers,
  writeOddities,
];

/**
 * Fills an account with the mail of a bookbinder in Lübeck, 2012 to 2026: for each seed the same octets, flags and
 * dates every time, on every machine.
 *
 * Each chapter has chance of its own, so a change in one leaves the others as they are.
 */
export function loadSampleMailbox(account: DemoAccount, seed = 20_260): void {
  const bag = new Mailbag();
  CHAPTERS.forEach((write, i) => write(new Desk(bag, new Random(seed + i * 7919))));
  bag.deliver(account);
}
