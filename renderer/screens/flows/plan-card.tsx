/** The numbers of the dry run. */
import { useTranslation } from 'react-i18next';
import { MessageBar } from '../../components/message-bar.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { lacksSpace, together } from './choices.ts';
import type { Plan } from './use-plan.ts';

export function PlanCard({ dryRun, toName }: { dryRun: Plan; toName: string }) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { plan, isFresh, isCounting } = dryRun;
  if (!plan) return null;
  const state = isFresh ? t('plan.nothingWritten') : isCounting ? t('plan.counting') : t('plan.old');
  const count = (label: string, value: number | string) => (
    <div>
      <dt>{label}</dt>
      <dd className="num">{typeof value === 'number' ? format.count(value) : value}</dd>
    </div>
  );
  return (
    <aside className={isFresh ? 'card plan-card' : 'card plan-card old'} aria-label={t('plan.dryRun')}>
      <h2>{t('plan.dryRun')}</h2>
      <p className="caption mute" role="status">
        {state}
      </p>
      <dl>
        {count(t('plan.toCopy'), plan.toCopy)}
        {count(t('plan.alreadyThere'), plan.alreadyThere)}
        {count(t('plan.tooLarge'), plan.tooLarge ?? 0)}
      </dl>
      <dl>{count(t('plan.together'), together(plan))}</dl>
      <dl>
        {count(t('plan.size'), format.size(plan.bytes))}
        {count(t('plan.newFolders'), plan.newFolders)}
      </dl>
      {plan.tooLarge !== null && plan.tooLarge > 0 && plan.maxMessageBytes !== null && (
        <p className="caption mute">
          {t('plan.tooLargeNote', { count: plan.tooLarge, bytes: plan.maxMessageBytes, name: toName })}
        </p>
      )}
      {plan.targetFreeBytes !== null && lacksSpace(plan) && (
        <MessageBar tone="warning" title={t('plan.noSpaceTitle', { name: toName })}>
          <p>{t('plan.noSpace', { bytes: plan.bytes, free: plan.targetFreeBytes })}</p>
        </MessageBar>
      )}
    </aside>
  );
}
