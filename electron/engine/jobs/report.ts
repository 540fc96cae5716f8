/** What a job did, to hand on: JSON and CSV. Pure: text in, text out. */
import type { JobReport } from '../../../shared/job.ts';

export function reportJson(report: JobReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** RFC 4180: one row per folder, then one per exception. Cells that a spreadsheet would run as a formula are quoted. */
export function reportCsv(report: JobReport): string {
  const rows: (string | number)[][] = [
    [
      'kind',
      'folder',
      'target folder',
      'uid',
      'planned',
      'stored',
      'duplicate',
      'skipped',
      'vanished',
      'failed',
      'bytes',
      'outcome',
      'code',
      'reason',
    ],
  ];
  for (const m of report.mailboxes) {
    const { planned, stored, duplicate, skipped, vanished, failed } = m.counts;
    rows.push([
      'folder',
      m.path,
      m.targetPath,
      '',
      planned,
      stored,
      duplicate,
      skipped,
      vanished,
      failed,
      m.doneBytes,
      m.state,
      '',
      '',
    ]);
  }
  for (const e of report.summary.exceptions) {
    rows.push(['message', e.mailbox, '', e.uid ?? '', '', '', '', '', '', '', '', e.outcome, e.code, e.reason]);
  }
  return rows.map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
