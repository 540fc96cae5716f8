/** A labelled field: label above, hint or problem below, joined for screen readers. */
import { Button, Input, type InputProps } from '@fluentui/react-components';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HideIcon, ShowIcon } from './icons.tsx';

interface FieldFrameProps {
  label: string;
  hint?: ReactNode;
  problem?: string | null;
  children: (ids: { id: string; describedBy: string | undefined }) => ReactNode;
}

export function Field({ label, hint, problem, children }: FieldFrameProps) {
  const id = useId();
  const hasNote = Boolean(problem) || hint !== undefined;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, describedBy: hasNote ? `${id}-note` : undefined })}
      {hasNote && (
        <p id={`${id}-note`} className={problem ? 'field-problem' : 'field-hint'}>
          {problem || hint}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps extends Omit<InputProps, 'onChange' | 'value' | 'id'> {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: ReactNode;
  problem?: string | null;
}

export function TextField({ label, value, onValue, hint, problem, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {({ id, describedBy }) => (
        <Input
          {...input}
          id={id}
          value={value}
          onChange={(_, data) => onValue(data.value)}
          aria-describedby={describedBy}
          aria-invalid={problem ? true : undefined}
          style={{ width: '100%' }}
          spellCheck={false}
        />
      )}
    </Field>
  );
}

/** A password with a button that shows it. Never kept by the browser. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'contentAfter'>) {
  const { t } = useTranslation('shell');
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      autoComplete="off"
      {...props}
      type={isShown ? 'text' : 'password'}
      contentAfter={
        <Button
          appearance="transparent"
          size="small"
          icon={isShown ? <HideIcon /> : <ShowIcon />}
          aria-label={isShown ? t('hidePassword') : t('showPassword')}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        />
      }
    />
  );
}
