/** The first step of a restore or move: from and to. */
import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ArrowRightIcon } from '../../components/icons.tsx';
import { ActionFoot, Page } from '../../components/page.tsx';
import { Steps } from '../../components/steps.tsx';
import { goBack } from '../../store/view-store.ts';
import './flows.css';

interface EndsPageProps {
  kind: 'restore' | 'migrate';
  from: ReactNode;
  to: ReactNode;
  /** null: not both are chosen yet. */
  onNext: (() => void) | null;
}

export function EndsPage({ kind, from, to, onNext }: EndsPageProps) {
  const { t } = useTranslation('flows');
  const { t: common } = useTranslation();
  return (
    <Page
      title={t(`${kind}.endsTitle`)}
      sentence={t(`${kind}.endsSentence`)}
      steps={<Steps names={[t('plan.stepEnds'), t('plan.stepFolders'), t(`${kind}.step`)]} current={0} />}
      foot={
        <ActionFoot
          end={
            <>
              <Button onClick={() => goBack()}>{common('back')}</Button>
              <Button appearance="primary" disabled={!onNext} onClick={() => onNext?.()}>
                {common('next')}
              </Button>
            </>
          }
        />
      }
    >
      <div className="flow-choices">
        {from}
        <ArrowRightIcon className="flow-arrow" aria-hidden />
        {to}
      </div>
    </Page>
  );
}
