/** Messages that need a word: folder, subject, reason in the user's words, and what can be done. */
import { useTranslation } from 'react-i18next';
import type { ExceptionView, JobView } from '../../../shared/job-request.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useFolderLabel } from './use-folder-label.ts';

const SHOWN = 200;

export function ExceptionList({ view }: { view: JobView }) {
  const { t } = useTranslation('job');
  const { exceptionsTotal } = view.snapshot;
  const caption = exceptionsTotal === 0 ? t('exceptionsNone') : t('exceptionsSoFar', { count: exceptionsTotal });
  return (
    <div>
      <div className="row job-section">
        <h2 className="section grow">{t('exceptions')}</h2>
        <span className="caption mute">{caption}</span>
      </div>
      {view.exceptions.length > 0 && <ExceptionTable exceptions={view.exceptions.slice(-SHOWN).reverse()} />}
    </div>
  );
}

export function ExceptionTable({ exceptions }: { exceptions: ExceptionView[] }) {
  const { t } = useTranslation('job');
  const label = useFolderLabel();
  return (
    <table className="table job-exceptions">
      <thead>
        <tr>
          <th scope="col" className="job-col-folder">
            {t('folder')}
          </th>
          <th scope="col">{t('messageAndReason')}</th>
          <th scope="col" className="right job-col-do">
            {t('whatCanBeDone')}
          </th>
        </tr>
      </thead>
      <tbody>
        {exceptions.map((exception, i) => (
          <tr key={i}>
            <td title={label(exception.mailbox)}>{label(exception.mailbox)}</td>
            <td>
              <ExceptionText exception={exception} />
            </td>
            <td className="right caption mute">{exception.canRetry ? t('tryAgainLater') : t('nothingToDo')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function ExceptionText({ exception }: { exception: ExceptionView }) {
  const { t } = useTranslation('job');
  const { t: failures } = useTranslation('failures');
  const format = useFormat();
  const { uid, subject, date, code, reason } = exception;
  const named =
    subject !== null && subject !== '' ? subject : uid === null ? t('wholeFolder') : t('messageNumber', { uid });
  const shown = subject === '' ? t('noSubject') : named;
  return (
    <div className="job-exception">
      <p className="ellipsis" title={shown}>
        {shown}
        {date !== null && <span className="mute">, {format.day(date)}</span>}
      </p>
      <p className="caption mute ellipsis" title={reason}>
        {failures(`${code}.title`)}
      </p>
    </div>
  );
}
