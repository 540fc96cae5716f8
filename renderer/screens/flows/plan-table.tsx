/** Which folder goes where; rows are drawn only as far as they are seen. */
import { Checkbox } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobPlan, PlannedPair } from '../../../shared/job-request.ts';
import { SpecialUseIcon } from '../../components/folder-icon.tsx';
import { ArrowRightSmallIcon } from '../../components/icons.tsx';
import { folderLabel } from '../../lib/folder-label.ts';
import { useFormat } from '../../lib/use-format.ts';
import { outcomeOf, type Choices, type Outcome } from './choices.ts';
import { TargetField } from './target-field.tsx';

const ROW = 31;
/** Enough for what stands above the table in the same scroller. */
const OVERSCAN = 16;

const TAGS: Partial<Record<Outcome, string>> = {
  paired: 'tag ok',
  yours: 'tag',
  taken: 'tag warn',
  adjusted: 'tag warn',
};

export interface PlanTableProps {
  plan: JobPlan;
  chosen: ReadonlySet<string>;
  renames: Choices['renames'];
  fromName: string;
  toName: string;
  scroller: RefObject<HTMLDivElement | null>;
  onTick: (paths: string[], isTicked: boolean) => void;
  onRename: (from: string, to: string) => void;
}

export function PlanTable(props: PlanTableProps) {
  const { plan, chosen, fromName, toName, scroller, onTick } = props;
  const { t } = useTranslation('flows');
  const { pairs } = plan;
  // The compiler is not used; what the virtualizer returns is read in this component only.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: pairs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const all = chosen.size === 0 ? false : chosen.size === pairs.length ? true : 'mixed';
  return (
    <table className="plan-table" aria-label={t('plan.table')} aria-rowcount={pairs.length + 1}>
      <thead>
        <tr>
          <th className="plan-tick">
            <Checkbox
              checked={all}
              aria-label={t('plan.tickAll')}
              onChange={() =>
                onTick(
                  pairs.map((pair) => pair.path),
                  all !== true,
                )
              }
            />
          </th>
          <th title={t('plan.folderAt', { name: fromName })}>{t('plan.folderAt', { name: fromName })}</th>
          <th className="plan-count right">{t('plan.messages')}</th>
          <th className="plan-size right">{t('plan.size')}</th>
          <th className="plan-arrow" aria-hidden="true" />
          <th title={t('plan.folderAt', { name: toName })}>{t('plan.folderAt', { name: toName })}</th>
          <th className="plan-outcome">{t('plan.whatHappens')}</th>
        </tr>
      </thead>
      <tbody>
        {above > 0 && <tr aria-hidden="true" style={{ height: above }} />}
        {items.map(({ index }) => {
          const pair = pairs[index];
          return pair && <PlanRow key={pair.path} pair={pair} index={index} {...props} />;
        })}
        {below > 0 && <tr aria-hidden="true" style={{ height: below }} />}
      </tbody>
    </table>
  );
}

function PlanRow(props: PlanTableProps & { pair: PlannedPair; index: number }) {
  const { pair, index, plan, chosen, renames, onTick, onRename } = props;
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const format = useFormat();
  const inbox = common('specialUse.inbox');
  const isTicked = chosen.has(pair.path);
  const name = folderLabel(pair.path, pair.delimiter, inbox);
  const target = renames.get(pair.path) ?? pair.targetPath;
  return (
    <tr className={isTicked ? undefined : 'left-out'} aria-rowindex={index + 2}>
      <td className="plan-tick">
        <Checkbox
          checked={isTicked}
          aria-label={t('plan.tick', { folder: name })}
          onChange={(_, data) => onTick([pair.path], data.checked === true)}
        />
      </td>
      <td title={name}>
        <span className="plan-name">
          <SpecialUseIcon use={pair.specialUse} />
          <span className="ellipsis">{name}</span>
        </span>
      </td>
      <td className="num right">{format.count(pair.messages)}</td>
      <td className="num right">{pair.sizeBytes === null ? '–' : format.size(pair.sizeBytes)}</td>
      <td className="plan-arrow">{isTicked && <ArrowRightSmallIcon aria-hidden />}</td>
      <td>
        {isTicked ? (
          <TargetField
            label={t('plan.targetOf', { folder: name })}
            path={target}
            delimiter={pair.targetDelimiter}
            known={plan.targetPaths}
            isYours={renames.has(pair.path)}
            onPath={(path) => onRename(pair.path, path)}
          />
        ) : (
          <span className="plan-untaken">{folderLabel(target, pair.targetDelimiter, inbox)}</span>
        )}
      </td>
      <td>
        <OutcomeMark outcome={outcomeOf(pair, isTicked, renames)} />
      </td>
    </tr>
  );
}

function OutcomeMark({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('flows');
  const hint =
    outcome === 'taken' || outcome === 'adjusted' || outcome === 'yours' ? t(`plan.${outcome}Hint`) : undefined;
  return (
    <span className={TAGS[outcome] ?? 'quiet'} title={hint}>
      {t(`plan.outcome.${outcome}`)}
    </span>
  );
}
