/** 40 px: the app's name, the search over all archives, room for the window's own buttons. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useLanguage } from '../store/app-store.ts';
import { useCommand } from '../store/commands.ts';
import { goBack, goTo, replaceRoute, selectRoute, useView } from '../store/view-store.ts';
import { shortcutText } from '../shortcuts.ts';
import { Mark } from './drawings.tsx';
import { SearchSmallIcon } from './icons.tsx';

const DELAY_MS = 150;

function SearchBox() {
  const { t } = useTranslation('shell');
  const language = useLanguage();
  const keyboard = useApp(({ shell, platform }) => ({ shell, platform }));
  const route = useView(selectRoute);
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useCommand('search-all', () => input.current?.select());
  const isSearching = route.screen === 'search';
  useEffect(() => {
    if (text.trim() === '') return;
    const timer = setTimeout(() => {
      if (useView.getState().route.screen === 'search') replaceRoute({ screen: 'search', text });
      else goTo({ screen: 'search', text });
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const wasSearching = useRef(false);
  useEffect(() => {
    // Who leaves the hits has done with the words.
    if (wasSearching.current && !isSearching) setText('');
    wasSearching.current = isSearching;
  }, [isSearching]);
  const clear = () => {
    setText('');
    if (isSearching) goBack();
  };
  return (
    <search className="titlebar-search">
      <SearchSmallIcon aria-hidden />
      <input
        ref={input}
        type="search"
        value={text}
        placeholder={t('searchAll')}
        aria-label={t('searchAll')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') clear();
          if (event.key === 'Enter' && text.trim() !== '' && !isSearching) goTo({ screen: 'search', text });
          if (event.key === 'ArrowDown' && isSearching) document.querySelector<HTMLElement>('.search-hit')?.focus();
        }}
        spellCheck={false}
      />
      <kbd aria-hidden="true">{shortcutText('search-all', keyboard, language)}</kbd>
    </search>
  );
}

export function TitleBar({ hasSearch }: { hasSearch: boolean }) {
  const { t } = useTranslation();
  const { shell, platform } = useApp(({ shell, platform }) => ({ shell, platform }));
  const kind = `${shell === 'desktop' ? 'desktop' : ''} ${platform === 'darwin' ? 'mac' : ''}`;
  return (
    <header className={`titlebar ${kind}`} data-pane={hasSearch ? true : undefined}>
      <div className="app-name">
        <Mark size={18} />
        {t('appName')}
      </div>
      {hasSearch ? <SearchBox /> : <span />}
      <span />
    </header>
  );
}
