/** One message of the list: who, what, when, and its first words or those around a hit. */
import { memo } from 'react';
import type { MessageRow } from '../../../shared/browse.ts';
import { HitText } from '../../components/hit-text.tsx';
import { AttachmentSmallIcon, FlagSmallIcon } from '../../components/icons.tsx';
import { senderText } from '../../lib/names.ts';

export interface RowText {
  unknownSender: string;
  noSubject: string;
  isUnread: string;
  isFlagged: string;
  hasAttachment: string;
  leftServer: string;
  when: (iso: string | null) => string;
}

interface MessageRowProps {
  id: string;
  /** undefined: on the way. */
  row: MessageRow | undefined;
  index: number;
  total: number;
  top: number;
  isSelected: boolean;
  text: RowText;
  onChoose: (index: number) => void;
}

export const MessageRowView = memo(function MessageRowView(props: MessageRowProps) {
  const { id, row, index, total, top, isSelected, text, onChoose } = props;
  return (
    <div
      role="option"
      id={id}
      className={`archive-row${row?.unread ? ' unread' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      aria-selected={isSelected}
      aria-setsize={total}
      aria-posinset={index + 1}
      onClick={() => onChoose(index)}
    >
      {row ? <Content row={row} text={text} /> : <span className="archive-pale" />}
    </div>
  );
});

/** What the icons and the weight of the letters say. */
function marks(row: MessageRow, text: RowText): string {
  return [
    ...(row.unread ? [text.isUnread] : []),
    ...(row.flagged ? [text.isFlagged] : []),
    ...(row.attachments > 0 ? [text.hasAttachment] : []),
    ...(row.missingOnSource ? [text.leftServer] : []),
  ].join(', ');
}

/** Choosing a row changes its frame, not what it says. */
const Content = memo(function Content({ row, text }: { row: MessageRow; text: RowText }) {
  return (
    <>
      <span className="row gap-8">
        <span className="archive-from ellipsis grow">
          {row.from === '' ? (
            text.unknownSender
          ) : (
            <HitText text={senderText(row.from, row.hits.from)} hits={row.hits.from} />
          )}
        </span>
        {row.flagged && <FlagSmallIcon className="archive-flag" aria-hidden />}
        {row.attachments > 0 && <AttachmentSmallIcon className="mute" aria-hidden />}
        <span className="caption mute num nowrap">{text.when(row.date)}</span>
      </span>
      <span className="archive-subject ellipsis">
        {row.subject === '' ? text.noSubject : <HitText text={row.subject} hits={row.hits.subject} />}
      </span>
      <span className="sr-only">{marks(row, text)}</span>
      <span className="caption quiet ellipsis">
        <HitText text={row.snippet} hits={row.hits.snippet} />
      </span>
    </>
  );
});
