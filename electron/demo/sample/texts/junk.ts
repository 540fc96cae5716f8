import type { Language } from '../people.ts';

/** What ends in the junk mailbox: clumsy, harmless, and with nowhere to click. */
export interface JunkMail {
  name: string;
  address: string;
  language: Language;
  subject: string;
  text: string;
}

export const JUNK: readonly JunkMail[] = [
  {
    name: 'Gewinnzentrale',
    address: 'gewinn@lotterie-total.example.com',
    language: 'de',
    subject: 'SIE HABEN GEWONNEN!!! {850.000|1.250.000} EUR warten',
    text: 'Sehr geehrter Gewinner,\n\nIhre E-Mail-Adresse wurde aus {40|70} Millionen gezogen! Zur Auszahlung benötigen wir nur {Name, Konto und Schuhgröße|eine kleine Gebühr von 89 Euro}. Bitte antworten Sie sehr schnell, bevor {der Computer|das Amt} schließt.\n\nDr. Prof. Gewinn',
  },
  {
    name: 'Widow of the General',
    address: 'mrs.lovely@inheritance.example.net',
    language: 'en',
    subject: 'Dearest in trust, {urgent|confidential} matter',
    text: 'Dearest One,\n\nI am the widow of a late general with {USD 14.5 million|two trunks of gold} in a security company. {I have chosen you because of your honest profile.|The doctors give me little time.} Kindly answer with full trust and your bank.\n\nRemain blessed,\nMrs. Lovely',
  },
  {
    name: 'SEO Team',
    address: 'rank@number-one.example.com',
    language: 'en',
    subject: 'Your website is on page {7|12}!!',
    text: 'Hi site owner,\n\nI was going through your web site and it is {not ranking|invisible}. We guarantee FIRST place for the keyword “bookbinder near me” in {3|7} days. {May I send you a price list?|This is my third mail.}\n\nRegards,\nKevin',
  },
  {
    name: 'Apotheke Blitz',
    address: 'shop@pillen-blitz.example.net',
    language: 'de',
    subject: '{Wunderpille|Schlank} in {3|5} Tagen, Rabatt {70|80} %',
    text: 'Hallo Freund,\n\nunsere Kapsel aus {Algen|Mondstaub} wirkt sofort und ohne Bewegung. {Nur heute!|Nur noch 4 Stück!} Kein Arzt, kein Rezept, keine Fragen.',
  },
  {
    name: 'Konto Sicherheit',
    address: 'warnung@konto-sicher.example.org',
    language: 'de',
    subject: 'Ihr Konto wurde {eingeschränkt|gesperrt} (Fall {4471|90213})',
    text: 'Sehr geehrter Kunde,\n\nwir haben eine ungewöhnliche Anmeldung aus {Atlantis|dem Weltall} bemerkt. Bestätigen Sie Ihre Daten in 24 Stunden, sonst müssen wir Ihr Konto {löschen|dem Hund geben}.\n\nIhre Sicherheit Abteilung',
  },
  {
    name: 'Crypto Mentor',
    address: 'mentor@moon.example.com',
    language: 'en',
    subject: 'She earned {4,300|9,870} a week from her kitchen',
    text: 'Hello trader,\n\nthe banks HATE this one method. {Only 3 seats left in the webinar.|Our robot never sleeps.} Start with 250, finish with a yacht.',
  },
  {
    name: 'Parcel Desk',
    address: 'noreply@parcel-desk.example.net',
    language: 'en',
    subject: 'Your parcel {could not be delivered|is waiting} – pay {1.99|2.49}',
    text: 'Dear customer,\n\nyour package no. {DE-00-771|XX-41-902} is held at our {depot|harbour}. Please pay the small fee to release it. If you do not know about a package, pay as well.',
  },
];
