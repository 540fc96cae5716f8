/** What the message says. HTML stands in a frame without scripts; its page brings its own rules and no network. */
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/browse.ts';
import { calls } from '../../bridge.ts';
import { LongText } from '../../components/long-text.tsx';
import { FailureBar } from '../../components/message-bar.tsx';
import { useLoad } from '../../lib/use-call.ts';
import { useFormat } from '../../lib/use-format.ts';
import { refKey, refOf } from './query.ts';
import type { BodyView } from './reading.ts';

interface MessageBodyProps {
  archiveId: string;
  view: MessageView;
  shown: BodyView;
  isDark: boolean;
}

export function MessageBody({ archiveId, view, shown, isDark }: MessageBodyProps) {
  const { t } = useTranslation('archive');
  if (shown === 'html' && view.htmlUrl !== null) {
    return (
      <iframe
        key={view.htmlUrl}
        className={`archive-sheet archive-page${isDark ? ' dark' : ''}`}
        src={view.htmlUrl}
        title={t('messagePage', { subject: view.subject || t('noSubject') })}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
      />
    );
  }
  if (shown === 'headers') return <Headers view={view} />;
  if (shown === 'source') return <Source key={refKey(view)} archiveId={archiveId} view={view} />;
  return (
    <div className="archive-sheet archive-text selectable" tabIndex={0} role="document" aria-label={t('view.text')}>
      {view.text.trim() === '' ? (
        <p className="mute">{t('noText')}</p>
      ) : (
        <LongText text={view.text} hits={view.textHits} />
      )}
    </div>
  );
}

function Headers({ view }: { view: MessageView }) {
  const { t } = useTranslation('archive');
  return (
    <div
      className="archive-sheet archive-headers selectable"
      tabIndex={0}
      role="document"
      aria-label={t('view.headers')}
    >
      <dl>
        {view.headers.map(({ name, value }, index) => (
          <div key={index} className="kv">
            <dt className="ellipsis" title={name}>
              {name}
            </dt>
            <dd className="mono">
              <LongText text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Source({ archiveId, view }: { archiveId: string; view: MessageView }) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const source = useLoad(refKey(view), (signal) =>
    calls.archives.source({ id: archiveId, ref: refOf(view) }, { signal }),
  );
  if (source.failure) return <FailureBar failure={source.failure} />;
  const { value } = source;
  return (
    <>
      {value?.truncated && (
        <p className="caption mute">
          {t('truncated', { shown: format.size(1024 * 1024), whole: format.size(value.sizeBytes) })}
        </p>
      )}
      <pre className="archive-sheet archive-source mono selectable" tabIndex={0} aria-label={t('view.source')}>
        <LongText text={value?.text ?? ''} />
      </pre>
    </>
  );
}
