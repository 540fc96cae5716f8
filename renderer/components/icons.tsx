/** Every icon of the app by what it means; a screen never picks a picture of its own for the same thing. */
export { Add20Regular as AddIcon } from '@fluentui/react-icons/svg/add';
export {
  Archive20Regular as ArchiveIcon,
  Archive16Regular as ArchiveSmallIcon,
} from '@fluentui/react-icons/svg/archive';
export { ArrowDownload20Regular as BackUpIcon } from '@fluentui/react-icons/svg/arrow-download';
export {
  ArrowRight20Regular as ArrowRightIcon,
  ArrowRight16Regular as ArrowRightSmallIcon,
} from '@fluentui/react-icons/svg/arrow-right';
export { ArrowSwap20Regular as MoveIcon } from '@fluentui/react-icons/svg/arrow-swap';
export { ArrowSync20Regular as AgainIcon } from '@fluentui/react-icons/svg/arrow-sync';
export { ArrowUp20Regular as UpIcon } from '@fluentui/react-icons/svg/arrow-up';
export { ArrowUpload20Regular as RestoreIcon } from '@fluentui/react-icons/svg/arrow-upload';
export {
  Attach16Regular as AttachmentSmallIcon,
  Attach20Regular as AttachmentIcon,
} from '@fluentui/react-icons/svg/attach';
export { Beaker20Regular as SampleIcon } from '@fluentui/react-icons/svg/beaker';
export {
  Checkmark16Regular as SafeSmallIcon,
  Checkmark20Regular as SafeIcon,
} from '@fluentui/react-icons/svg/checkmark';
export { ChevronDown16Regular as UnfoldedIcon } from '@fluentui/react-icons/svg/chevron-down';
export { ChevronRight16Regular as FoldedIcon } from '@fluentui/react-icons/svg/chevron-right';
export { Clock16Regular as TimeSmallIcon, Clock20Regular as TimeIcon } from '@fluentui/react-icons/svg/clock';
export { Delete20Regular as TrashIcon } from '@fluentui/react-icons/svg/delete';
export {
  Dismiss16Regular as DismissSmallIcon,
  Dismiss20Regular as DismissIcon,
} from '@fluentui/react-icons/svg/dismiss';
export { Document20Regular as DocumentIcon } from '@fluentui/react-icons/svg/document';
export { Edit20Regular as DraftsIcon } from '@fluentui/react-icons/svg/edit';
export { Eye20Regular as ShowIcon } from '@fluentui/react-icons/svg/eye';
export { EyeOff20Regular as HideIcon } from '@fluentui/react-icons/svg/eye-off';
export {
  Flag16Regular as FlagSmallIcon,
  Flag20Filled as FlaggedIcon,
  Flag20Regular as FlagIcon,
} from '@fluentui/react-icons/svg/flag';
export { Folder20Regular as FolderIcon } from '@fluentui/react-icons/svg/folder';
export { Image20Regular as PictureIcon } from '@fluentui/react-icons/svg/image';
export { Info20Regular as InfoIcon } from '@fluentui/react-icons/svg/info';
export {
  LockClosed16Regular as EncryptedSmallIcon,
  LockClosed20Regular as EncryptedIcon,
} from '@fluentui/react-icons/svg/lock-closed';
export { MailInbox20Regular as InboxIcon } from '@fluentui/react-icons/svg/mail-inbox';
export { MoreHorizontal20Regular as MoreIcon } from '@fluentui/react-icons/svg/more-horizontal';
export { Pause20Regular as PauseIcon } from '@fluentui/react-icons/svg/pause';
export { Play20Regular as GoOnIcon } from '@fluentui/react-icons/svg/play';
export { Print20Regular as PrintIcon } from '@fluentui/react-icons/svg/print';
export { Pulse20Regular as JobsIcon } from '@fluentui/react-icons/svg/pulse';
export { Save20Regular as SaveIcon } from '@fluentui/react-icons/svg/save';
export { Search16Regular as SearchSmallIcon, Search20Regular as SearchIcon } from '@fluentui/react-icons/svg/search';
export { Send20Regular as SentIcon } from '@fluentui/react-icons/svg/send';
export { Server20Regular as ServerIcon } from '@fluentui/react-icons/svg/server';
export { Settings20Regular as SettingsIcon } from '@fluentui/react-icons/svg/settings';
export {
  ShieldTask16Regular as ProvedSmallIcon,
  ShieldTask20Regular as ProvedIcon,
  ShieldTask24Regular as ProvedLargeIcon,
} from '@fluentui/react-icons/svg/shield-task';
export { ShieldDismiss20Regular as JunkIcon } from '@fluentui/react-icons/svg/shield-dismiss';
export { Star20Regular as ImportantIcon } from '@fluentui/react-icons/svg/star';
export {
  Warning16Regular as WarningSmallIcon,
  Warning20Regular as WarningIcon,
  Warning24Regular as WarningLargeIcon,
} from '@fluentui/react-icons/svg/warning';
export { Open16Regular as OpenOutsideSmallIcon } from '@fluentui/react-icons/svg/open';
