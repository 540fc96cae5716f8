/** One segment a folder, as wide as its bytes, filling from left to right. */
import type { MailboxProgress } from '../../../shared/job.ts';
import { stripSegments } from './progress.ts';
import { useFolderLabel } from './use-folder-label.ts';

/** Narrower ones have no room for a name. */
const NAMED_FROM = 0.06;

export function LoadStrip({ mailboxes }: { mailboxes: MailboxProgress[] }) {
  const label = useFolderLabel();
  const segments = stripSegments(mailboxes);
  if (segments.length === 0) return <div className="job-strip empty" aria-hidden="true" />;
  return (
    <div className="job-strip" aria-hidden="true">
      {segments.map(({ path, width, filled }) => (
        <div key={path} className="job-segment" style={{ width: `${width * 100}%` }} title={label(path)}>
          <div>
            <i style={{ width: `${filled * 100}%` }} />
          </div>
          <span>{width >= NAMED_FROM ? label(path).split(' / ').at(-1) : ''}</span>
        </div>
      ))}
    </div>
  );
}
