import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** A folder's path as people know it: INBOX is the one name that every server shares. */
export function useFolderLabel(): (path: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (path) => (path.toUpperCase() === 'INBOX' ? t('specialUse.inbox') : path.replace(/[./](?=.)/g, ' / ')),
    [t],
  );
}
