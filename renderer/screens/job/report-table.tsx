/** The sum of the report, folder by folder. */
import { useTranslation } from 'react-i18next';
import type { Counts, MailboxProgress } from '../../../shared/job.ts';
import { useFormat } from '../../lib/use-format.ts';
import { sumCounts } from './progress.ts';
import { useFolderLabel } from './use-folder-label.ts';

const ALL = ['planned', 'stored', 'duplicate', 'skipped', 'vanished', 'failed'] as const;

export function ReportTable({ mailboxes, isVerify }: { mailboxes: MailboxProgress[]; isVerify: boolean }) {
  const { t } = useTranslation('job');
  const label = useFolderLabel();
  const columns = isVerify ? (['planned', 'stored', 'failed'] as const) : ALL;
  return (
    <table className="table job-table job-sums">
      <thead>
        <tr>
          <th scope="col">{t('folder')}</th>
          {columns.map((key) => (
            <th key={key} scope="col" className="right">
              {t(`ledger.${isVerify && key === 'stored' ? 'intact' : isVerify && key === 'failed' ? 'damaged' : key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {mailboxes.map((m) => (
          <tr key={`${m.path} ${m.targetPath}`}>
            <td title={label(m.path)}>{label(m.path)}</td>
            <Numbers counts={m.counts} columns={columns} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="strong">
          <td>{t('together')}</td>
          <Numbers counts={sumCounts(mailboxes)} columns={columns} />
        </tr>
      </tfoot>
    </table>
  );
}

function Numbers({ counts, columns }: { counts: Counts; columns: readonly (keyof Counts)[] }) {
  const format = useFormat();
  return columns.map((key) => (
    <td key={key} className={key === 'failed' && counts.failed > 0 ? 'right num danger strong' : 'right num'}>
      {format.countOrDash(counts[key])}
    </td>
  ));
}
