/** The window: title bar, rail, and the sheet that a screen stands on. */
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../store/app-store.ts';
import { listenToCommands } from '../store/commands.ts';
import { selectIsEmpty } from '../store/selectors.ts';
import { selectScreen, useView } from '../store/view-store.ts';
import { DialogHost } from './dialog-host.tsx';
import { Notices } from './notices.tsx';
import { Rail } from './rail.tsx';
import { TitleBar } from './title-bar.tsx';
import { Toasts } from './toasts.tsx';

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation('shell');
  const screen = useView(selectScreen);
  const isEmpty = useApp(selectIsEmpty);
  useEffect(() => listenToCommands(), []);
  const isWelcome = screen === 'welcome';
  const isSlim = screen === 'archive';
  return (
    <div className="window">
      <TitleBar hasSearch={!(isWelcome && isEmpty)} />
      <div className={isWelcome ? 'window-body bare' : isSlim ? 'window-body slim' : 'window-body'}>
        {!isWelcome && <Rail isSlim={isSlim} />}
        <main className="sheet" tabIndex={-1} aria-label={t('page')} data-pane>
          <Notices />
          {children}
        </main>
      </div>
      <Toasts />
      <DialogHost />
    </div>
  );
}
