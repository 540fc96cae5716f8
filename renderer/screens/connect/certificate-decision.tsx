/** A certificate in doubt: its facts, and a deliberate choice. Nothing has been sent yet. */
import { Button, Checkbox } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/failure.ts';
import { formatFingerprint } from '../../lib/format.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Line, PanelTop } from './connection-report.tsx';
import { tlsName, type CertificateCode } from './server-settings.ts';

interface CertificateDecisionProps {
  code: CertificateCode;
  failure: Failure;
  host: string;
  onTrust: (fingerprint: string) => void;
  onRefuse: () => void;
}

function useSpan(details: Failure['details']): { from: string; to: string } {
  const format = useFormat();
  const day = (value: string | number | undefined) => {
    const at = Date.parse(String(value ?? ''));
    return Number.isNaN(at) ? '–' : format.day(new Date(at).toISOString());
  };
  return { from: day(details?.['validFrom']), to: day(details?.['validTo']) };
}

function Facts({ code, failure, host }: Pick<CertificateDecisionProps, 'code' | 'failure' | 'host'>) {
  const { t } = useTranslation('connect');
  const details = failure.details ?? {};
  const text = (key: string) => String(details[key] ?? '');
  const span = useSpan(failure.details);
  const isOwn = code === 'certificate-self-signed' || text('issuer') === '';
  const tls = tlsName(text('tlsVersion'));
  return (
    <dl>
      <Line label={t('certExpected')}>{host}</Line>
      <Line
        label={t('certSays')}
        note={isOwn ? t('certIssuedSelf', span) : t('certIssued', { ...span, issuer: text('issuer') })}
      >
        {text('names') || '–'}
      </Line>
      {tls !== '' && (
        <Line label={t('encryption')}>
          {text('forwardSecrecy') === 'yes' ? t('certWithSecrecy', { tls }) : tls}
          <small className="mono">{text('cipher')}</small>
        </Line>
      )}
      {text('expectedFingerprint') !== '' && (
        <Line label={t('certFingerprintBefore')}>
          <span className="mono connect-fingerprint">{formatFingerprint(text('expectedFingerprint'))}</span>
        </Line>
      )}
      <Line label={t('certFingerprint')} note={t('certFingerprintHint')}>
        <span className="mono connect-fingerprint">{formatFingerprint(text('fingerprint'))}</span>
      </Line>
    </dl>
  );
}

export function CertificateDecision({ code, failure, host, onTrust, onRefuse }: CertificateDecisionProps) {
  const { t } = useTranslation('connect');
  const { t: failures } = useTranslation('failures');
  const [isCompared, setCompared] = useState(false);
  const fingerprint = String(failure.details?.['fingerprint'] ?? '');
  return (
    <section className="card connect-panel" role="alert">
      <PanelTop tone="warning" title={failures(`${code}.title`)}>
        {t(`cert.${code}`)}
      </PanelTop>
      <Facts code={code} failure={failure} host={host} />
      <div className="connect-decision">
        <Checkbox
          checked={isCompared}
          onChange={(_, data) => setCompared(data.checked === true)}
          label={t('compared')}
        />
        <p className="field-hint connect-compared">{t('comparedHint')}</p>
        <div className="row gap-8">
          <Button disabled={!isCompared || fingerprint === ''} onClick={() => onTrust(fingerprint)}>
            {t('trust')}
          </Button>
          <Button appearance="subtle" onClick={onRefuse}>
            {t('dontConnect')}
          </Button>
        </div>
      </div>
    </section>
  );
}
