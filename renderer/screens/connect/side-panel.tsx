/** Beside the form: what happens next, the sign-in under way, a decision, a failure, or the report. */
import { Spinner } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { FailureBar } from '../../components/message-bar.tsx';
import { CertificateDecision } from './certificate-decision.tsx';
import { ConnectionReport } from './connection-report.tsx';
import { certificateDoubt } from './server-settings.ts';
import type { SignIn } from './use-sign-in.ts';

interface SidePanelProps {
  signIn: SignIn;
  host: string;
  /** What is shown before anything was tried. */
  hasPreview: boolean;
  onTrust: (fingerprint: string) => void;
}

function WhatNext() {
  const { t } = useTranslation('connect');
  return (
    <section className="connect-next">
      <h2 className="section">{t('nextTitle')}</h2>
      <ol>
        <li>{t('nextFind')}</li>
        <li>{t('nextSignIn')}</li>
        <li>{t('nextSizes')}</li>
      </ol>
    </section>
  );
}

export function SidePanel({ signIn, host, hasPreview, onTrust }: SidePanelProps) {
  const { t } = useTranslation('connect');
  const doubt = certificateDoubt(signIn.failure);
  if (signIn.busy) {
    return (
      <div className="connect-looking" role="status">
        <Spinner size="tiny" aria-hidden />
        {t('checking', { host })}
      </div>
    );
  }
  if (doubt) return <CertificateDecision {...doubt} host={host} onTrust={onTrust} onRefuse={signIn.clear} />;
  if (signIn.failure) return <FailureBar failure={signIn.failure} onDismiss={signIn.clear} />;
  if (signIn.done) return <ConnectionReport signedIn={signIn.done} host={host} />;
  return hasPreview ? <WhatNext /> : null;
}
