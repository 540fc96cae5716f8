/** Who bills Jette, and for what: `[text, price in cents from, to]`. */
export interface Biller {
  name: string;
  address: string;
  town: string;
  months: 'each' | 'yearly' | 'now and then';
  items: readonly (readonly [string, number, number])[];
  subject: string;
  text: string;
}

export const BILLERS: readonly Biller[] = [
  {
    name: 'Stadtwerke Holstenhafen',
    address: 'rechnung@stadtwerke.example.com',
    town: 'Am Gaswerk 0, Holstenhafen',
    months: 'yearly',
    items: [
      ['Strom, Werkstatt, Arbeitspreis', 38_000, 61_000],
      ['Grundpreis 12 Monate', 13_200, 15_600],
      ['Wasser und Abwasser', 11_000, 19_000],
    ],
    subject: 'Ihre Jahresabrechnung {nr}',
    text: 'Ihre Jahresabrechnung {nr} liegt als PDF bei. {Es ergibt sich eine Nachzahlung, die wir am 15. abbuchen.|Ihr Abschlag bleibt unverändert.}',
  },
  {
    name: 'Papierpost Versand',
    address: 'rechnung@papierpost.example.com',
    town: 'Lagerhaus 3, Nirgendwo am Kanal',
    months: 'now and then',
    items: [
      ['Bütten „Wakenitz“ 120 g, 50 Bogen', 11_000, 14_500],
      ['Buchleinen Moos, 5 m', 6_400, 8_200],
      ['Heftgarn Leinen 18/3', 690, 1_290],
      ['Graupappe 2,5 mm, 20 Bogen', 3_800, 5_200],
    ],
    subject: 'Rechnung {nr} zu Ihrer Bestellung',
    text: 'vielen Dank für Ihre Bestellung. {Das Paket ist heute hinausgegangen.|Ein Posten wird nachgeliefert, er ist nicht berechnet.} Die Rechnung {nr} finden Sie im Anhang.',
  },
  {
    name: 'Gerberei Lohmoor',
    address: 'kontor@lohmoor.example.org',
    town: 'Am Moor 0, Lohmoor',
    months: 'now and then',
    items: [
      ['Ziegenleder, pflanzlich gegerbt, 3 Felle', 14_800, 19_500],
      ['Kalbleder natur, 1 Fell', 12_500, 16_000],
      ['Schärfen', 1_800, 2_600],
    ],
    subject: 'Rechnung {nr}, Lieferung {Leder|Felle}',
    text: 'anbei die Rechnung {nr} zur Lieferung. {Zwei Felle haben kleine Narben, die haben wir günstiger gerechnet.|Zahlbar ohne Abzug in vierzehn Tagen.}',
  },
  {
    name: 'Radwerk Kettenglück',
    address: 'laden@kettenglueck.example.net',
    town: 'Speichergang 0, Lübeck',
    months: 'now and then',
    items: [
      ['Inspektion', 6_900, 8_900],
      ['Mantel und Schlauch hinten', 4_200, 5_800],
      ['Kette, Kassette 11–36', 7_400, 9_900],
    ],
    subject: 'Beleg {nr}: Dein Rad ist fertig',
    text: 'Dein Rad ist fertig und {schnurrt|bremst wieder}. {Die Speichen rechts haben wir mit nachgezogen.|Das Licht hatte nur Wackelkontakt, das kostet nichts.} Beleg {nr} im Anhang.',
  },
  {
    name: 'Deichnetz Telekommunikation',
    address: 'rechnung@deichnetz.example.com',
    town: 'Kabelweg 0, Deichstadt',
    months: 'each',
    items: [
      ['Anschluss 100, monatlich', 3_490, 3_990],
      ['Rufnummern', 290, 490],
    ],
    subject: 'Ihre Deichnetz-Rechnung {nr}',
    text: 'Ihre Rechnung {nr} liegt bei. Der Betrag wird in den nächsten Tagen abgebucht. {Bitte antworten Sie nicht auf diese Nachricht.|Fragen? Wir rufen zurück, meistens.}',
  },
  {
    name: 'Northmere Tools',
    address: 'accounts@northmere.example.net',
    town: '4 Anvil Lane, Northmere',
    months: 'now and then',
    items: [
      ['Finishing tools, brass, set of 4', 14_800, 21_000],
      ['Backing hammer', 6_200, 7_900],
      ['Carriage', 1_450, 2_300],
    ],
    subject: 'Invoice {nr}',
    text: 'Thank you for your order. {The tools left our bench this morning.|The hammer handle is ash, please oil it once a year.} Invoice {nr} is attached; payment within thirty days.',
  },
  {
    name: 'Versicherung Treue Hand',
    address: 'service@treue-hand.example.com',
    town: 'Versicherungshof 0, Holstenhafen',
    months: 'yearly',
    items: [
      ['Betriebshaftpflicht', 18_800, 22_400],
      ['Werkstattinhalt', 14_200, 16_700],
    ],
    subject: 'Beitragsrechnung {nr}',
    text: 'Ihre Beitragsrechnung {nr} für das kommende Jahr finden Sie anbei. {Ihr Beitrag ändert sich nicht.|Ihr Schadenfreiheitsrabatt wurde berücksichtigt.}',
  },
];
