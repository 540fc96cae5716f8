/** The layout before the first folder is known; seen only when that takes more than 300 ms. */
import { useTranslation } from 'react-i18next';

const WIDTHS = [38, 46, 32, 41, 52, 36, 60, 44, 30, 48, 40, 34];

export function Skeleton({ isNarrow }: { isNarrow: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={isNarrow ? 'account-tabs' : 'account-columns'} role="status" aria-label={t('loading')}>
      <div className="account-skeleton">
        {WIDTHS.map((width, at) => (
          <div key={at} className="line">
            <i style={{ width: 16 }} />
            <i style={{ width: `${width}%` }} />
          </div>
        ))}
      </div>
      {!isNarrow && <div className="account-skeleton map" />}
    </div>
  );
}
