/** From and to: the cards to choose from, and the two that were chosen. */
import { Button } from '@fluentui/react-components';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownArchive, SavedAccount } from '../../../shared/app.ts';
import { AddIcon, ArchiveIcon, ArrowRightIcon, ServerIcon } from '../../components/icons.tsx';
import { accountText } from '../../lib/names.ts';
import { useFormat } from '../../lib/use-format.ts';

export interface End {
  id: string;
  kind: 'account' | 'archive';
  name: string;
  note: string;
  /** At the right of the card. */
  amount: string;
}

export function useEnds() {
  const format = useFormat();
  return {
    ofAccount: ({ id, name, address }: SavedAccount): End => ({ id, kind: 'account', name, note: address, amount: '' }),
    ofArchive: ({ id, name, account, folder, sizeBytes }: KnownArchive): End => ({
      id,
      kind: 'archive',
      name,
      note: account === '' ? folder : accountText(account),
      amount: format.size(sizeBytes),
    }),
  };
}

interface EndChoiceProps {
  title: string;
  ends: End[];
  value: string | null;
  onValue: (id: string) => void;
  /** Said when there is none. */
  none: string;
  add: { text: string; onClick: () => void };
}

export function EndChoice({ title, ends, value, onValue, none, add }: EndChoiceProps) {
  const name = useId();
  return (
    <fieldset className="flow-choice">
      <legend className="section">{title}</legend>
      {ends.length === 0 && <p className="mute">{none}</p>}
      {ends.map((end) => (
        <label key={end.id} className="card flow-end choosable">
          <input type="radio" name={name} checked={end.id === value} onChange={() => onValue(end.id)} />
          <EndText end={end} />
        </label>
      ))}
      <Button appearance="subtle" icon={<AddIcon />} className="flow-add" onClick={add.onClick}>
        {add.text}
      </Button>
    </fieldset>
  );
}

export function ChosenEnds({ from, to }: { from: End; to: End }) {
  const { t } = useTranslation('flows');
  const note = from.kind === 'account' ? t('plan.readOnly', { name: from.note }) : from.note;
  return (
    <div className="flow-ends">
      <div className="card flow-end">
        <EndText end={{ ...from, note }} />
      </div>
      <ArrowRightIcon className="flow-arrow" aria-hidden />
      <div className="card flow-end">
        <EndText end={to} />
      </div>
    </div>
  );
}

function EndText({ end }: { end: End }): ReactNode {
  return (
    <>
      {end.kind === 'account' ? <ServerIcon aria-hidden /> : <ArchiveIcon aria-hidden />}
      <span className="grow flow-end-text">
        <span className="strong ellipsis">{end.name}</span>
        <span className="caption mute ellipsis">{end.note}</span>
      </span>
      <span className="mute nowrap num">{end.amount}</span>
    </>
  );
}
