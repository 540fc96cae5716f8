/** One folder, or several, in words: for tooltips and for those who hear the screen. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, type Format } from '../../lib/use-format.ts';
import type { Amounts } from './folder-tree.ts';
import type { Tick } from './ticks.ts';

export interface FolderText {
  /** `Rechnungen, 3,871 messages, 12 unread, 651 MB, 6 new, ticked`. */
  spoken: (name: string, amounts: Amounts, tick: Tick) => string;
  /** `Rechnungen, 651 MB, 6 new, ticked`. */
  brief: (name: string, amounts: Amounts, tick: Tick) => string;
  /** Lines for a tooltip. */
  lines: (amounts: Amounts, foldersInside: number) => string[];
  /** `12 unread`. */
  unread: (count: number) => string;
  format: Format;
}

export function useFolderText(): FolderText {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const ticked = { all: t('isTicked'), some: t('isPartlyTicked'), none: t('isNotTicked') };
    const size = (amounts: Amounts) => (amounts.sizeBytes === null ? t('sizeUnknown') : format.size(amounts.sizeBytes));
    const unread = ({ unseen }: Amounts) => (unseen ? [t('unreadCount', { count: unseen })] : []);
    const fresh = ({ newMessages }: Amounts) => (newMessages ? [t('newCount', { count: newMessages })] : []);
    const messages = (amounts: Amounts) => common('messages', { count: amounts.messages });
    return {
      format,
      unread: (count) => t('unreadCount', { count }),
      spoken: (name, amounts, tick) =>
        [name, messages(amounts), ...unread(amounts), size(amounts), ...fresh(amounts), ticked[tick]].join(', '),
      brief: (name, amounts, tick) => [name, size(amounts), ...fresh(amounts), ticked[tick]].join(', '),
      lines: (amounts, foldersInside) => [
        [messages(amounts), ...unread(amounts)].join(', '),
        amounts.sizeBytes === null ? t('sizeUnknown') : `${size(amounts)} (${format.exactSize(amounts.sizeBytes)})`,
        ...fresh(amounts).map((text) => (amounts.newBytes ? `${text}, ${format.size(amounts.newBytes)}` : text)),
        ...(foldersInside > 0 ? [t('withFolders', { count: foldersInside })] : []),
      ],
    };
  }, [t, common, format]);
}
