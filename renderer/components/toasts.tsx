/** Short words at the foot of the window, and the live region that screen readers hear. */
import { useTranslation } from 'react-i18next';
import { dropToast, useView } from '../store/view-store.ts';

export function Toasts() {
  const { t } = useTranslation();
  const toasts = useView((view) => view.toasts);
  const announcement = useView((view) => view.announcement);
  return (
    <>
      <div className="sr-only" aria-live="polite">
        {announcement}
      </div>
      <div className="toasts" role="status">
        {toasts.map(({ id, text, undo }) => (
          <div key={id} className="toast">
            <span>{text}</span>
            {undo ? (
              <button
                type="button"
                onClick={() => {
                  undo();
                  dropToast(id);
                }}
              >
                {t('undo')}
              </button>
            ) : (
              <button type="button" onClick={() => dropToast(id)}>
                {t('dismiss')}
              </button>
            )}
          </div>
        ))}
      </div>
    </>
  );
}
