/** Table or picture, where a narrow window has room for one of them. */
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

export type BodyTab = 'folders' | 'map';

interface TabsProps {
  tab: BodyTab;
  onTab: (tab: BodyTab) => void;
}

const LABELS = { folders: 'folders', map: 'where' } as const satisfies Record<BodyTab, string>;
const TABS: readonly BodyTab[] = ['folders', 'map'];

export function Tabs({ tab, onTab }: TabsProps) {
  const { t } = useTranslation('account');
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const other = tab === 'map' ? 'folders' : 'map';
    onTab(other);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab=${other}]`)?.focus();
  };
  return (
    <div role="tablist" className="account-tablist" onKeyDown={onKeyDown}>
      {TABS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          data-tab={one}
          aria-selected={one === tab}
          tabIndex={one === tab ? 0 : -1}
          onClick={() => onTab(one)}
        >
          {t(LABELS[one])}
        </button>
      ))}
    </div>
  );
}
