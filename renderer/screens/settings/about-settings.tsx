/** Sample mail, and what this program is. */
import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { calls } from '../../bridge.ts';
import { FailureBar } from '../../components/message-bar.tsx';
import { useAction } from '../../lib/use-call.ts';
import { useApp } from '../../store/app-store.ts';
import { goTo } from '../../store/view-store.ts';
import { Setting, SettingGroup } from './setting.tsx';

export function SampleSettings() {
  const { t } = useTranslation('settings');
  const isRunning = useApp((app) => app.demoRunning);
  const change = useAction(async () => {
    if (isRunning) return calls.app.stopDemo();
    const { accountId } = await calls.app.startDemo();
    goTo({ screen: 'account', accountId });
  });
  return (
    <SettingGroup title={t('sample')}>
      <Setting label={t('sample')} hint={isRunning ? t('sampleRunning') : t('sampleOff')}>
        {({ hintId }) => (
          <Button onClick={change.run} disabledFocusable={change.busy} aria-describedby={hintId}>
            {isRunning ? t('stopSample') : t('startSample')}
          </Button>
        )}
      </Setting>
      {change.failure && <FailureBar failure={change.failure} onDismiss={change.clear} />}
    </SettingGroup>
  );
}

export function AboutSettings() {
  const { t } = useTranslation('settings');
  const version = useApp((app) => app.version);
  return (
    <SettingGroup title={t('about')}>
      <div className="setting-about selectable">
        <p>{t('version', { version })}</p>
        <p>{t('licence')}</p>
        <p>{t('privacy')}</p>
        <p className="mute">{t('components')}</p>
      </div>
    </SettingGroup>
  );
}
