/** Where passwords can be kept: what this computer offers, and the vault. */
import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { calls } from '../../bridge.ts';
import { FailureBar } from '../../components/message-bar.tsx';
import { useAction } from '../../lib/use-call.ts';
import { useApp } from '../../store/app-store.ts';
import { confirm, openVault } from '../../store/dialogs.ts';
import { selectVault } from '../../store/selectors.ts';
import { showToast } from '../../store/view-store.ts';
import { Setting, SettingGroup } from './setting.tsx';

const VAULT_WORDS = {
  none: ['vaultNone', 'createVault'],
  locked: ['vaultLocked', 'unlockVault'],
  open: ['vaultOpen', 'lockVault'],
} as const;

export function PasswordSettings() {
  const { t } = useTranslation('settings');
  const vault = useApp(selectVault);
  const keychain = useApp((app) => app.keychain);
  const change = useAction(() => (vault === 'open' ? calls.vault.lock() : openVault()));
  const discard = useAction(async () => {
    const words = { title: t('discardVaultTitle'), text: t('discardVaultText'), confirm: t('discardVault') };
    if (!(await confirm({ ...words, danger: true }))) return;
    await calls.vault.discard();
    showToast(t('vaultDiscarded'));
  });
  const failure = change.failure ?? discard.failure;
  const [state, button] = VAULT_WORDS[vault];
  return (
    <SettingGroup title={t('passwords')}>
      <Setting label={t('keychain')} hint={keychain === 'available' ? t('keychainThere') : t('keychainNone')}>
        {() => null}
      </Setting>
      <Setting label={t('vault')} hint={t(state)}>
        {({ hintId }) => (
          <>
            {vault !== 'none' && (
              <Button appearance="subtle" onClick={discard.run} disabledFocusable={discard.busy}>
                {t('discardVault')}
              </Button>
            )}
            <Button onClick={change.run} disabledFocusable={change.busy} aria-describedby={hintId}>
              {t(button)}
            </Button>
          </>
        )}
      </Setting>
      {failure && <FailureBar failure={failure} onDismiss={() => (change.clear(), discard.clear())} />}
    </SettingGroup>
  );
}
