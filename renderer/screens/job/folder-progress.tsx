/** Each folder of a running job and how far it is; long lists are drawn as far as they are seen. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailboxProgress } from '../../../shared/job.ts';
import type { JobView } from '../../../shared/job-request.ts';
import { Bar } from '../../components/bar.tsx';
import { SafeIcon } from '../../components/icons.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { mailboxFraction, settledCount } from './progress.ts';
import { useFolderLabel } from './use-folder-label.ts';

const ROW = 32;

export function FolderProgress({ view: { snapshot, request } }: { view: JobView }) {
  const { t } = useTranslation('job');
  const scroller = useRef<HTMLDivElement>(null);
  const { mailboxes } = snapshot;
  // The list is drawn anew with every snapshot anyway.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: mailboxes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const done = mailboxes.filter((m) => m.state === 'done').length;
  const isVerify = request.kind === 'verify';
  return (
    <>
      <div className="row job-section">
        <h2 id="job-folders" className="section grow">
          {t('folders')}
        </h2>
        {!isVerify && <span className="caption mute num">{t('foldersSafe', { done, total: mailboxes.length })}</span>}
      </div>
      <div role="table" aria-labelledby="job-folders" aria-rowcount={mailboxes.length + 1}>
        <div className="job-row head" role="row">
          <span role="columnheader">{t('folder')}</span>
          <span role="columnheader" className="right">
            {t('messages')}
          </span>
          <span role="columnheader">{t('state')}</span>
        </div>
        <div className="job-rows" ref={scroller} tabIndex={0} role="rowgroup">
          <div style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(({ index, start }) => (
              <FolderRow
                key={mailboxes[index]!.path}
                mailbox={mailboxes[index]!}
                top={start}
                index={index}
                doneText={isVerify ? t('sound') : t('safe')}
              />
            ))}
          </div>
        </div>
      </div>
    </>
  );
}

interface FolderRowProps {
  mailbox: MailboxProgress;
  top: number;
  index: number;
  doneText: string;
}

function FolderRow({ mailbox, top, index, doneText }: FolderRowProps) {
  const { t } = useTranslation('job');
  const format = useFormat();
  const label = useFolderLabel();
  const { counts, state } = mailbox;
  const total = counts.planned;
  const amount =
    state === 'active' ? t('ofMessages', { done: settledCount(counts), total }) : format.countOrDash(total);
  return (
    <div className="job-row" role="row" aria-rowindex={index + 2} style={{ transform: `translateY(${top}px)` }}>
      <span role="cell" className="ellipsis" title={label(mailbox.path)}>
        {label(mailbox.path)}
      </span>
      <span role="cell" className="right num">
        {amount}
      </span>
      <span role="cell" className="row gap-8">
        {state === 'active' && (
          <>
            <Bar fraction={mailboxFraction(mailbox)} width={64} />
            <span className="caption num">{format.percent(mailboxFraction(mailbox))}</span>
          </>
        )}
        {state === 'done' && (
          <span className="row gap-4 brand">
            <SafeIcon aria-hidden />
            {doneText}
          </span>
        )}
        {state === 'waiting' && <span className="mute">{t('waitingFolder')}</span>}
        {state === 'failed' && <span className="danger">{t('folderFailed')}</span>}
      </span>
    </div>
  );
}
