/** Everything that can be set; it applies at once. */
import { Button, Switch } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/app.ts';
import { calls } from '../../bridge.ts';
import { FailureBar } from '../../components/message-bar.tsx';
import { Page } from '../../components/page.tsx';
import { useAction } from '../../lib/use-call.ts';
import { useApp } from '../../store/app-store.ts';
import { pickFolder } from '../../store/dialogs.ts';
import { selectSettings } from '../../store/selectors.ts';
import { AboutSettings, SampleSettings } from './about-settings.tsx';
import { PasswordSettings } from './password-settings.tsx';
import { Choice, Setting, SettingGroup } from './setting.tsx';
import './settings.css';

const CONNECTIONS = ['1', '2', '3', '4', '6', '8', '12', '16'] as const;
const SPEEDS = [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 25_000_000] as const;

interface GroupProps {
  settings: Settings;
  onChange: (patch: Partial<Settings>) => void;
}

function Appearance({ settings, onChange }: GroupProps) {
  const { t } = useTranslation('settings');
  return (
    <SettingGroup title={t('appearance')}>
      <Setting label={t('language')}>
        {({ labelId, hintId }) => (
          <Choice
            value={settings.language}
            options={[
              ['system', t('system')],
              ['en', 'English'],
              ['de', 'Deutsch'],
            ]}
            onValue={(language) => onChange({ language })}
            labelledBy={labelId}
            describedBy={hintId}
          />
        )}
      </Setting>
      <Setting label={t('theme')}>
        {({ labelId, hintId }) => (
          <Choice
            value={settings.theme}
            options={[
              ['system', t('system')],
              ['light', t('light')],
              ['dark', t('dark')],
            ]}
            onValue={(theme) => onChange({ theme })}
            labelledBy={labelId}
            describedBy={hintId}
          />
        )}
      </Setting>
    </SettingGroup>
  );
}

function ArchivesFolder({ settings, onChange }: GroupProps) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const choose = useAction(async () => {
    const archivesFolder = await pickFolder('new-archive', settings.archivesFolder);
    if (archivesFolder !== null) onChange({ archivesFolder });
  });
  return (
    <SettingGroup title={t('archives')}>
      <Setting label={t('archivesFolder')} hint={t('archivesFolderHint')}>
        {({ labelId }) => (
          <>
            <span className="ellipsis quiet selectable" title={settings.archivesFolder}>
              {settings.archivesFolder}
            </span>
            <Button onClick={choose.run} aria-describedby={labelId}>
              {common('change')}
            </Button>
          </>
        )}
      </Setting>
      {choose.failure && <FailureBar failure={choose.failure} onDismiss={choose.clear} />}
    </SettingGroup>
  );
}

/** The usual steps, and whatever else is set. */
function speedOptions(now: number | null): number[] {
  return now === null ? [...SPEEDS] : [...new Set([...SPEEDS, now])].sort((a, b) => a - b);
}

function JobSettings({ settings, onChange }: GroupProps) {
  const { t } = useTranslation('settings');
  const counts = [...new Set([...CONNECTIONS, String(settings.connections)])].sort((a, b) => Number(a) - Number(b));
  return (
    <SettingGroup title={t('jobs')}>
      <Setting label={t('connections')} hint={t('connectionsHint')}>
        {({ labelId, hintId }) => (
          <Choice
            value={String(settings.connections)}
            options={counts.map((count) => [count, count] as const)}
            onValue={(count) => onChange({ connections: Number(count) })}
            labelledBy={labelId}
            describedBy={hintId}
          />
        )}
      </Setting>
      <Setting label={t('speed')}>
        {({ labelId, hintId }) => (
          <Choice
            value={String(settings.bytesPerSecond ?? '')}
            options={[
              ['', t('speedNone')],
              ...speedOptions(settings.bytesPerSecond).map(
                (bytes) => [String(bytes), t('speedMb', { bytes })] as const,
              ),
            ]}
            onValue={(value) => onChange({ bytesPerSecond: value === '' ? null : Number(value) })}
            labelledBy={labelId}
            describedBy={hintId}
          />
        )}
      </Setting>
      <Toggle name="notify" settings={settings} onChange={onChange} />
      <Toggle name="keepAwake" settings={settings} onChange={onChange} />
    </SettingGroup>
  );
}

function Toggle({ name, settings, onChange }: GroupProps & { name: 'notify' | 'keepAwake' | 'singleKeys' }) {
  const { t } = useTranslation('settings');
  return (
    <Setting label={t(name)} hint={t(`${name}Hint`)}>
      {({ hintId }) => (
        <Switch
          checked={settings[name]}
          aria-label={t(name)}
          aria-describedby={hintId}
          onChange={(_, data) => onChange({ [name]: data.checked })}
        />
      )}
    </Setting>
  );
}

export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const settings = useApp(selectSettings);
  const change = useAction((patch: Partial<Settings>) => calls.app.changeSettings(patch));
  const group = { settings, onChange: change.run };
  return (
    <Page title={t('title')} sentence={t('sentence')}>
      <div className="settings">
        {change.failure && <FailureBar failure={change.failure} onDismiss={change.clear} />}
        <Appearance {...group} />
        <ArchivesFolder {...group} />
        <JobSettings {...group} />
        <SettingGroup title={t('keyboard')}>
          <Toggle name="singleKeys" {...group} />
        </SettingGroup>
        <PasswordSettings />
        <SampleSettings />
        <AboutSettings />
      </div>
    </Page>
  );
}
