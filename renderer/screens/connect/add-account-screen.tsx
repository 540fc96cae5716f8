/** A new account by address and password. */
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecretPlace } from '../../../shared/app.ts';
import { calls } from '../../bridge.ts';
import { PasswordField, TextField } from '../../components/field.tsx';
import { FailureBar } from '../../components/message-bar.tsx';
import { ActionFoot, Page } from '../../components/page.tsx';
import { isAddress, nameFromAddress } from '../../lib/names.ts';
import { useAction, useLoad } from '../../lib/use-call.ts';
import { useApp } from '../../store/app-store.ts';
import { openVault } from '../../store/dialogs.ts';
import { goBack, replaceRoute, withAccount, type NextWithAccount, type Route } from '../../store/view-store.ts';
import { KeepChoice, usualPlace } from './keep-choice.tsx';
import { ProviderNote } from './provider-note.tsx';
import { bestSettings, certificateDoubt, toAccount, type ServerSettings } from './server-settings.ts';
import { SettingsCard } from './settings-card.tsx';
import { SidePanel } from './side-panel.tsx';
import { useSignIn } from './use-sign-in.ts';
import './connect.css';

function useConnectForm() {
  const [address, setAddress] = useState('');
  /** The address as it was when its field was left. */
  const [asked, setAsked] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const usual = useApp(usualPlace);
  const [keep, setKeep] = useState<SecretPlace>(usual);
  const [typed, setTyped] = useState<ServerSettings | null>(null);
  const [trusted, setTrusted] = useState<{ host: string; fingerprint: string } | null>(null);
  const discovery = useLoad(asked, (signal) => calls.accounts.discover({ address: asked ?? '' }, { signal }));
  const found = bestSettings(discovery.value, asked ?? '');
  // A failed look-up must not end the way: the settings can still be typed.
  const settings =
    typed ?? found ?? (discovery.failure ? bestSettings({ provider: null, candidates: [] }, address) : null);
  const pin = trusted && trusted.host === settings?.host ? trusted.fingerprint : undefined;
  return {
    address,
    setAddress,
    look: () => {
      const next = address.trim();
      if (!isAddress(next) || next === asked) return;
      setAsked(next);
      setTyped(null);
    },
    isLooking: asked !== null && !discovery.value && !discovery.failure,
    provider: discovery.value?.provider ?? null,
    hasLooked: discovery.value !== null,
    found: discovery.value?.candidates.length ? found : null,
    asked,
    password,
    setPassword,
    keep,
    setKeep,
    settings,
    setTyped,
    account: toAccount(settings, pin),
    trust: (fingerprint: string) => {
      if (settings) setTrusted({ host: settings.host, fingerprint });
      return toAccount(settings, fingerprint) ?? undefined;
    },
  };
}

/** Moving begins with the account that the mail comes from. */
const FIRST_OF_MOVE: NextWithAccount = { flow: { screen: 'migrate', accountId: null }, end: 'accountId' };

export function AddAccountScreen({ route }: { route: Extract<Route, { screen: 'add-account' }> }) {
  const isFirstOfMove = route.purpose === 'migrate' && !route.next;
  const next = isFirstOfMove ? FIRST_OF_MOVE : route.next;
  const { t } = useTranslation('connect');
  const { t: common } = useTranslation();
  const form = useConnectForm();
  const signIn = useSignIn(form.account, form.password);
  const add = useAction(async () => {
    if (!form.account || (form.keep === 'vault' && !(await openVault()))) return;
    const { id } = await calls.accounts.add({
      name: nameFromAddress(form.address),
      address: form.address.trim(),
      account: form.account,
      password: form.password,
      keep: form.keep,
      providerId: form.provider?.id ?? null,
    });
    replaceRoute(next ? withAccount(next, id) : { screen: 'account', accountId: id });
  });
  const isComplete = isAddress(form.address) && form.password !== '' && form.account !== null;
  const act = () => (signIn.done ? add.run() : signIn.run());
  const isDeciding = certificateDoubt(signIn.failure) !== null;
  const sentence = isDeciding ? t('decideSentence') : isFirstOfMove ? t('moveSentence') : t('addSentence');
  const wasLeft = form.asked !== null || form.address === '' || isAddress(form.address);
  return (
    <form
      className="page"
      onSubmit={(event) => {
        event.preventDefault();
        form.look();
        if (isComplete && !signIn.busy && !add.busy && !isDeciding) act();
      }}
    >
      <Page
        title={t('addTitle')}
        sentence={sentence}
        foot={
          <ActionFoot
            end={
              <>
                <Button type="button" onClick={() => goBack()}>
                  {common('cancel')}
                </Button>
                <Button
                  type="submit"
                  appearance="primary"
                  disabled={!isComplete || isDeciding}
                  disabledFocusable={signIn.busy || add.busy}
                >
                  {signIn.busy ? t('signingIn') : signIn.done ? t('add') : t('signIn')}
                </Button>
              </>
            }
          />
        }
      >
        <div className="connect-columns">
          <div>
            {add.failure && <FailureBar failure={add.failure} onDismiss={add.clear} />}
            <TextField
              label={t('address')}
              type="email"
              autoComplete="off"
              autoFocus
              value={form.address}
              onValue={form.setAddress}
              onBlur={form.look}
              problem={wasLeft ? null : t('addressProblem')}
            />
            <PasswordField
              label={t('password')}
              value={form.password}
              onValue={form.setPassword}
              onFocus={form.look}
              hint={form.hasLooked ? <ProviderNote provider={form.provider} /> : undefined}
            />
            <KeepChoice place={form.keep} onPlace={form.setKeep} />
            <SettingsCard
              key={form.asked}
              isLooking={form.isLooking}
              settings={form.settings}
              found={form.found}
              onSettings={form.setTyped}
            />
          </div>
          <SidePanel
            signIn={signIn}
            host={form.settings?.host ?? ''}
            hasPreview
            onTrust={(fingerprint) => signIn.run(form.trust(fingerprint))}
          />
        </div>
      </Page>
    </form>
  );
}
