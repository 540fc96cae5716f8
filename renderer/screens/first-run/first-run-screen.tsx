/** The first screen: three doors, and sample mail to look around. */
import { Link, Spinner } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ArchiveDrawing, BackUpDrawing, Mark, MoveDrawing } from '../../components/drawings.tsx';
import {
  ArchiveSmallIcon,
  ArrowRightIcon,
  EncryptedSmallIcon,
  ProvedSmallIcon,
  SampleIcon,
} from '../../components/icons.tsx';
import { FailureBar } from '../../components/message-bar.tsx';
import { calls } from '../../bridge.ts';
import { useAction } from '../../lib/use-call.ts';
import { openArchive } from '../../store/actions.ts';
import { useApp } from '../../store/app-store.ts';
import { goTo, replaceRoute } from '../../store/view-store.ts';
import './first-run.css';

interface DoorProps {
  drawing: ReactNode;
  title: string;
  text: string;
  needs: string;
  onOpen: () => void;
}

function Door({ drawing, title, text, needs, onOpen }: DoorProps) {
  return (
    <button type="button" className="door" onClick={onOpen}>
      {drawing}
      <span className="title2">{title}</span>
      <span className="door-text">{text}</span>
      <small>{needs}</small>
      <span className="door-go">
        <ArrowRightIcon aria-hidden />
      </span>
    </button>
  );
}

function Promises() {
  const { t } = useTranslation('firstRun');
  const keychain = useApp((app) => app.keychain);
  return (
    <footer className="promises">
      <span>
        <EncryptedSmallIcon aria-hidden />
        {keychain === 'available' ? t('factKeychain') : t('factVault')}
      </span>
      <span>
        <ArchiveSmallIcon aria-hidden />
        {t('factOpen')}
      </span>
      <span>
        <ProvedSmallIcon aria-hidden />
        {t('factPrivate')}
      </span>
    </footer>
  );
}

function SampleMail() {
  const { t } = useTranslation('firstRun');
  const demo = useAction(async () => {
    const { accountId } = await calls.app.startDemo();
    replaceRoute({ screen: 'account', accountId });
  });
  return (
    <>
      <div className="sample">
        {demo.busy ? <Spinner size="tiny" aria-hidden /> : <SampleIcon aria-hidden />}
        {demo.busy ? <span role="status">{t('startingSample')}</span> : <span>{t('justLooking')}</span>}
        {!demo.busy && (
          <Link as="button" className="strong" onClick={demo.run}>
            {t('trySample')}
          </Link>
        )}
      </div>
      {demo.failure && <FailureBar failure={demo.failure} onRetry={demo.run} onDismiss={demo.clear} />}
    </>
  );
}

export function FirstRunScreen() {
  const { t } = useTranslation('firstRun');
  return (
    <div className="first-run">
      <div className="first-run-middle">
        <Mark size={56} />
        <h1>{t('title')}</h1>
        <p className="lead">{t('lead')}</p>
        <div className="doors">
          <Door
            drawing={<BackUpDrawing />}
            title={t('backUpTitle')}
            text={t('backUpText')}
            needs={t('backUpNeeds')}
            onOpen={() => goTo({ screen: 'add-account', purpose: 'backup' })}
          />
          <Door
            drawing={<MoveDrawing />}
            title={t('moveTitle')}
            text={t('moveText')}
            needs={t('moveNeeds')}
            onOpen={() => goTo({ screen: 'migrate', accountId: null })}
          />
          <Door
            drawing={<ArchiveDrawing />}
            title={t('openTitle')}
            text={t('openText')}
            needs={t('openNeeds')}
            onOpen={() => void openArchive()}
          />
        </div>
        <SampleMail />
      </div>
      <Promises />
    </div>
  );
}
