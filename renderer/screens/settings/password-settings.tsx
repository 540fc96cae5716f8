/** Where passwords can be kept: what this computer offers, and the vault. */
import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { calls } from '../../bridge.ts';
import { FailureBar } from '../../components/message-bar.tsx';
import { useAction } from '../../lib/use-call.ts';
import { useApp } from '../../store/app-store.ts';
import { openVault } from '../../store/dialogs.ts';
import { selectVault } from '../../store/selectors.ts';
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
  const [state, button] = VAULT_WORDS[vault];
  return (
    <SettingGroup title={t('passwords')}>
      <Setting label={t('keychain')} hint={keychain === 'available' ? t('keychainThere') : t('keychainNone')}>
        {() => null}
      </Setting>
      <Setting label={t('vault')} hint={t(state)}>
        {({ hintId }) => (
          <Button onClick={change.run} disabledFocusable={change.busy} aria-describedby={hintId}>
            {t(button)}
          </Button>
        )}
      </Setting>
      {change.failure && <FailureBar failure={change.failure} onDismiss={change.clear} />}
    </SettingGroup>
  );
}
