/** The open message: head, attachments, and what it says. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/browse.ts';
import type { MessageRef } from '../../../shared/job-request.ts';
import { calls } from '../../bridge.ts';
import { FailureBar, MessageBar } from '../../components/message-bar.tsx';
import { Attachments } from './attachments.tsx';
import { MessageBody } from './message-body.tsx';
import { MessageHead } from './message-head.tsx';
import { offeredAttachments, shownView, type BodyView } from './reading.ts';
import { RemotePictures } from './remote-pictures.tsx';
import { useLatest } from './use-latest.ts';
import { ViewChips } from './view-chips.tsx';

interface ReadingPaneProps {
  archiveId: string;
  messageRef: MessageRef;
  /** Tells this message from every other one of the archive. */
  id: string;
  search: string;
  /** As people read it. */
  folder: string;
}

export function ReadingPane({ archiveId, messageRef, id, search, folder }: ReadingPaneProps) {
  const { t } = useTranslation('archive');
  const [wish, setWish] = useState<BodyView>('html');
  const [isDark, setDark] = useState(false);
  const [withPicturesOf, setWithPicturesOf] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const remotePictures = withPicturesOf === id;
  const key = JSON.stringify([id, search, remotePictures, isDark, tries]);
  const { value, failure, isOld } = useLatest(key, (signal) =>
    calls.archives.message({ id: archiveId, ref: messageRef, search, remotePictures, dark: isDark }, { signal }),
  );
  const shown = value ? shownView(wish, value) : wish;
  return (
    <section className="archive-reading" data-pane aria-label={t('reading')} aria-busy={isOld}>
      {failure && !isOld && <FailureBar failure={failure} onRetry={() => setTries(tries + 1)} />}
      {value && (
        <>
          <MessageHead archiveId={archiveId} view={value} folder={folder} />
          <Attachments archiveId={archiveId} view={value} attachments={offeredAttachments(value)} />
          <Notes view={value} />
          {shown === 'html' && !remotePictures && (
            <RemotePictures pictures={value.remotePictures} onLoad={() => setWithPicturesOf(id)} />
          )}
          <ViewChips shown={shown} hasHtml={value.htmlUrl !== null} isDark={isDark} onView={setWish} onDark={setDark} />
          <MessageBody archiveId={archiveId} view={value} shown={shown} isDark={isDark} />
        </>
      )}
    </section>
  );
}

function Notes({ view }: { view: MessageView }) {
  const { t } = useTranslation('archive');
  return (
    <>
      {view.missingOnSource && (
        <MessageBar tone="safe">
          <p>{t('leftServerNote')}</p>
        </MessageBar>
      )}
      {view.problem !== null && (
        <MessageBar tone="warning" title={t('problemTitle')}>
          <p className="quiet selectable">{view.problem}</p>
        </MessageBar>
      )}
    </>
  );
}
