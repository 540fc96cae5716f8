/** Chosen messages: one line for each folder that they come from. */
import { useTranslation } from 'react-i18next';
import type { JobPlan, MessageRef } from '../../../shared/job-request.ts';
import { ArrowRightSmallIcon } from '../../components/icons.tsx';
import { folderLabel } from '../../lib/folder-label.ts';
import { countByMailbox, type Choices } from './choices.ts';
import { TargetField } from './target-field.tsx';

interface MessageTargetsProps {
  messages: MessageRef[];
  plan: JobPlan;
  renames: Choices['renames'];
  onRename: (from: string, to: string) => void;
}

export function MessageTargets({ messages, plan, renames, onRename }: MessageTargetsProps) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  const byPath = new Map(plan.pairs.map((pair) => [pair.path, pair]));
  return (
    <ul className="plan-messages">
      {[...countByMailbox(messages)].map(([path, count]) => {
        const pair = byPath.get(path);
        const folder = folderLabel(path, pair?.delimiter ?? null, common('specialUse.inbox'));
        return (
          <li key={path}>
            <span className="grow">{t('plan.messagesFrom', { count, folder })}</span>
            <ArrowRightSmallIcon className="flow-arrow" aria-hidden />
            <TargetField
              label={t('plan.targetOf', { folder })}
              path={renames.get(path) ?? pair?.targetPath ?? path}
              delimiter={pair?.targetDelimiter ?? null}
              known={plan.targetPaths}
              isYours={renames.has(path)}
              onPath={(target) => onRename(path, target)}
            />
          </li>
        );
      })}
    </ul>
  );
}
