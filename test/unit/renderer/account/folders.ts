/** Folders for the tests of the account screen. */
import type { SpecialUse } from '../../../../shared/mailbox.ts';
import type { OverviewMailbox } from '../../../../shared/overview.ts';
import type { FolderNode } from '../../../../renderer/screens/account/folder-tree.ts';

export function folder(path: string, change: Partial<OverviewMailbox> = {}): OverviewMailbox {
  return {
    path,
    delimiter: '/',
    specialUse: null,
    selectable: true,
    subscribed: true,
    messages: 10,
    unseen: 0,
    uidValidity: 1,
    uidNext: 11,
    highestModSeq: null,
    sizeBytes: 1000,
    archivedMessages: null,
    newMessages: null,
    newBytes: null,
    ...change,
  };
}

export const special = (path: string, specialUse: SpecialUse, sizeBytes = 1000) =>
  folder(path, { specialUse, sizeBytes });

export const pathsOf = (nodes: readonly FolderNode[]): string[] => nodes.map(({ path }) => path);
