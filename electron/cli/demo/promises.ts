/** Each promise of the README, checked from outside: against the servers' own memory and the files on disk. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { JobSummary } from '../../../shared/job.ts';
import type { Archive, MappedPair } from '../../engine/engine.ts';
import type { DemoAccount } from '../../demo/server/account.ts';
import { formatCount, formatMessages } from '../format.ts';

export interface PromiseResult {
  title: string;
  held: boolean;
  figure: string;
}

/** Every archived message against the octets in the server's memory. */
export function archiveIsIdentical(archive: Archive, account: DemoAccount): PromiseResult {
  let total = 0;
  let same = 0;
  for (const mailbox of account.mailboxes) {
    for (const message of mailbox.messages) {
      total++;
      if (readOrNull(archive, mailbox.path, mailbox.uidValidity, message.uid)?.equals(message.raw)) same++;
    }
  }
  return {
    title: 'Identical',
    held: total > 0 && same === total,
    figure: `${formatCount(same)} of ${formatMessages(total)} in the archive equal to the last octet what the server holds`,
  };
}

function readOrNull(archive: Archive, mailbox: string, uidValidity: number, uid: number): Buffer | null {
  try {
    return archive.readRaw(mailbox, uidValidity, uid);
  } catch {
    return null;
  }
}

/** Octets, flags and instant of every message, mailbox by mailbox along the mapping. */
export function targetIsIdentical(from: DemoAccount, to: DemoAccount, pairs: MappedPair[]): PromiseResult {
  let total = 0;
  let same = 0;
  for (const { source, targetPath } of pairs) {
    const there = new Map<string, number>();
    for (const m of to.find(targetPath)?.messages ?? []) there.set(identity(m), (there.get(identity(m)) ?? 0) + 1);
    for (const m of from.find(source.path)?.messages ?? []) {
      total++;
      const left = there.get(identity(m)) ?? 0;
      if (left > 0) same++;
      there.set(identity(m), left - 1);
    }
  }
  const held = total > 0 && same === total && messageCount(to) === total;
  return {
    title: 'Nothing lost, nothing twice',
    held,
    figure: `${formatCount(same)} of ${formatMessages(total)} on the new server once each, with flags and dates`,
  };
}

function identity(m: { raw: Buffer; flags: readonly string[]; internalDate: string }): string {
  const flags = m.flags.filter((f) => f !== '\\Recent').sort();
  return `${createHash('sha256').update(m.raw).digest('hex')} ${flags.join(' ')} ${Date.parse(m.internalDate)}`;
}

const messageCount = (account: DemoAccount): number => account.mailboxes.reduce((sum, m) => sum + m.messages.length, 0);

/** A second run must not move, fetch or write anything. */
export function secondRunIsQuiet(title: string, summary: JobSummary, bodyCommands: number): PromiseResult {
  return {
    title,
    held:
      summary.state === 'complete' &&
      summary.stored === 0 &&
      summary.duplicate === summary.planned &&
      bodyCommands === 0,
    figure: `a second run found ${formatMessages(summary.duplicate)} in place, moved ${summary.stored} and sent ${bodyCommands} FETCH or APPEND`,
  };
}

export function everythingIsAccounted(summaries: JobSummary[]): PromiseResult {
  const wrong = summaries.filter(
    (s) => s.stored + s.duplicate + s.skipped + s.vanished + s.failed !== s.planned || s.failed > 0,
  );
  const planned = summaries.reduce((sum, s) => sum + s.planned, 0);
  return {
    title: 'Everything accounted for',
    held: wrong.length === 0,
    figure: `${formatCount(planned)} outcomes in ${summaries.length} runs add up, ${formatCount(summaries.reduce((n, s) => n + s.failed, 0))} failed`,
  };
}

/** What the source account looks like as one number: any change of a flag, a message or a mailbox shows. */
export function accountState(account: DemoAccount): string {
  const sum = createHash('sha256');
  for (const mailbox of account.mailboxes) {
    sum.update(`${mailbox.path}\0${mailbox.uidValidity}\0${mailbox.uidNext}\0`);
    for (const m of mailbox.messages) sum.update(`${m.uid} ${identity(m)}\n`);
  }
  return sum.digest('hex');
}

export function sourceIsUntouched(before: string, account: DemoAccount): PromiseResult {
  return {
    title: 'The source stays as it is',
    held: accountState(account) === before,
    figure: 'no message, flag or folder of the old account changed',
  };
}

/** Other tools can read it: a mail separator for each message, counted without any of our code. */
export function archiveIsOpen(folder: string, account: DemoAccount): PromiseResult {
  let separators = 0;
  for (const file of filesBelow(path.join(folder, 'mail'))) {
    const text = fs.readFileSync(file, 'latin1');
    separators += text.split('\n').filter((line) => line.startsWith('From ')).length;
  }
  const total = messageCount(account);
  return {
    title: 'Open',
    held: separators === total,
    figure: `plain mbox files with ${formatMessages(separators)}, readable without Mailferry`,
  };
}

/** The passwords must be in no file that the demo left, nor anywhere in what it printed. */
export function nothingLeaks(folder: string, secrets: string[], printed: string): PromiseResult {
  const leaks = filesBelow(folder).filter((file) => {
    const octets = fs.readFileSync(file);
    return secrets.some((secret) => octets.includes(secret));
  });
  return {
    title: 'Private',
    held: leaks.length === 0 && !secrets.some((secret) => printed.includes(secret)),
    figure: `no password in ${formatCount(filesBelow(folder).length)} files or on the screen; nothing left this computer`,
  };
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
