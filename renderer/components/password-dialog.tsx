/** Asks for an account's password and hands it to the engine, which keeps it until the app closes. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/failure.ts';
import { calls } from '../bridge.ts';
import { useAction } from '../lib/use-call.ts';
import { useApp } from '../store/app-store.ts';
import { findAccount } from '../store/selectors.ts';
import { PasswordField } from './field.tsx';
import { FailureBar } from './message-bar.tsx';
import { Modal } from './modal.tsx';

interface PasswordDialogProps {
  accountId: string;
  /** How the last try went. */
  failure: Failure | null;
  onAnswer: (given: boolean) => void;
}

export function PasswordDialog({ accountId, failure, onAnswer }: PasswordDialogProps) {
  const { t } = useTranslation('shell');
  const account = useApp((app) => findAccount(app, accountId));
  const [password, setPassword] = useState('');
  const give = useAction(async () => {
    await calls.accounts.givePassword({ id: accountId, password });
    onAnswer(true);
  });
  const problem = give.failure ?? failure;
  return (
    <Modal
      title={t('passwordTitle', { name: account?.name ?? '' })}
      primary={t('signIn')}
      primaryDisabled={password === '' || give.busy}
      onPrimary={give.run}
      onCancel={() => onAnswer(false)}
    >
      <div className="dialog-stack">
        {problem && <FailureBar failure={problem} />}
        <p className="quiet">{account?.address}</p>
        <PasswordField
          label={t('password')}
          hint={t('passwordText')}
          value={password}
          onValue={setPassword}
          autoFocus
        />
      </div>
    </Modal>
  );
}
