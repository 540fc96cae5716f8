/** A report as a page of its own, to keep or to print: no script, nothing loaded from anywhere. Pure. */
import type { JobException, JobKind, JobReport, JobState, MailboxProgress, Outcome } from '../../../shared/job.ts';

export type ReportLanguage = 'en' | 'de';

interface Words {
  title: Record<JobKind, string>;
  state: Partial<Record<JobState, string>>;
  facts: { from: string; to: string; started: string; ended: string; moved: string };
  moved: (stored: string, planned: string, bytes: string) => string;
  folders: string;
  columns: string[];
  together: string;
  exceptions: string;
  exceptionColumns: string[];
  none: string;
  wholeFolder: string;
  outcome: Record<Outcome, string>;
}

const WORDS: Record<ReportLanguage, Words> = {
  en: {
    title: { backup: 'Backup', restore: 'Restore', migrate: 'Move', verify: 'Verification' },
    state: {
      complete: 'Complete: every message is accounted for.',
      incomplete: 'Incomplete: some messages failed, they are listed below.',
      stopped: 'Stopped. Run it again to go on where it stopped.',
      failed: 'Ended early. Run it again to go on where it stopped.',
    },
    facts: { from: 'From', to: 'To', started: 'Started', ended: 'Ended', moved: 'Stored' },
    moved: (stored, planned, bytes) => `${stored} of ${planned} messages, ${bytes} bytes`,
    folders: 'Folders',
    columns: ['Folder', 'At the target', 'Planned', 'Stored', 'Already there', 'Skipped', 'Vanished', 'Failed'],
    together: 'Together',
    exceptions: 'Messages that need a word',
    exceptionColumns: ['Folder', 'Number', 'What happened', 'Reason'],
    none: 'None.',
    wholeFolder: 'whole folder',
    outcome: {
      stored: 'stored, altered',
      duplicate: 'already there',
      skipped: 'skipped',
      vanished: 'vanished',
      failed: 'failed',
    },
  },
  de: {
    title: { backup: 'Sicherung', restore: 'Wiederherstellung', migrate: 'Umzug', verify: 'Prüfung' },
    state: {
      complete: 'Vollständig: Über jede Nachricht ist Rechenschaft abgelegt.',
      incomplete: 'Unvollständig: Einige Nachrichten sind fehlgeschlagen, sie stehen unten.',
      stopped: 'Angehalten. Beim nächsten Mal geht es dort weiter.',
      failed: 'Vorzeitig beendet. Beim nächsten Mal geht es dort weiter.',
    },
    facts: { from: 'Von', to: 'Nach', started: 'Begonnen', ended: 'Beendet', moved: 'Gespeichert' },
    moved: (stored, planned, bytes) => `${stored} von ${planned} Nachrichten, ${bytes} Byte`,
    folders: 'Ordner',
    columns: [
      'Ordner',
      'Am Ziel',
      'Geplant',
      'Gespeichert',
      'Schon vorhanden',
      'Übersprungen',
      'Verschwunden',
      'Fehlgeschlagen',
    ],
    together: 'Zusammen',
    exceptions: 'Nachrichten, zu denen etwas zu sagen ist',
    exceptionColumns: ['Ordner', 'Nummer', 'Was geschah', 'Grund'],
    none: 'Keine.',
    wholeFolder: 'ganzer Ordner',
    outcome: {
      stored: 'gespeichert, verändert',
      duplicate: 'schon vorhanden',
      skipped: 'übersprungen',
      vanished: 'verschwunden',
      failed: 'fehlgeschlagen',
    },
  },
};

export function reportHtml(report: JobReport, language: ReportLanguage = 'en'): string {
  const { summary, mailboxes } = report;
  const words = WORDS[language];
  const number = new Intl.NumberFormat(language);
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium' });
  const day = (iso: string) => (Number.isNaN(Date.parse(iso)) ? iso : when.format(new Date(iso)));
  const count = (n: number) => number.format(n);
  const facts = [
    [words.facts.from, report.from],
    [words.facts.to, report.to],
    [words.facts.started, day(report.startedAt)],
    [words.facts.ended, day(report.endedAt)],
    [words.facts.moved, words.moved(count(summary.stored), count(summary.planned), count(summary.bytes))],
  ];
  const title = words.title[summary.kind];
  const verdict = summary.failure?.message ?? words.state[summary.state] ?? summary.state;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Mailferry: ${title}, ${escapeHtml(report.from)}</title>
<style>${STYLE}</style></head><body>
<h1>${title}</h1>
<p class="state ${summary.state}">${escapeHtml(verdict)}</p>
<dl>${facts.map(([k, v]) => `<dt>${escapeHtml(k!)}</dt><dd>${escapeHtml(v!)}</dd>`).join('')}</dl>
<h2>${words.folders}</h2>${mailboxTable(mailboxes, words, count)}
<h2>${words.exceptions}</h2>${exceptionTable(summary.exceptions, words)}
</body></html>
`;
}

type Count = (n: number) => string;

function mailboxTable(mailboxes: MailboxProgress[], words: Words, count: Count): string {
  const keys = ['planned', 'stored', 'duplicate', 'skipped', 'vanished', 'failed'] as const;
  const numbers = (of: (key: (typeof keys)[number]) => number) =>
    keys.map((key) => `<td class="n">${of(key) === 0 ? '–' : count(of(key))}</td>`).join('');
  const rows = mailboxes.map(
    ({ path, targetPath, counts }) => text(path) + text(targetPath) + numbers((key) => counts[key]),
  );
  const sum = (key: (typeof keys)[number]) => mailboxes.reduce((total, m) => total + m.counts[key], 0);
  const foot = `<tfoot><tr><td colspan="2">${words.together}</td>${numbers(sum)}</tr></tfoot>`;
  return table(words.columns, rows, foot, 2);
}

function exceptionTable(exceptions: JobException[], words: Words): string {
  if (exceptions.length === 0) return `<p>${words.none}</p>`;
  const rows = exceptions.map((e) =>
    [e.mailbox, e.uid === null ? words.wholeFolder : String(e.uid), words.outcome[e.outcome], e.reason]
      .map(text)
      .join(''),
  );
  return table(words.exceptionColumns, rows, '', 4);
}

/** @param texts how many columns from the left hold text; the others are numbers */
function table(head: string[], rows: string[], foot: string, texts: number): string {
  const cells = head.map((h, i) => `<th${i < texts ? '' : ' class="n"'}>${escapeHtml(h)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row}</tr>`).join('\n');
  return `<table><thead><tr>${cells}</tr></thead><tbody>${body}</tbody>${foot}</table>`;
}

const text = (value: string): string => `<td>${escapeHtml(value)}</td>`;

export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

const STYLE = `:root{color-scheme:light dark;font:14px/1.45 "Segoe UI Variable","Segoe UI",Inter,system-ui,sans-serif}
body{max-width:70rem;margin:2rem auto;padding:0 1.5rem}h1{font-size:24px;font-weight:600}h2{font-size:16px;font-weight:600;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #8883;overflow-wrap:anywhere;vertical-align:top}
th{font-size:12px;font-weight:600;opacity:.7}tfoot td{font-weight:600;border-bottom:0}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{opacity:.7}dd{margin:0}
.state{padding:.7rem 1rem;border-radius:8px;background:#0e70891a;font-weight:600}.incomplete,.failed,.stopped{background:#c4620a1f}
@media print{body{margin:0}tr{break-inside:avoid}}`;
