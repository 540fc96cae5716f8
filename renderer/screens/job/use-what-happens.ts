/** What a running job does now, as a sentence. */
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../shared/job-request.ts';
import { useFolderLabel } from './use-folder-label.ts';

export function useWhatHappens({ snapshot, request }: JobView): string {
  const { t } = useTranslation('job');
  const label = useFolderLabel();
  switch (snapshot.state) {
    case 'pausing':
      return t('pausing');
    case 'paused':
      return t('pausedText');
    case 'stopping':
      return t('stopping');
    default:
      break;
  }
  if (request.kind === 'verify' && snapshot.phase !== 'finished') return t('phase.verifying');
  if (snapshot.phase !== 'transferring') return t(`phase.${snapshot.phase}`);
  const active = snapshot.mailboxes.filter((m) => m.state === 'active').map((m) => label(m.path));
  if (active.length === 0) return t('phase.transferringAny');
  if (active.length <= 2) return t('phase.transferring', { folders: active.join(', ') });
  return t('phase.transferringMany', { folders: active.slice(0, 2).join(', '), count: active.length - 2 });
}
