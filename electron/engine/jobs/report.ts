/** What a job did, to read, print or hand on: HTML, JSON and CSV. Pure: text in, text out. */
import type { JobException, JobReport, JobSummary, MailboxProgress } from '../../../shared/job.ts';

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

const STATE_TEXT: Partial<Record<JobSummary['state'], string>> = {
  complete: 'Complete: every message is accounted for.',
  incomplete: 'Incomplete: some messages failed, they are listed below.',
  stopped: 'Stopped. Run it again to go on where it stopped.',
  failed: 'Ended early. Run it again to go on where it stopped.',
};

/** A page of its own: no script, nothing loaded from anywhere. */
export function reportHtml(report: JobReport): string {
  const { summary, mailboxes } = report;
  const head = `<title>Mailferry: ${escapeHtml(summary.kind)} of ${escapeHtml(report.from)}</title>`;
  const facts = [
    ['From', report.from],
    ['To', report.to],
    ['Started', report.startedAt],
    ['Ended', report.endedAt],
    ['Moved', `${summary.stored} of ${summary.planned} messages, ${summary.bytes} octets`],
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">${head}
<style>${STYLE}</style></head><body>
<h1>Mailferry ${escapeHtml(summary.kind)} report</h1>
<p class="state ${summary.state}">${escapeHtml(summary.failure?.message ?? STATE_TEXT[summary.state] ?? summary.state)}</p>
<dl>${facts.map(([k, v]) => `<dt>${escapeHtml(k!)}</dt><dd>${escapeHtml(v!)}</dd>`).join('')}</dl>
<h2>Folders</h2>${mailboxTable(mailboxes)}
<h2>Messages that need a word</h2>${exceptionTable(summary.exceptions)}
</body></html>
`;
}

function mailboxTable(mailboxes: MailboxProgress[]): string {
  const head = ['Folder', 'At the target', 'Planned', 'Stored', 'There already', 'Skipped', 'Vanished', 'Failed'];
  const rows = mailboxes.map(({ path, targetPath, counts: c }) =>
    [path, targetPath, c.planned, c.stored, c.duplicate, c.skipped, c.vanished, c.failed].map(cell).join(''),
  );
  return table(head, rows);
}

function exceptionTable(exceptions: JobException[]): string {
  if (exceptions.length === 0) return '<p>None.</p>';
  const rows = exceptions.map((e) => [e.mailbox, e.uid ?? 'whole folder', e.outcome, e.reason].map(cell).join(''));
  return table(['Folder', 'UID', 'Outcome', 'Reason'], rows);
}

const table = (head: string[], rows: string[]): string =>
  `<table><thead><tr>${head.map((h) => `<th>${escapeHtml(h)}</th>`).join('')}</tr></thead><tbody>${rows.map((r) => `<tr>${r}</tr>`).join('\n')}</tbody></table>`;

const cell = (value: string | number): string =>
  typeof value === 'number' ? `<td class="n">${value}</td>` : `<td>${escapeHtml(value)}</td>`;

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

const STYLE = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}body{max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #8884;overflow-wrap:anywhere}
.n{text-align:right;font-variant-numeric:tabular-nums}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{opacity:.7}dd{margin:0}
.state{padding:.6rem 1rem;border-left:4px solid #2a7;background:#2a71}.incomplete,.failed,.stopped{border-color:#c60;background:#c601}`;
