/** The icon of a folder by what the folder is for. */
import type { SpecialUse } from '../../shared/mailbox.ts';
import {
  ArchiveIcon,
  DraftsIcon,
  FlagIcon,
  FolderIcon,
  ImportantIcon,
  InboxIcon,
  JunkIcon,
  SentIcon,
  TrashIcon,
} from './icons.tsx';

const BY_USE = {
  inbox: InboxIcon,
  sent: SentIcon,
  drafts: DraftsIcon,
  trash: TrashIcon,
  junk: JunkIcon,
  archive: ArchiveIcon,
  all: ArchiveIcon,
  flagged: FlagIcon,
  important: ImportantIcon,
} as const satisfies Record<SpecialUse, unknown>;

export function SpecialUseIcon({ use }: { use: SpecialUse | null }) {
  const Icon = use === null ? FolderIcon : BY_USE[use];
  return <Icon aria-hidden />;
}
