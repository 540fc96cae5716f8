/** The picture of sizes with its heading and what its colours mean. */
import { Link } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { AccountBodyProps } from './account-body.tsx';
import { SizeMap } from './size-map.tsx';

export function MapPane({ isUnderTab = false, ...props }: AccountBodyProps & { isUnderTab?: boolean }) {
  const { t } = useTranslation('account');
  const { account, folders, isAshore, loaded, onOpen, onLargest } = props;
  return (
    <section className="account-map-pane" data-pane aria-label={t('where')}>
      <div className="row account-map-head">
        {isUnderTab ? <span className="grow" /> : <h2 className="section grow">{t('where')}</h2>}
        <Link as="button" className="caption" onClick={onLargest}>
          {t('largest')}
        </Link>
      </div>
      <SizeMap accountId={account.id} {...{ folders, isAshore, loaded, onOpen }} />
      <ul className="account-legend caption mute">
        {isAshore ? (
          <>
            {loaded && <Key className="safe" text={t('legendArchive')} />}
            <Key className="ashore" text={t('legendNotYet')} />
          </>
        ) : (
          <>
            <Key className="safe" text={t('legendArchive')} />
            <Key className="new" text={t('legendNew')} />
          </>
        )}
        <Key className="out" text={t('legendLeftOut')} />
      </ul>
    </section>
  );
}

function Key({ className, text }: { className: string; text: string }) {
  return (
    <li>
      <i className={className} />
      {text}
    </li>
  );
}
