import type { firstRun as en } from '../en/first-run.ts';
import type { Texts } from '../texts.ts';

export const firstRun: Texts<typeof en> = {
  title: 'Wohin sollen Ihre E-Mails?',
  lead: 'Mailferry kopiert, ohne etwas zu verändern oder zu löschen.',
  backUpTitle: 'Ein Konto sichern',
  backUpText: 'Eine vollständige Kopie Ihrer E‑Mails auf diesem Computer. Im Postfach ändert sich nichts.',
  backUpNeeds: 'Adresse und Passwort genügen',
  moveTitle: 'Ein Konto umziehen',
  moveText: 'Alle Ordner und Nachrichten zu einem neuen Anbieter bringen und danach nachzählen.',
  moveNeeds: 'Altes und neues Konto nötig',
  openTitle: 'Ein Archiv öffnen',
  openText: 'Alte E-Mails ohne Internet lesen und durchsuchen. Was Sie gesichert haben, ist sofort da.',
  openNeeds: 'Kein Konto nötig',
  justLooking: 'Erst einmal umsehen?',
  trySample: 'Mit Beispielpost ausprobieren',
  startingSample: 'Die Beispielpost wird vorbereitet',
  factKeychain: 'Passwörter bleiben im Schlüsselbund dieses Computers',
  factVault: 'Passwörter bleiben verschlüsselt auf diesem Computer',
  factOpen: 'Offene Formate, lesbar auch ohne Mailferry',
  factPrivate: 'Nichts wird nach Hause gemeldet',
};
