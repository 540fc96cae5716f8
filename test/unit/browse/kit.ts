/** Small archives to search in. */
import path from 'node:path';
import { afterEach } from 'vitest';
import { ArchiveView } from '../../../electron/engine/browse/archive-view.ts';
import type { BuildHooks } from '../../../electron/engine/browse/index-build.ts';
import type { MessageQuery } from '../../../shared/browse.ts';
import type { TestMessage } from '../archive/kit.ts';

export const ALL: MessageQuery = {
  ...{ mailbox: null, text: '', field: 'everywhere', unread: false, flagged: false, attachment: false },
  ...{ after: null, before: null, sort: 'newest' },
};

export interface Letter {
  from?: string;
  to?: string;
  subject?: string;
  day?: number;
  flags?: string;
  body?: string;
  type?: string;
}

/** @param letter day: of November 2026, at noon UTC */
export function letter(uid: number, { from, to, subject, day = 1, flags = '\\Seen', body, type }: Letter): TestMessage {
  const head = [
    `From: ${from ?? 'Ann <ann@example.org>'}`,
    `To: ${to ?? 'Bob <bob@example.org>'}`,
    `Subject: ${subject ?? `letter ${uid}`}`,
    `Date: ${new Date(Date.UTC(2026, 10, day, 12)).toUTCString()}`,
    `Content-Type: ${type ?? 'text/plain; charset=utf-8'}`,
  ];
  return { uid, raw: Buffer.from(`${head.join('\r\n')}\r\n\r\n${body ?? `text ${uid}`}\r\n`), flags };
}

const open: ArchiveView[] = [];

export async function view(dir: string): Promise<ArchiveView> {
  const made = await ArchiveView.open(dir, path.join(dir, '..', 'index'));
  open.push(made);
  return made;
}

/** After each test, before its folders are removed. */
export function closeViews(): void {
  afterEach(() => {
    for (const made of open.splice(0)) made.close();
  });
}

/** @param stopAfter so many bodies; none: all */
export async function build(archive: ArchiveView, stopAfter = Infinity): Promise<number> {
  let bodies = 0;
  const hooks: BuildHooks = {
    breathe: async () => bodies < stopAfter,
    progress: () => undefined,
    headsAdded: () => undefined,
    bodyAdded: () => void bodies++,
  };
  await archive.buildIndex(hooks);
  return bodies;
}

export async function indexed(dir: string): Promise<ArchiveView> {
  const made = await view(dir);
  await build(made);
  return made;
}

/** UIDs in the order of the list. */
export function uids(archive: ArchiveView, query: Partial<MessageQuery>): number[] {
  return archive.messages({ ...ALL, ...query }, 0, 1000).rows.map((row) => row.uid);
}
