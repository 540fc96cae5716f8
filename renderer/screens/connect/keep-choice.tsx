/** Where the password is kept. */
import { Radio, RadioGroup } from '@fluentui/react-components';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppState, SecretPlace } from '../../../shared/app.ts';
import { useApp } from '../../store/app-store.ts';

/** The keychain where there is one; a vault that was made already; else nowhere. */
export function usualPlace(app: AppState): SecretPlace {
  if (app.keychain === 'available') return 'keychain';
  return app.vault === 'none' ? 'ask' : 'vault';
}

interface KeepChoiceProps {
  place: SecretPlace;
  onPlace: (place: SecretPlace) => void;
}

export function KeepChoice({ place, onPlace }: KeepChoiceProps) {
  const { t } = useTranslation('connect');
  const id = useId();
  const hasKeychain = useApp((app) => app.keychain) === 'available';
  return (
    <div className="field">
      <span className="field-label" id={id}>
        {t('keep')}
      </span>
      <RadioGroup aria-labelledby={id} value={place} onChange={(_, data) => onPlace(data.value as SecretPlace)}>
        {hasKeychain && <Radio value="keychain" label={t('keepKeychain')} />}
        <Radio value="vault" label={t('keepVault')} />
        <Radio value="ask" label={t('keepAsk')} />
      </RadioGroup>
      {!hasKeychain && <p className="field-hint">{t('noKeychain')}</p>}
    </div>
  );
}
