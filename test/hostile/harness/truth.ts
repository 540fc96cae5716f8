/** What must be where in the end. */
import { expect } from 'vitest';
import type { DemoAccount } from '../../../electron/demo/server/account.ts';
import { expectArchived, type ExpectedMessage } from '../../crash/harness/archive-outcome.ts';
import { messageLine } from '../../crash/harness/upload-outcome.ts';
import { usualMail, type HostileCase } from './case.ts';
import type { HostileStage } from './stage.ts';

/** After the following run: the archive holds what the server holds, or the target what was to be brought, once each. */
export async function expectMoved({ case: given, archive, hostile, other }: HostileStage): Promise<void> {
  if (given.job === 'backup') await expectArchived(archive, messagesByMailbox(hostile.account), given.ignoring);
  else expectThere(given, (given.job === 'from' ? other! : hostile).account);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `24-Nov-2026 03:40:45 +0100` → `2026-11-24T03:40:45+01:00` */
function rfc3339(imapDate: string): string {
  const [, day, month, year, time, hours, minutes] = /^ ?(\d+)-(\w+)-(\d+) (\S+) ([+-]\d\d)(\d\d)$/.exec(imapDate)!;
  const number = String(MONTHS.indexOf(month!) + 1).padStart(2, '0');
  return `${year}-${number}-${day!.padStart(2, '0')}T${time}${hours}:${minutes}`;
}

function messagesByMailbox(account: DemoAccount): Map<string, ExpectedMessage[]> {
  const selectable = account.mailboxes.filter((mailbox) => mailbox.selectable);
  return new Map(
    selectable.map(({ path, messages }) => [
      path,
      messages.map(({ uid, raw, flags, internalDate }) => ({ uid, raw, flags, internalDate: rfc3339(internalDate) })),
    ]),
  );
}

function expectThere(given: HostileCase, target: DemoAccount): void {
  const kept = (what: 'flags' | 'date' | 'path'): boolean => !given.ignoring?.includes(what);
  const lineOf = (path: string, raw: Buffer, flags: readonly string[], date: string): string =>
    messageLine(kept('path') ? path : '', raw, kept('flags') ? flags : [], new Date(kept('date') ? date : 0));
  const wanted: string[] = [];
  for (const store of [given.there?.(), (given.mail ?? usualMail)()]) {
    for (const [path, { messages }] of store?.mailboxes ?? []) {
      for (const { raw, flags, internalDate } of messages) wanted.push(lineOf(path, raw, flags, internalDate!));
    }
  }
  const there = target.mailboxes.flatMap(({ path, messages }) =>
    messages.map(({ raw, flags, internalDate }) => lineOf(path, raw, flags, internalDate)),
  );
  const given_ = given.mayDouble ? [...new Set(there)] : there;
  expect(given_.sort()).toEqual(wanted.sort());
}
