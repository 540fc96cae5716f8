import type { backup as en } from '../en/backup.ts';
import type { Texts } from '../texts.ts';

export const backup: Texts<typeof en> = {
  title: '{{name}} sichern',
  sentence: 'Eine vollständige Kopie auf diesem Computer. Im Postfach selbst ändert sich nichts.',
  starting: 'Die Sicherung beginnt.',
  where: 'Wohin das Archiv kommt',
  whereHint: 'Ein Ordner für dieses Konto allein. Seine Dateien sind ohne Mailferry lesbar.',
  whichFolders: 'Welche Ordner',
  allFolders: 'Alle Ordner, auch künftige',
  someFolders_one: 'Ein Ordner, auf der Seite des Kontos ausgewählt',
  someFolders_other: '{{count, n}} Ordner, auf der Seite des Kontos ausgewählt',
  changeFolders: 'Ordner wählen',
  layout: 'Wie Nachrichten abgelegt werden',
  mbox: 'Eine Datei je Ordner (mbox)',
  mboxHint: 'Am schnellsten, und in Thunderbird und den meisten Mailprogrammen zu öffnen.',
  eml: 'Eine Datei je Nachricht (EML)',
  emlHint: 'Leicht durchzusehen und einzeln zu kopieren. Braucht mehr Zeit und Platz.',
  start: 'Sicherung beginnen',
  missing:
    'Der Datenträger oder Ordner des Archivs ist nicht da: {{folder}}. Verbinden Sie ihn und versuchen Sie es erneut, oder wählen Sie einen anderen Ordner für ein neues Archiv.',
};
