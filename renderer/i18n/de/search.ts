import type { search as en } from '../en/search.ts';
import type { Texts } from '../texts.ts';

export const search: Texts<typeof en> = {
  title: 'In allen Archiven suchen',
  sentence_one: '{{count, n}} Nachricht mit „{{text}}“',
  sentence_other: '{{count, n}} Nachrichten mit „{{text}}“',
  searching: '„{{text}}“ wird gesucht',
  none: 'In keinem Archiv gibt es eine Nachricht mit „{{text}}“.',
  noArchives: 'Es gibt noch kein Archiv zum Durchsuchen.',
  firstOnes: 'Die ersten {{shown, n}} sind zu sehen. In einem Archiv sehen Sie alle seine Treffer.',
  in: 'in {{archive}}, {{folder}}',
  attachment: 'Mit Anhang',
  noSubject: '(kein Betreff)',
  unknownSender: 'Unbekannter Absender',
  notSearched: 'Nicht durchsucht, weil die Platte nicht angeschlossen ist oder sie nicht lesbar sind: {{names}}.',
  foundIn: 'Gefunden in {{time}}',
};
