/** An account's name, password and server; and its removal. */
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedAccount } from '../../../shared/app.ts';
import { calls } from '../../bridge.ts';
import { PasswordField, TextField } from '../../components/field.tsx';
import { FailureBar } from '../../components/message-bar.tsx';
import { ActionFoot, Page } from '../../components/page.tsx';
import { useAction } from '../../lib/use-call.ts';
import { appNow, useApp } from '../../store/app-store.ts';
import { confirm, openVault } from '../../store/dialogs.ts';
import { findAccount } from '../../store/selectors.ts';
import { firstRoute } from '../../store/start-route.ts';
import { goBack, replaceRoute, showToast } from '../../store/view-store.ts';
import { KeepChoice } from './keep-choice.tsx';
import { ProviderNote } from './provider-note.tsx';
import { fromAccount, toAccount } from './server-settings.ts';
import { ServerForm } from './settings-card.tsx';
import { SidePanel } from './side-panel.tsx';
import { useSignIn } from './use-sign-in.ts';
import './connect.css';

function useEditForm(saved: SavedAccount) {
  const [name, setName] = useState(saved.name);
  const [password, setPassword] = useState('');
  const [keep, setKeep] = useState(saved.secretPlace);
  const [settings, setSettings] = useState(fromAccount(saved.account));
  const [fingerprint, setFingerprint] = useState(saved.account.endpoint.tlsFingerprint);
  const isSameHost = settings.host === saved.account.endpoint.host;
  const [trustedHost, setTrustedHost] = useState<string | null>(null);
  const pin = isSameHost || trustedHost === settings.host ? fingerprint : undefined;
  const account = toAccount(settings, pin);
  return {
    name,
    setName,
    password,
    setPassword,
    keep,
    setKeep,
    settings,
    setSettings,
    account:
      account && isSameHost && saved.account.endpoint.tlsCa !== undefined
        ? { ...account, endpoint: { ...account.endpoint, tlsCa: saved.account.endpoint.tlsCa } }
        : account,
    trust: (trusted: string) => {
      setFingerprint(trusted);
      setTrustedHost(settings.host);
      return toAccount(settings, trusted) ?? undefined;
    },
  };
}

async function removeAccount(account: SavedAccount, words: { title: string; text: string; confirm: string }) {
  if (!(await confirm({ ...words, danger: true }))) return false;
  await calls.accounts.remove({ id: account.id });
  return true;
}

function EditForm({ account: saved }: { account: SavedAccount }) {
  const { t } = useTranslation('connect');
  const { t: common } = useTranslation();
  const form = useEditForm(saved);
  const signIn = useSignIn(form.account, form.password);
  const save = useAction(async () => {
    if (!form.account || (form.keep === 'vault' && !(await openVault()))) return;
    const password = form.password === '' ? {} : { password: form.password };
    await calls.accounts.change({
      id: saved.id,
      name: form.name.trim() || saved.name,
      account: form.account,
      keep: form.keep,
      ...password,
    });
    showToast(t('saved'));
    goBack({ screen: 'account', accountId: saved.id });
  });
  const remove = useAction(async () => {
    const words = {
      title: t('removeTitle', { name: saved.name }),
      text: t('removeText'),
      confirm: t('removeAccount'),
    };
    if (!(await removeAccount(saved, words))) return;
    showToast(t('removed', { name: saved.name }));
    replaceRoute(firstRoute(appNow()));
  });
  const failure = save.failure ?? remove.failure;
  const canSave = form.account !== null && form.name.trim() !== '';
  return (
    <form
      className="page"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave && !save.busy) save.run();
      }}
    >
      <Page
        title={t('editTitle', { name: saved.name })}
        sentence={t('editSentence')}
        foot={
          <ActionFoot
            start={
              <Button type="button" appearance="subtle" onClick={remove.run}>
                {t('removeAccount')}
              </Button>
            }
            end={
              <>
                <Button type="button" onClick={() => goBack({ screen: 'account', accountId: saved.id })}>
                  {common('cancel')}
                </Button>
                <Button
                  type="button"
                  disabled={form.password === '' || form.account === null}
                  disabledFocusable={signIn.busy}
                  onClick={() => signIn.run()}
                >
                  {signIn.busy ? t('signingIn') : t('signIn')}
                </Button>
                <Button type="submit" appearance="primary" disabled={!canSave} disabledFocusable={save.busy}>
                  {t('saveChanges')}
                </Button>
              </>
            }
          />
        }
      >
        <div className="connect-columns">
          <div>
            {failure && <FailureBar failure={failure} onDismiss={save.failure ? save.clear : remove.clear} />}
            <TextField label={t('name')} hint={t('nameHint')} value={form.name} onValue={form.setName} autoFocus />
            <PasswordField
              label={t('newPassword')}
              value={form.password}
              onValue={form.setPassword}
              hint={form.password === '' ? t('newPasswordHint') : <ProviderNote provider={saved.provider} />}
            />
            <KeepChoice place={form.keep} onPlace={form.setKeep} />
            <section className="card connect-card" aria-label={t('server')}>
              <h2 className="section">{t('server')}</h2>
              <ServerForm settings={form.settings} onSettings={form.setSettings} />
            </section>
          </div>
          <SidePanel
            signIn={signIn}
            host={form.settings.host}
            hasPreview={false}
            onTrust={(fingerprint) => signIn.run(form.trust(fingerprint))}
          />
        </div>
      </Page>
    </form>
  );
}

export function EditAccountScreen({ accountId }: { accountId: string }) {
  const account = useApp((app) => findAccount(app, accountId));
  return account ? <EditForm account={account} /> : null;
}
