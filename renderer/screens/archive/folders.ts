/** Folders of an archive as the tree that the screen shows, with their messages or their hits. Pure. */
import type { ArchiveFolder } from '../../../shared/browse.ts';
import { buildTree, type FolderTree } from '../account/folder-tree.ts';

/** @param hits per mailbox while something is searched for; null: count messages */
export function archiveTree(folders: readonly ArchiveFolder[], hits: Record<string, number> | null): FolderTree {
  return buildTree(
    folders.map((folder) => ({
      ...folder,
      messages: hits ? (hits[folder.path] ?? 0) : folder.messages,
      unseen: folder.unread,
      uidValidity: 0,
      uidNext: 0,
      highestModSeq: null,
      archivedMessages: null,
      newMessages: null,
      newBytes: null,
    })),
  );
}
