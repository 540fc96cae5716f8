import type { JobReport } from '../../shared/job.ts';
import { reportCsv, reportHtml, reportJson } from '../engine/engine.ts';
import type { MailDesk, Saved } from './mail-desk.ts';

export interface ReportWish {
  format: 'html' | 'csv' | 'json';
  language: 'en' | 'de';
}

const TYPES = { html: 'text/html', csv: 'text/csv', json: 'application/json' } as const;

export function saveReport(report: JobReport, { format, language }: ReportWish, mail: MailDesk): Promise<Saved> {
  const make = {
    html: () => reportHtml(report, language),
    csv: () => reportCsv(report),
    json: () => reportJson(report),
  };
  const day = report.startedAt.slice(0, 10);
  return mail.save(`Mailferry ${report.summary.kind} ${day}.${format}`, TYPES[format], async () =>
    Buffer.from(make[format]()),
  );
}
