/** A target account as a user has it, and whether the ledger tells the truth about it. */
import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { DemoAccount } from '../../../electron/demo/server/account.ts';
import type { DemoMailbox } from '../../../electron/demo/server/mailbox.ts';
import type { LedgerRecord } from '../../../electron/engine/jobs/ledger/records.ts';
import { readTree } from './tree.ts';

/** UIDs are left out: which message arrives first may differ. Twice the same message gives the same line twice. */
export function uploadOutcome(account: DemoAccount, stateFolder: string, subscriptions: boolean): string[] {
  const lines = account.mailboxes.flatMap((mailbox) => [
    `mailbox ${mailbox.path} [${mailbox.specialUse.join(' ')}] ${mailbox.selectable} ${subscriptions ? account.subscriptions.has(mailbox.path) : ''}`,
    ...messagesOf(mailbox),
  ]);
  // A ledger's name stands for two accounts; an archive made anew is another one.
  const files = [...readTree(stateFolder).names.keys()].map((at) => `state ${at.replace(/^[0-9a-f]{32}\b/, 'LEDGER')}`);
  return [...lines, ...files, ...ledgerFaults(account, stateFolder)].sort();
}

export function messagesOf(mailbox: DemoMailbox): string[] {
  return mailbox.messages.map((m) => messageLine(mailbox.path, m.raw, m.flags, new Date(m.internalDate)));
}

/** @param date a zone may be told in more than one way; the instant counts */
export function messageLine(mailbox: string, raw: Buffer, flags: readonly string[], date: Date): string {
  const sha256 = hash('sha256', raw, 'hex');
  return `message of ${mailbox}: ${raw.length} octets ${sha256} [${[...flags].sort().join(' ')}] ${date.toISOString()}`;
}

/** Each message that the ledger calls stored must be where it says, with the octets it says; and none is in doubt. */
function ledgerFaults(account: DemoAccount, stateFolder: string): string[] {
  const faults: string[] = [];
  for (const name of fs.existsSync(stateFolder) ? fs.readdirSync(stateFolder) : []) {
    if (!name.endsWith('.jsonl')) continue;
    const text = fs.readFileSync(path.join(stateFolder, name), 'utf8');
    if (!text.endsWith('\n')) faults.push('fault: the ledger has a torn end');
    const lines = text.split('\n').slice(0, -1);
    faults.push(
      ...faultsOf(
        lines.map((line) => JSON.parse(line) as LedgerRecord),
        account,
      ),
    );
  }
  return faults;
}

function faultsOf(records: LedgerRecord[], account: DemoAccount): string[] {
  const targets = new Map<number, string>();
  const places = new Map<string, { path: string; targetUid: number; fingerprint: string; sizeBytes: number }>();
  const open = new Set<string>();
  for (const record of records) {
    if (record.type === 'pair') targets.set(record.pair, record.to);
    if (record.type === 'intent')
      for (const [uid] of record.rows) open.add(`${record.pair} ${record.generation} ${uid}`);
    if (record.type === 'refused')
      for (const uid of record.uids) open.delete(`${record.pair} ${record.generation} ${uid}`);
    if (record.type !== 'stored') continue;
    for (const [uid, targetUid, sizeBytes, , , fingerprint] of record.rows) {
      const key = `${record.pair} ${record.generation} ${uid}`;
      open.delete(key);
      if (targetUid !== null) places.set(key, { path: targets.get(record.pair)!, targetUid, fingerprint, sizeBytes });
    }
  }
  const faults = [...open].map((key) => `fault: the fate of ${key} is still open`);
  const used = new Set<string>();
  for (const { path: at, targetUid, fingerprint } of places.values()) {
    const message = account.find(at)?.messages.find((m) => m.uid === targetUid);
    if (!message || hash('sha256', message.raw, 'hex') !== fingerprint) {
      faults.push(`fault: ${at} ${targetUid} is not the message that the ledger names`);
    }
    if (used.has(`${at} ${targetUid}`)) faults.push(`fault: ${at} ${targetUid} stands for two messages`);
    used.add(`${at} ${targetUid}`);
  }
  return faults;
}
