/** Folded under the ends: what most people never change. */
import { Checkbox, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobOptions } from '../../../shared/job-request.ts';
import { TextField } from '../../components/field.tsx';
import type { Choices } from './choices.ts';
import { parseConnections, parseSpeed } from './option-values.ts';

interface OptionFieldsProps {
  choices: Choices;
  onChoices: (choices: Choices) => void;
}

const PROOFS = ['sizes', 'sample', 'full'] as const;
const PROOF_TEXTS = { sizes: 'proofSizes', sample: 'proofSample', full: 'proofFull' } as const;

export function OptionFields({ choices, onChoices }: OptionFieldsProps) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const { options } = choices;
  const change = (patch: Partial<JobOptions>) => onChoices({ ...choices, options: { ...options, ...patch } });
  const [connections, setConnections] = useState('');
  const [speed, setSpeed] = useState('');
  return (
    <details className="plan-options">
      <summary>{common('moreOptions')}</summary>
      <div className="plan-option-grid">
        <TextField
          label={t('options.since')}
          hint={t('options.sinceHint')}
          type="date"
          value={options.since ?? ''}
          onValue={(value) => change({ since: /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null })}
        />
        <TextField
          label={t('options.into')}
          hint={t('options.intoHint')}
          value={choices.into}
          onValue={(into) => onChoices({ ...choices, into })}
        />
        <TextField
          label={t('options.connections')}
          hint={t('options.connectionsHint')}
          inputMode="numeric"
          value={connections}
          onValue={(value) => {
            setConnections(value);
            change({ connections: parseConnections(value) });
          }}
        />
        <TextField
          label={t('options.speed')}
          hint={t('options.speedHint')}
          inputMode="decimal"
          value={speed}
          onValue={(value) => {
            setSpeed(value);
            change({ bytesPerSecond: parseSpeed(value) });
          }}
        />
        <div>
          <p className="field-label" id="plan-proof">
            {t('options.proof')}
          </p>
          <RadioGroup
            aria-labelledby="plan-proof"
            value={options.proof}
            onChange={(_, data) => change({ proof: PROOFS.find((proof) => proof === data.value) ?? 'sample' })}
          >
            {PROOFS.map((proof) => (
              <Radio key={proof} value={proof} label={t(`options.${PROOF_TEXTS[proof]}`)} />
            ))}
          </RadioGroup>
        </div>
        <Checkbox
          className="plan-dates"
          checked={options.dateFromHeader}
          label={t('options.dates')}
          onChange={(_, data) => change({ dateFromHeader: data.checked === true })}
        />
      </div>
    </details>
  );
}
