/** What can be said about a message that could not be read as it should, in both languages of the app. */

export type MessageLanguage = 'en' | 'de';

export type ProblemCode =
  | 'header-cut'
  | 'too-deep'
  | 'too-many-parts'
  | 'no-boundary'
  | 'text-cut'
  | 'html-cut'
  | 'pictures-cut'
  | 'charset-unknown'
  | 'encrypted'
  | 'winmail'
  | 'unreadable';

const SENTENCES: Record<ProblemCode, Record<MessageLanguage, string>> = {
  unreadable: {
    en: 'This message could not be read. Its source shows it as it is stored.',
    de: 'Diese Nachricht konnte nicht gelesen werden. Der Quelltext zeigt sie, wie sie gespeichert ist.',
  },
  encrypted: {
    en: 'This message is encrypted. Save it and open it in the mail program that has the key.',
    de: 'Diese Nachricht ist verschlüsselt. Speichern Sie sie und öffnen Sie sie in dem Mailprogramm, das den Schlüssel hat.',
  },
  winmail: {
    en: 'Part of this message is in a format of Outlook. It is kept as the attachment winmail.dat.',
    de: 'Ein Teil dieser Nachricht ist in einem Format von Outlook. Er ist der Anhang winmail.dat.',
  },
  'text-cut': {
    en: 'The text is very long; only its beginning is shown. Save the message to read all of it.',
    de: 'Der Text ist sehr lang; nur der Anfang wird gezeigt. Speichern Sie die Nachricht, um alles zu lesen.',
  },
  'html-cut': {
    en: 'The page is very long; only its beginning is shown. Save the message to read all of it.',
    de: 'Die Seite ist sehr lang; nur der Anfang wird gezeigt. Speichern Sie die Nachricht, um alles zu lesen.',
  },
  'pictures-cut': {
    en: 'The pictures are very large; some are not shown in the text. All of them are among the attachments.',
    de: 'Die Bilder sind sehr groß; einige fehlen im Text. Alle sind unter den Anhängen.',
  },
  'too-many-parts': {
    en: 'This message has more than 1,000 parts; only the first are shown. Save the message to keep all of them.',
    de: 'Diese Nachricht hat mehr als 1.000 Teile; nur die ersten werden gezeigt. Speichern Sie die Nachricht, um alle zu haben.',
  },
  'too-deep': {
    en: 'Parts of this message are nested too deeply to be shown. Save the message to keep all of them.',
    de: 'Teile dieser Nachricht sind zu tief verschachtelt, um gezeigt zu werden. Speichern Sie die Nachricht, um alle zu haben.',
  },
  'no-boundary': {
    en: 'The parts of this message could not be told apart. It is shown as plain text.',
    de: 'Die Teile dieser Nachricht ließen sich nicht trennen. Sie wird als reiner Text gezeigt.',
  },
  'charset-unknown': {
    en: 'The text names a character set that is not known. Some letters may be wrong.',
    de: 'Der Text nennt einen unbekannten Zeichensatz. Einzelne Buchstaben können falsch sein.',
  },
  'header-cut': {
    en: 'The header of this message is very long; only its beginning is shown.',
    de: 'Der Kopf dieser Nachricht ist sehr lang; nur der Anfang wird gezeigt.',
  },
};

/** The sentences in the order above, the gravest first; null when all is fine. */
export function describeProblems(problems: ReadonlySet<ProblemCode>, language: MessageLanguage): string | null {
  const found = (Object.keys(SENTENCES) as ProblemCode[]).filter((code) => problems.has(code));
  return found.length === 0 ? null : found.map((code) => SENTENCES[code][language]).join(' ');
}
