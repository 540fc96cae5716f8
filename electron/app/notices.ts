/** The few sentences that the app itself says, where no window is: notifications, in the user's language. */
import type { JobBrief, Settings } from '../../shared/app.ts';

type Language = 'en' | 'de';

export function languageOf({ language }: Settings, systemLanguage: string): Language {
  if (language !== 'system') return language;
  return systemLanguage.toLowerCase().startsWith('de') ? 'de' : 'en';
}

const TITLES: Record<Language, Record<JobBrief['kind'], Record<'complete' | 'incomplete' | 'failed', string>>> = {
  en: {
    backup: { complete: 'Backup complete', incomplete: 'Backup has gaps', failed: 'Backup stopped' },
    restore: { complete: 'Everything is restored', incomplete: 'Restored with gaps', failed: 'Restoring stopped' },
    migrate: { complete: 'The account has moved', incomplete: 'Moved with gaps', failed: 'Moving stopped' },
    verify: { complete: 'The archive is sound', incomplete: 'The archive has damage', failed: 'Verifying stopped' },
  },
  de: {
    backup: { complete: 'Sicherung vollständig', incomplete: 'Sicherung hat Lücken', failed: 'Sicherung hielt an' },
    restore: {
      complete: 'Alles wiederhergestellt',
      incomplete: 'Mit Lücken wiederhergestellt',
      failed: 'Wiederherstellung hielt an',
    },
    migrate: { complete: 'Konto umgezogen', incomplete: 'Mit Lücken umgezogen', failed: 'Umzug hielt an' },
    verify: {
      complete: 'Das Archiv ist unversehrt',
      incomplete: 'Das Archiv ist beschädigt',
      failed: 'Prüfung hielt an',
    },
  },
};

export function endNotice(
  job: Pick<JobBrief, 'state' | 'counts' | 'kind' | 'fromName'>,
  language: Language,
): { title: string; body: string } | null {
  const { state, counts, kind, fromName } = job;
  if (state !== 'complete' && state !== 'incomplete' && state !== 'failed') return null;
  const number = new Intl.NumberFormat(language);
  const done = number.format(kind === 'verify' ? counts.stored + counts.duplicate : counts.stored);
  const failed = number.format(counts.failed);
  const body =
    language === 'de'
      ? `${fromName}: ${done} Nachrichten${counts.failed > 0 ? `, ${failed} fehlgeschlagen` : ''}`
      : `${fromName}: ${done} messages${counts.failed > 0 ? `, ${failed} failed` : ''}`;
  return { title: TITLES[language][kind][state], body };
}
