/** Jette's mailboxes. Segments hold neither `.` nor `/`: both are delimiters somewhere. */
export interface SampleMailbox {
  segments: string[];
  specialUse?: string[];
}

const CUSTOMERS = 'Kunden';

export const MAILBOXES = {
  inbox: { segments: ['INBOX'] },
  sent: { segments: ['Gesendet'], specialUse: ['\\Sent'] },
  drafts: { segments: ['Entwürfe'], specialUse: ['\\Drafts'] },
  trash: { segments: ['Papierkorb'], specialUse: ['\\Trash'] },
  junk: { segments: ['Spam'], specialUse: ['\\Junk'] },
  archive2019: { segments: ['Archiv', '2019'] },
  archive2020: { segments: ['Archiv', '2020'] },
  archive2021: { segments: ['Archiv', '2021'] },
  archive2022: { segments: ['Archiv', '2022'] },
  archive2023: { segments: ['Archiv', '2023'] },
  archive2024: { segments: ['Archiv', '2024'] },
  archive2025: { segments: ['Archiv', '2025'] },
  family: { segments: ['Familie'] },
  grandparents: { segments: ['Familie', 'Oma & Opa'] },
  choir: { segments: ['Verein', 'Chor „Hafenklang“'] },
  bookshop: { segments: [CUSTOMERS, 'Buchhandlung Sandregenpfeifer'] },
  press: { segments: [CUSTOMERS, 'Saltmarsh Press'] },
  receipts: { segments: ['Rechnungen & Belege'] },
  newsletters: { segments: ['Newsletter'] },
  tours: { segments: ['🚲 Touren'] },
} satisfies Record<string, SampleMailbox>;

export type MailboxKey = keyof typeof MAILBOXES;

export const MAILBOX_KEYS = Object.keys(MAILBOXES) as MailboxKey[];

/** Where mail of no special kind is kept: this year's in INBOX, the rest by year; what is older lies in the oldest archive. */
export function shelfFor(year: number): MailboxKey {
  if (year >= 2026) return 'inbox';
  const key = `archive${Math.max(2019, year)}`;
  return MAILBOX_KEYS.find((k) => k === key) ?? 'inbox';
}
