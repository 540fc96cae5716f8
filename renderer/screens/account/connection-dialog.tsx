/** How the connection to the server came about, for people to judge it. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedAccount } from '../../../shared/app.ts';
import type { ConnectionReport } from '../../../shared/connection.ts';
import { DialogWindow } from '../../components/dialog-window.tsx';
import { formatFingerprint } from '../../lib/format.ts';
import { useFormat } from '../../lib/use-format.ts';

interface ConnectionDialogProps {
  account: SavedAccount;
  report: ConnectionReport | null;
  serverName: string;
  onClose: () => void;
}

export function ConnectionDialog({ account, report, serverName, onClose }: ConnectionDialogProps) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { host, port } = account.account.endpoint;
  return (
    <DialogWindow onClose={onClose}>
      <DialogSurface style={{ maxWidth: 560 }}>
        <DialogBody>
          <DialogTitle>{t('connectionTitle', { host })}</DialogTitle>
          <DialogContent>
            {report ? (
              <dl className="account-report card selectable">
                <Line label={t('server')}>{`${host}:${port}`}</Line>
                {serverName !== '' && <Line label={t('serverProgram')}>{serverName}</Line>}
                <Encryption report={report} />
                <Certificate report={report} />
                <Line label={t('signIn')}>{report.mechanism}</Line>
                <Line label={t('compression')}>{report.compressed ? common('on') : common('off')}</Line>
              </dl>
            ) : (
              <p className="quiet">{t('connectionUnknown')}</p>
            )}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {common('close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </DialogWindow>
  );
}

function Line({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div className="kv">
      <dt>{label}</dt>
      <dd>
        {children}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  );
}

/** `TLS 1.3` from `TLSv1.3`. */
const versionText = (tlsVersion: string): string => tlsVersion.replace(/^TLSv/, 'TLS ');

function Encryption({ report }: { report: ConnectionReport }) {
  const { t } = useTranslation('account');
  const { security, tlsVersion, cipher, forwardSecrecy } = report;
  // The app asks for nothing else beyond this computer.
  if (security === 'none' || tlsVersion === null) {
    return (
      <Line label={t('encryption')} note={t('encryptionNoneText')}>
        {t('encryptionNone')}
      </Line>
    );
  }
  const version = versionText(tlsVersion);
  return (
    <>
      <Line label={t('encryption')}>{security === 'starttls' ? t('encryptionStart', { version }) : version}</Line>
      {cipher !== null && (
        <Line label={t('cipher')}>
          <span className="mono">{cipher}</span>
        </Line>
      )}
      {forwardSecrecy !== null && (
        <Line
          label={t('forwardSecrecy')}
          note={forwardSecrecy ? t('forwardSecrecyYesText') : t('forwardSecrecyNoText')}
        >
          {forwardSecrecy ? t('forwardSecrecyYes') : t('forwardSecrecyNo')}
        </Line>
      )}
    </>
  );
}

function Certificate({ report }: { report: ConnectionReport }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { trust, certificateValidTo, certificateFingerprint } = report;
  if (trust === null) return null;
  const until = certificateValidTo === null ? Number.NaN : Date.parse(certificateValidTo);
  const day = Number.isNaN(until) ? undefined : t('validTo', { day: format.day(new Date(until).toISOString()) });
  return (
    <>
      <Line label={t('certificate')} note={day}>
        {trust === 'authority' ? t('trustAuthority') : t('trustFingerprint')}
      </Line>
      {certificateFingerprint !== null && (
        <Line label={t('fingerprint')}>
          <span className="mono">{formatFingerprint(certificateFingerprint)}</span>
        </Line>
      )}
    </>
  );
}
