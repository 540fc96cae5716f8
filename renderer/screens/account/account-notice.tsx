/** What stands between the header and the folders when the server could not be asked. */
import { Button } from '@fluentui/react-components';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountOverview } from '../../../shared/overview.ts';
import { FailureBar, MessageBar } from '../../components/message-bar.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { goTo } from '../../store/view-store.ts';

interface AccountNoticeProps {
  accountId: string;
  overview: AccountOverview;
  /** Of the call itself. */
  failure: Failure | null;
  onReadAgain: () => void;
  onSignIn: () => void;
}

/** No network is no fault of anybody: it is said calmly. */
const AWAY: readonly Failure['code'][] = [
  'host-unknown',
  'connection-refused',
  'connection-timeout',
  'connection-lost',
  'server-stalled',
  'server-bye',
  'server-throttled',
];

export const AccountNotice = memo(function AccountNotice(props: AccountNoticeProps) {
  const { overview, failure, onReadAgain } = props;
  if (failure) return <FailureBar failure={failure} onRetry={onReadAgain} />;
  if (overview.state === 'secret-needed') return <SecretNotice {...props} />;
  if (overview.state !== 'offline' || !overview.failure) return null;
  if (AWAY.includes(overview.failure.code)) return <AwayNotice {...props} failure={overview.failure} />;
  return <FailureBar failure={overview.failure} actions={<WayOut {...props} code={overview.failure.code} />} />;
});

function WayOut({ accountId, code, onReadAgain, onSignIn }: AccountNoticeProps & { code: Failure['code'] }) {
  const { t } = useTranslation('account');
  const edit = () => goTo({ screen: 'edit-account', accountId });
  return (
    <>
      {code === 'authentication-failed' && (
        <Button size="small" onClick={onSignIn}>
          {t('enterPassword')}
        </Button>
      )}
      {(code.startsWith('certificate') || code === 'insecure-refused' || code === 'starttls-missing') && (
        <Button size="small" onClick={edit}>
          {t('editAccount')}
        </Button>
      )}
      <Button size="small" onClick={onReadAgain}>
        {t('connectAgain')}
      </Button>
    </>
  );
}

function AwayNotice({ overview, failure, onReadAgain }: AccountNoticeProps & { failure: Failure }) {
  const { t } = useTranslation('account');
  const { t: failures } = useTranslation('failures');
  const { t: common } = useTranslation();
  const format = useFormat();
  return (
    <MessageBar
      tone="warning"
      title={t('awayTitle')}
      actions={
        <Button size="small" onClick={onReadAgain}>
          {t('connectAgain')}
        </Button>
      }
    >
      <p className="quiet">
        {t('awayText')} {overview.readAt && t('shownFrom', { ago: format.ago(overview.readAt) })}
      </p>
      <details>
        <summary>{common('details')}</summary>
        <p>
          {failures(`${failure.code}.title`)}. {failures(`${failure.code}.todo`)}
        </p>
        <p>{failure.message}</p>
      </details>
    </MessageBar>
  );
}

function SecretNotice({ overview, onSignIn }: AccountNoticeProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const isVault = overview.failure?.code === 'vault-locked';
  return (
    <MessageBar
      tone="info"
      title={t('secretTitle')}
      actions={
        <Button size="small" onClick={onSignIn}>
          {isVault ? t('openVault') : t('enterPassword')}
        </Button>
      }
    >
      <p className="quiet">
        {isVault ? t('vaultText') : t('secretText')}{' '}
        {overview.readAt && t('shownFrom', { ago: format.ago(overview.readAt) })}
      </p>
    </MessageBar>
  );
}
