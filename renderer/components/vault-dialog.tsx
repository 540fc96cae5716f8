/** Makes the vault with a new passphrase, or opens it with the one it has. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLongEnough, MIN_PASSPHRASE_LENGTH } from '../../shared/passphrase.ts';
import { calls } from '../bridge.ts';
import { useAction } from '../lib/use-call.ts';
import { PasswordField } from './field.tsx';
import { FailureBar } from './message-bar.tsx';
import { Modal } from './modal.tsx';

interface VaultDialogProps {
  mode: 'create' | 'unlock';
  onAnswer: (open: boolean) => void;
}

export function VaultDialog({ mode, onAnswer }: VaultDialogProps) {
  const { t } = useTranslation('shell');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const open = useAction(async () => {
    await (mode === 'create' ? calls.vault.create({ passphrase }) : calls.vault.unlock({ passphrase }));
    onAnswer(true);
  });
  const isGood = mode === 'unlock' ? passphrase !== '' : isLongEnough(passphrase) && passphrase === again;
  const differs = again !== '' && !passphrase.startsWith(again) && passphrase !== again;
  return (
    <Modal
      title={mode === 'create' ? t('vaultCreateTitle') : t('vaultUnlockTitle')}
      primary={mode === 'create' ? t('createVault') : t('unlockVault')}
      primaryDisabled={!isGood || open.busy}
      onPrimary={open.run}
      onCancel={() => onAnswer(false)}
    >
      <div className="dialog-stack">
        <p className="quiet">{mode === 'create' ? t('vaultCreateText') : t('vaultUnlockText')}</p>
        {open.failure && <FailureBar failure={open.failure} />}
        <PasswordField
          label={t('passphrase')}
          hint={mode === 'create' ? t('passphraseShort', { count: MIN_PASSPHRASE_LENGTH }) : undefined}
          value={passphrase}
          onValue={setPassphrase}
          autoFocus
        />
        {mode === 'create' && (
          <PasswordField
            label={t('passphraseAgain')}
            problem={differs ? t('passphraseDiffers') : null}
            value={again}
            onValue={setAgain}
          />
        )}
      </div>
    </Modal>
  );
}
