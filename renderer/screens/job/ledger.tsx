/** planned = stored + already there + skipped + vanished + failed, written as a sum. */
import { useTranslation } from 'react-i18next';
import type { Counts } from '../../../shared/job.ts';
import { useFormat } from '../../lib/use-format.ts';

const TERMS = ['planned', 'stored', 'duplicate', 'skipped', 'vanished', 'failed'] as const;

export function Ledger({ counts, isVerify }: { counts: Counts; isVerify: boolean }) {
  const { t } = useTranslation('job');
  const format = useFormat();
  const terms = isVerify ? (['planned', 'stored', 'failed'] as const) : TERMS;
  const labelOf = (term: (typeof TERMS)[number]) =>
    isVerify && term === 'stored' ? 'intact' : isVerify && term === 'failed' ? 'damaged' : term;
  return (
    <dl className="job-ledger">
      {terms.map((term, i) => {
        const label = labelOf(term);
        return (
          <div key={term}>
            {i > 0 && <span aria-hidden="true">{i === 1 ? '=' : '+'}</span>}
            <dt className="caption mute">{t(`ledger.${label}`)}</dt>
            <dd className={term === 'failed' && counts.failed > 0 ? 'title1 num danger' : 'title1 num'}>
              {format.countOrDash(counts[term])}
            </dd>
            <dd className="caption mute">{t(`ledger.${label === 'damaged' ? 'failed' : label}Note`)}</dd>
          </div>
        );
      })}
    </dl>
  );
}
