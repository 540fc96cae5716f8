/** Above every page: the line is lost, jobs were interrupted, an action failed that belongs to no place. */
import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { copyText } from '../lib/copy-text.ts';
import { dropNotice, goOnWithJob, useNotice } from '../store/actions.ts';
import { forgetInterrupted, useAppStore } from '../store/app-store.ts';
import { showToast } from '../store/view-store.ts';
import { FailureBar, MessageBar } from './message-bar.tsx';

async function goOnWithAll(jobIds: readonly string[]): Promise<void> {
  forgetInterrupted();
  for (const jobId of jobIds) await goOnWithJob(jobId);
}

function RefusedLink({ url }: { url: string }) {
  const { t } = useTranslation();
  const copy = () => {
    if (copyText(url)) showToast(t('linkCopied'));
  };
  return (
    <MessageBar
      tone="info"
      title={t('linkRefusedTitle')}
      onDismiss={dropNotice}
      actions={
        <Button size="small" onClick={copy}>
          {t('linkCopy')}
        </Button>
      }
    >
      <p className="quiet">{t('linkRefusedText')}</p>
      <p className="mono selectable notice-link">{url}</p>
    </MessageBar>
  );
}

export function Notices() {
  const { t } = useTranslation();
  const line = useAppStore((store) => store.line);
  const interrupted = useAppStore((store) => store.interrupted);
  const failure = useNotice((notice) => notice.failure);
  const refusedLink = useNotice((notice) => notice.refusedLink);
  return (
    <div className="notices">
      {line === 'lost' && <MessageBar tone="warning">{t('goOnLine')}</MessageBar>}
      {line === 'open' && interrupted.length > 0 && (
        <MessageBar
          tone="warning"
          onDismiss={forgetInterrupted}
          actions={
            <Button size="small" onClick={() => void goOnWithAll(interrupted)}>
              {t('goOn')}
            </Button>
          }
        >
          {t('interrupted', { count: interrupted.length })}
        </MessageBar>
      )}
      {refusedLink !== null && <RefusedLink url={refusedLink} />}
      {failure && <FailureBar failure={failure} onDismiss={dropNotice} />}
    </div>
  );
}
