/** Where a folder goes: one that the target has, or a name typed for a new one. */
import { Combobox, Option } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { folderLabel } from '../../lib/folder-label.ts';
import { pathOf } from './choices.ts';

const MAX_OPTIONS = 60;

interface TargetFieldProps {
  label: string;
  path: string;
  delimiter: string | null;
  known: readonly string[];
  isYours: boolean;
  /** '' gives back what was suggested. */
  onPath: (path: string) => void;
}

export function TargetField({ label, path, delimiter, known, isYours, onPath }: TargetFieldProps) {
  const { t: common } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const inbox = common('specialUse.inbox');
  const commit = (text: string) => {
    setTyped(null);
    const next = pathOf(text, known, delimiter, inbox);
    if (next !== path) onPath(next);
  };
  const wanted = typed?.trim().toLowerCase() ?? '';
  const options = isOpen
    ? known
        .map((one) => folderLabel(one, delimiter, inbox))
        .filter((one) => one.toLowerCase().includes(wanted))
        .slice(0, MAX_OPTIONS)
    : [];
  return (
    <Combobox
      freeform
      inlinePopup
      positioning={{ strategy: 'fixed' }}
      size="small"
      aria-label={label}
      className={isYours ? 'plan-target yours' : 'plan-target'}
      value={typed ?? folderLabel(path, delimiter, inbox)}
      selectedOptions={[folderLabel(path, delimiter, inbox)]}
      open={isOpen && options.length > 0}
      onOpenChange={(_, data) => setOpen(data.open)}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onOptionSelect={(_, data) => {
        // While one types, Fluent reports with undefined that the choice no longer fits.
        if (data.optionValue !== undefined) commit(data.optionValue);
      }}
      onBlur={() => {
        if (typed !== null) commit(typed);
      }}
    >
      {options.map((one) => (
        <Option key={one} value={one}>
          {one}
        </Option>
      ))}
    </Combobox>
  );
}
