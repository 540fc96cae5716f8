/** The server's settings: shown before they are used, and open to be typed. */
import { Link, Select, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Endpoint } from '../../../shared/account.ts';
import { Field, TextField } from '../../components/field.tsx';
import { SafeSmallIcon } from '../../components/icons.tsx';
import { isPort, isThisComputer, withSecurity, type ServerSettings } from './server-settings.ts';

const SECURITY_WORDS = { tls: 'tls', starttls: 'starttls', none: 'insecure' } as const;

function OriginTag({ settings }: { settings: ServerSettings }) {
  const { t } = useTranslation('connect');
  if (settings.origin === 'typed') return <span className="tag">{t('typed')}</span>;
  return (
    <span className="tag ok">
      <SafeSmallIcon aria-hidden />
      {settings.origin === 'guess' ? t('guessed') : t('found')}
    </span>
  );
}

function Shown({ settings }: { settings: ServerSettings }) {
  const { t } = useTranslation('connect');
  return (
    <dl className="connect-settings">
      <dt>{t('serverHost')}</dt>
      <dd>{settings.host}</dd>
      <dt>{t('port')}</dt>
      <dd className="num">{settings.port}</dd>
      <dt>{t('encryption')}</dt>
      <dd>{t(SECURITY_WORDS[settings.security])}</dd>
      <dt>{t('signInAs')}</dt>
      <dd>{settings.user}</dd>
    </dl>
  );
}

interface FormProps {
  settings: ServerSettings;
  onSettings: (settings: ServerSettings) => void;
}

export function ServerForm({ settings, onSettings }: FormProps) {
  const { t } = useTranslation('connect');
  const change = (part: Partial<ServerSettings>) => onSettings({ ...settings, ...part, origin: 'typed' });
  return (
    <div className="connect-server-form">
      <div className="connect-host-port">
        <TextField label={t('serverHost')} value={settings.host} onValue={(host) => change({ host })} />
        <TextField
          label={t('port')}
          value={settings.port}
          inputMode="numeric"
          onValue={(port) => change({ port })}
          problem={settings.port === '' || isPort(settings.port) ? null : t('portProblem')}
        />
      </div>
      <Field label={t('encryption')}>
        {({ id }) => (
          <Select
            id={id}
            value={settings.security}
            onChange={(_, data) => onSettings(withSecurity(settings, data.value as Endpoint['security']))}
          >
            <option value="tls">{t('tls')}</option>
            <option value="starttls">{t('starttls')}</option>
            {(settings.security === 'none' || isThisComputer(settings.host)) && (
              <option value="none">{t('insecure')}</option>
            )}
          </Select>
        )}
      </Field>
      <TextField label={t('signInAs')} value={settings.user} onValue={(user) => change({ user })} />
    </div>
  );
}

interface SettingsCardProps {
  isLooking: boolean;
  /** null: not looked for yet. */
  settings: ServerSettings | null;
  /** What discovery found, to go back to; null: nothing. */
  found: ServerSettings | null;
  onSettings: (settings: ServerSettings | null) => void;
}

export function SettingsCard({ isLooking, settings, found, onSettings }: SettingsCardProps) {
  const { t } = useTranslation('connect');
  const [isOpen, setOpen] = useState(false);
  if (isLooking && !settings) {
    return (
      <div className="connect-looking mute" role="status">
        <Spinner size="tiny" aria-hidden />
        {t('lookingUp')}
      </div>
    );
  }
  if (!settings) return null;
  const hasForm = isOpen || !found;
  return (
    <section className="card connect-card" aria-label={t('server')}>
      <div className="row">
        <h2 className="section grow">{t('server')}</h2>
        {found || settings.host ? <OriginTag settings={settings} /> : <span className="tag">{t('notFoundTitle')}</span>}
      </div>
      {!found && <p className="field-hint">{t('notFound')}</p>}
      {hasForm ? <ServerForm settings={settings} onSettings={onSettings} /> : <Shown settings={settings} />}
      {found && (
        <p className="connect-change">
          <Link
            as="button"
            type="button"
            onClick={() => {
              if (isOpen) onSettings(null);
              setOpen(!isOpen);
            }}
          >
            {isOpen ? t('useFound') : t('changeSettings')}
          </Link>
        </p>
      )}
    </section>
  );
}
