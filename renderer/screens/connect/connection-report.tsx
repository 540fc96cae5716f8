/** How the connection came about, for people to judge it. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionReport as Report } from '../../../shared/connection.ts';
import { ProvedLargeIcon, WarningLargeIcon } from '../../components/icons.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { tlsName } from './server-settings.ts';
import type { SignedIn } from './use-sign-in.ts';

export function PanelTop({ tone, title, children }: { tone: 'safe' | 'warning'; title: string; children: ReactNode }) {
  const Icon = tone === 'safe' ? ProvedLargeIcon : WarningLargeIcon;
  return (
    <div className={`connect-panel-top ${tone}`}>
      <Icon aria-hidden />
      <div>
        <h2 className="title2">{title}</h2>
        <p className="mute">{children}</p>
      </div>
    </div>
  );
}

interface LineProps {
  label: string;
  note?: string;
  children: ReactNode;
}

export function Line({ label, note, children }: LineProps) {
  return (
    <div className="kv">
      <dt>{label}</dt>
      <dd className="selectable">
        {children}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  );
}

function useTlsNote(version: string): string {
  const { t } = useTranslation('connect');
  if (version === 'TLSv1.3') return t('newest');
  return version === 'TLSv1.2' ? t('stillSafe') : t('outdated');
}

function Encryption({ report }: { report: Report }) {
  const { t } = useTranslation('connect');
  const format = useFormat();
  const note = useTlsNote(report.tlsVersion ?? '');
  if (report.tlsVersion === null) return <Line label={t('encryption')}>{t('notEncrypted')}</Line>;
  const validTo = report.certificateValidTo === null ? NaN : Date.parse(report.certificateValidTo);
  return (
    <>
      <Line label={t('encryption')} note={note}>
        {tlsName(report.tlsVersion)}
      </Line>
      <Line label={t('cipher')}>
        <span className="mono">{report.cipher}</span>
      </Line>
      <Line label={t('forwardSecrecy')} note={report.forwardSecrecy ? t('secrecyYes') : t('secrecyNo')}>
        {report.forwardSecrecy ? t('yes') : t('no')}
      </Line>
      {!Number.isNaN(validTo) && (
        <Line
          label={t('certificate')}
          note={report.trust === 'fingerprint' ? t('trustFingerprint') : t('trustAuthority')}
        >
          {t('validUntil', { day: format.day(new Date(validTo).toISOString()) })}
        </Line>
      )}
    </>
  );
}

export function ConnectionReport({ signedIn, host }: { signedIn: SignedIn; host: string }) {
  const { t } = useTranslation('connect');
  const { t: common } = useTranslation();
  const format = useFormat();
  const { report } = signedIn;
  const kind = report.tlsVersion === null ? 'open' : report.forwardSecrecy ? 'safe' : 'weak';
  return (
    <section className="card connect-panel" role="status">
      <PanelTop tone={kind === 'safe' ? 'safe' : 'warning'} title={t(`${kind}Title`)}>
        {t(`${kind}Text`, { host, time: format.duration(signedIn.elapsedMs) })}
      </PanelTop>
      <dl>
        <Encryption report={report} />
        <Line label={t('folders')}>{common('folders', { count: signedIn.folders })}</Line>
      </dl>
    </section>
  );
}
