/** Everyone who writes to Jette. All of them are invented, and so are their mail programs. */
import type { Address } from './mime/addresses.ts';
import type { TextStyle } from './mime/parts.ts';

export type Language = 'de' | 'en';

export interface Person extends Address {
  language: Language;
  /** How this person begins a mail to Jette, and how she begins one to them. */
  greets: readonly string[];
  greeted: readonly string[];
  /** The last lines of a mail, name included. */
  closes: readonly string[];
  /** How Jette closes to them. */
  closed: readonly string[];
  signature?: string;
  mailer: Mailer;
  /** Answers above a quotation of the whole mail. */
  quotes: boolean;
}

export interface Mailer {
  /** The User-Agent or X-Mailer line, if any. */
  agent: string | null;
  style: TextStyle;
  /** Also an HTML version of every mail. */
  html: boolean;
  /** Breaks lines itself; others leave that to the reader. */
  wraps: boolean;
}

export const SAMPLE_OWNER: Address = { name: 'Jette Lorenzen', address: 'jette@old.example.org' };

export const MAILERS = {
  desk: { agent: 'User-Agent: Windkante 4.2 (Linux)', style: 'utf8-8bit', html: false, wraps: true },
  phone: { agent: 'X-Mailer: Brieftaube Mobile 9.1', style: 'utf8-qp', html: true, wraps: false },
  office: { agent: 'X-Mailer: Kontor Post 16.0', style: 'utf8-base64', html: true, wraps: false },
  old: { agent: 'X-Mailer: Postreiter 2.0.17', style: 'latin1-8bit', html: false, wraps: true },
  portal: { agent: null, style: 'latin1-qp', html: false, wraps: true },
} satisfies Record<string, Mailer>;

interface Sketch {
  name: string;
  address: string;
  calls: string;
  closes: readonly string[];
  mailer: keyof typeof MAILERS;
  quotes?: boolean;
  signature?: string;
}

/** Family and friends: first names. */
export function friend(language: Language, sketch: Sketch): Person {
  const { calls, mailer, ...rest } = sketch;
  const german = language === 'de';
  return {
    quotes: false,
    ...rest,
    language,
    greets: german
      ? ['Liebe Jette,', 'Moin Jette,', 'Hallo Jette,', 'Hallo!']
      : ['Hi Jette,', 'Dear Jette,', 'Hello Jette,'],
    greeted: german ? [`Moin ${calls},`, `Hallo ${calls},`] : [`Hi ${calls},`, `Dear ${calls},`],
    closed: german
      ? ['Liebe Grüße\nJette', 'Bis bald\nJette', 'Herzlich, Jette', 'Deine Jette']
      : ['Best,\nJette', 'All the best\nJette', 'Warmly,\nJette'],
    mailer: MAILERS[mailer],
  };
}

/** Customers and offices: surnames. `calls` is `Frau Brandt`, `Ms Hartley`. */
export function client(language: Language, sketch: Sketch): Person {
  const { calls, mailer, ...rest } = sketch;
  const german = language === 'de';
  const sehr = calls.startsWith('Herr') ? `Sehr geehrter ${calls}` : `Sehr geehrte ${calls}`;
  return {
    quotes: true,
    ...rest,
    language,
    greets: german
      ? ['Sehr geehrte Frau Lorenzen,', 'Guten Tag, Frau Lorenzen,', 'Liebe Frau Lorenzen,']
      : ['Dear Ms Lorenzen,', 'Dear Jette Lorenzen,'],
    greeted: german ? [`${sehr},`, `Guten Tag, ${calls},`] : [`Dear ${calls},`],
    closed: german
      ? ['Mit freundlichen Grüßen\nJette Lorenzen', 'Freundliche Grüße aus der Werkstatt\nJette Lorenzen']
      : ['Kind regards\nJette Lorenzen', 'With best wishes from Lübeck\nJette Lorenzen'],
    mailer: MAILERS[mailer],
  };
}
