/** A word at the place it concerns: what happened, what it means for the mail, what to do. */
import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/failure.ts';
import { DismissSmallIcon, InfoIcon, ProvedIcon, WarningIcon } from './icons.tsx';

export type Tone = 'info' | 'safe' | 'warning' | 'danger';

interface MessageBarProps {
  tone: Tone;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  onDismiss?: () => void;
}

const ICONS = { info: InfoIcon, safe: ProvedIcon, warning: WarningIcon, danger: WarningIcon } as const;

export function MessageBar({ tone, title, children, actions, onDismiss }: MessageBarProps) {
  const { t } = useTranslation();
  const Icon = ICONS[tone];
  return (
    <div className={`msgbar ${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon aria-hidden />
      <div className="grow">
        {title !== undefined && <p className="strong">{title}</p>}
        {children}
      </div>
      {actions}
      {onDismiss && (
        <Button
          appearance="subtle"
          size="small"
          icon={<DismissSmallIcon />}
          aria-label={t('dismiss')}
          onClick={onDismiss}
        />
      )}
    </div>
  );
}

interface FailureBarProps {
  failure: Failure;
  /** Shown where trying again may help. */
  onRetry?: () => void;
  onDismiss?: () => void;
  actions?: ReactNode;
}

/** A failure in the user's words; the engine's own sentence is folded under Details. */
export function FailureBar({ failure, onRetry, onDismiss, actions }: FailureBarProps) {
  const { t } = useTranslation('failures');
  const { t: common } = useTranslation();
  return (
    <MessageBar
      tone={failure.code === 'cancelled' ? 'info' : 'danger'}
      title={t(`${failure.code}.title`)}
      onDismiss={onDismiss}
      actions={
        <>
          {onRetry && (
            <Button size="small" onClick={onRetry}>
              {common('retry')}
            </Button>
          )}
          {actions}
        </>
      }
    >
      <p className="quiet">
        {t(`${failure.code}.meaning`)} {t(`${failure.code}.todo`)}
      </p>
      <details>
        <summary>{common('details')}</summary>
        <p>{failure.message}</p>
      </details>
    </MessageBar>
  );
}
