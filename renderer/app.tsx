/** The whole page: theme, language, and one of three faces: starting, refused, or the window. */
import { Button, FluentProvider } from '@fluentui/react-components';
import type { i18n } from 'i18next';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import type { Settings } from '../shared/app.ts';
import { ArchiveDrawing, CalmDrawing } from './components/drawings.tsx';
import { Empty } from './components/empty.tsx';
import { MessageBar } from './components/message-bar.tsx';
import { ScreenGuard } from './components/screen-guard.tsx';
import { Shell } from './components/shell.tsx';
import { markFirstScreen } from './lib/first-screen.ts';
import { showScreen } from './screens/show-screen.tsx';
import { useAppStore, useLanguage } from './store/app-store.ts';
import { selectRoute, useView } from './store/view-store.ts';
import { darkTheme, highContrast, lightTheme, type MailferryTheme } from './theme.ts';

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (told) => {
      const media = matchMedia(query);
      media.addEventListener('change', told);
      return () => media.removeEventListener('change', told);
    },
    () => matchMedia(query).matches,
  );
}

function useTheme(): MailferryTheme {
  const wish = useAppStore((store): Settings['theme'] => store.app?.settings.theme ?? 'system');
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  const isForced = useMedia('(forced-colors: active)');
  const isDark = wish === 'dark' || (wish === 'system' && isSystemDark);
  const theme = isDark ? darkTheme : lightTheme;
  useEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = isDark ? 'dark' : 'light';
    root.style.colorScheme = isDark ? 'dark' : 'light';
    root.style.background = theme.colorNeutralBackground3;
  }, [isDark, theme]);
  return isForced ? highContrast(theme) : theme;
}

/** Nothing for a moment, then a word: most starts are over before it. */
function Starting() {
  const { t } = useTranslation();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 2000);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return <p className="sr-only">{t('starting')}</p>;
  return (
    <main className="alone">
      <Empty drawing={<CalmDrawing />} text={t('startingLong')} />
    </main>
  );
}

function Stranded({ reason }: { reason: 'refused' | 'failed' }) {
  const { t } = useTranslation();
  return (
    <main className="alone">
      <h1 className="title1">{t(`${reason}Title`)}</h1>
      <Empty drawing={<ArchiveDrawing />} text={t(`${reason}Text`)} />
    </main>
  );
}

function FirstScreenMark() {
  useEffect(markFirstScreen, []);
  return null;
}

function CurrentScreen() {
  const { t } = useTranslation();
  const route = useView(selectRoute);
  return (
    <ScreenGuard
      key={JSON.stringify(route)}
      fallback={(error, retry) => (
        <div className="page-body">
          <MessageBar
            tone="danger"
            title={t('screenFailedTitle')}
            actions={
              <Button size="small" onClick={retry}>
                {t('retry')}
              </Button>
            }
          >
            <p className="quiet">{t('screenFailedText')}</p>
            <details>
              <summary>{t('details')}</summary>
              <p>{error.message}</p>
            </details>
          </MessageBar>
        </div>
      )}
    >
      {showScreen(route)}
      <FirstScreenMark />
    </ScreenGuard>
  );
}

function Face() {
  const line = useAppStore((store) => store.line);
  const hasApp = useAppStore((store) => store.app !== null);
  if (line === 'refused' || line === 'failed') return <Stranded reason={line} />;
  if (!hasApp) return <Starting />;
  return (
    <Shell>
      <CurrentScreen />
    </Shell>
  );
}

export function App({ texts }: { texts: i18n }) {
  const theme = useTheme();
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language;
    void texts.changeLanguage(language);
  }, [texts, language]);
  return (
    <I18nextProvider i18n={texts}>
      <FluentProvider theme={theme} className="mf-app">
        <Face />
      </FluentProvider>
    </I18nextProvider>
  );
}
