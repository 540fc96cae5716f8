/** Formatted, text, headers or source; and a dark sheet for the formatted one. */
import { useTranslation } from 'react-i18next';
import type { BodyView } from './reading.ts';

interface ViewChipsProps {
  shown: BodyView;
  hasHtml: boolean;
  isDark: boolean;
  onView: (view: BodyView) => void;
  onDark: (isDark: boolean) => void;
}

export function ViewChips({ shown, hasHtml, isDark, onView, onDark }: ViewChipsProps) {
  const { t } = useTranslation('archive');
  const views: BodyView[] = hasHtml ? ['html', 'text', 'headers', 'source'] : ['text', 'headers', 'source'];
  return (
    <div className="row gap-8 wrap archive-views">
      <div className="row gap-8 grow wrap" role="group" aria-label={t('views')}>
        {views.map((view) => (
          <button key={view} type="button" className="chip" aria-pressed={view === shown} onClick={() => onView(view)}>
            {t(`view.${view}`)}
          </button>
        ))}
      </div>
      {shown === 'html' && (
        <button type="button" className="chip" aria-pressed={isDark} onClick={() => onDark(!isDark)}>
          {t('darkSheet')}
        </button>
      )}
    </div>
  );
}
