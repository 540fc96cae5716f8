import type { Language } from '../people.ts';

export interface Newsletter {
  name: string;
  address: string;
  language: Language;
  colour: string;
  subjects: readonly string[];
  lead: readonly string[];
  /** Heading and text of the items; three to five go into an issue. */
  items: readonly (readonly [string, string])[];
  footer: string;
}

export const NEWSLETTERS: readonly Newsletter[] = [
  {
    name: 'Papierpost',
    address: 'brief@papierpost.example.com',
    language: 'de',
    colour: '#7a3b2e',
    subjects: [
      'Papierpost {nr}: {neue Büttenbögen|Leinen im Angebot|Farben aus Krapp und Indigo}',
      'Für Ihre Werkstatt: {Falzbeine|Vorsatzpapiere|Heftgarn} {eingetroffen|reduziert}',
    ],
    lead: [
      'Guten Morgen aus dem Papierlager! {Diese Woche riecht es hier nach Weizenstärke.|Draußen stürmt es, drinnen wird sortiert.}',
      'Liebe Freundinnen und Freunde des guten Bogens, {der Herbst ist die Zeit der dicken Bücher.|wir haben umgeräumt und Schätze gefunden.}',
    ],
    items: [
      [
        'Handgeschöpft: Bütten „Wakenitz“',
        '{80|120} g, vier Büttenränder, {naturweiß und leicht rau|endlich wieder lieferbar}. Ab {2,40|2,90} € je Bogen, ab zehn Bogen günstiger.',
      ],
      [
        'Buchleinen in neuen Farben',
        '{Moos, Senf und Tinte|Ziegel, Sand und Nebel}: {sieben|neun} Töne auf der {Musterkarte|Rolle}, kaschiert und unkaschiert.',
      ],
      [
        'Restekiste',
        'Abschnitte vom {Ziegenleder|Kalbleder}, nach Gewicht. {Wer zuerst kommt, wählt zuerst.|Eine Kiste je Werkstatt, bitte.}',
      ],
      [
        'Kurs: Kleisterpapier',
        'Ein Samstag mit {Kamm, Korken und Kartoffel|viel Wasser und wenig Regeln}. Noch {drei|fünf} Plätze.',
      ],
      [
        'Gefragt und geantwortet',
        '{Wie lange hält Kleister? Im Kühlschrank vier Tage, danach hält er Sie auf.|Laufrichtung vergessen? Anfeuchten, rollen lassen, lernen.}',
      ],
    ],
    footer: 'Papierpost · Lagerhaus 3, Nirgendwo am Kanal. Sie erhalten diesen Brief, weil Sie ihn bestellt haben.',
  },
  {
    name: 'Slow Spokes Weekly',
    address: 'hello@slowspokes.example.net',
    language: 'en',
    colour: '#1f5f4a',
    subjects: [
      'Slow Spokes #{nr}: {ferries we love|the art of the headwind|soup on the road}',
      '{Five|Seven} {quiet roads|camp sites by the water|ways to carry a cake}',
    ],
    lead: [
      'Hello slow riders, {it rained all week and nobody minded.|the swallows are back, and so are we.}',
      'This week we {got lost on purpose|mended eleven punctures} so that you do not have to.',
    ],
    items: [
      [
        'Route of the week',
        '{46|61|78} km of {gravel, herons and one castle|canal path without a single traffic light}. Download the track before you lose the signal.',
      ],
      [
        'Ask the mechanic',
        '“Why does it click?” {Because it can. Check the seat post first.|Grease, then patience, then the other grease.}',
      ],
      [
        'Reader’s letter',
        '“I crossed {three countries|two islands} with {a cello|a toddler and a tent}.” {We have questions. So had customs.|Photos next week.}',
      ],
      [
        'Kit we did not buy',
        '{A titanium spoon. It is a spoon.|A bell that connects to the telephone.} We still ring with the thumb.',
      ],
      [
        'Dates',
        '{Lantern ride on the last Friday.|Swap market: bring tubes, take stories.} Everyone is welcome, lights are compulsory.',
      ],
    ],
    footer: 'Slow Spokes is made by four people and a dog. You can leave at any time, we will wave.',
  },
  {
    name: 'Stadtbibliothek am Holstenhafen',
    address: 'newsletter@bibliothek.example.org',
    language: 'de',
    colour: '#24477f',
    subjects: [
      'Neu in der Bibliothek: {Lesungen|Hörbücher|Ausstellung} im {Mai|September|November}',
      'Ihre Bibliothek – {Bücherflohmarkt|Vorlesestunde|Lange Nacht}',
    ],
    lead: [
      'Sehr geehrte Leserinnen und Leser, {die Sommerferien sind vorbei, die Regale wieder voll.|wir freuen uns auf viele Begegnungen.}',
      'Liebe Nutzerinnen und Nutzer, {ab sofort öffnen wir samstags eine Stunde länger.|die Rückgabekiste steht jetzt auch nachts bereit.}',
    ],
    items: [
      [
        'Lesung am Abend',
        '{Eine Lotsin erzählt von vierzig Jahren auf der Brücke.|Gedichte über Nebel, mit Klavier.} Eintritt {5 Euro|frei}, Anmeldung am Tresen.',
      ],
      ['Bücherflohmarkt', '{Zwei|Drei} Tage, {tausende|hunderte} Bände, ein Euro je Zentimeter.'],
      [
        'Buchpflege',
        'Jette Lorenzen zeigt, wie man {lose Seiten einhängt|einen Rücken festigt}. Bitte ein Patientenbuch mitbringen.',
      ],
      ['Neue Datenbank', 'Historische Karten der Bucht sind nun {von zu Hause aus|in hoher Auflösung} zu sehen.'],
    ],
    footer: 'Stadtbibliothek am Holstenhafen. Abmelden: eine leere Antwort genügt.',
  },
  {
    name: 'The Bone Folder Review',
    address: 'editor@bonefolder.example.org',
    language: 'en',
    colour: '#5b4636',
    subjects: ['The Bone Folder Review, no. {nr}', 'Review no. {nr}: {endbands|limp vellum|the ethics of repair}'],
    lead: [
      'Dear members, {this issue is thinner than planned and, we think, better.|the annual meeting has a date at last.}',
      'Friends of the craft, {spring cleaning turned up a run of early issues.|we lost a subscriber and gained a loom.}',
    ],
    items: [
      [
        'Essay',
        '“{Against gloss|In praise of the plain spine}”, in which our author {changes her mind twice|quarrels with his own teacher}.',
      ],
      [
        'Tool of the month',
        '{A spokeshave from a flea market, and how to wake it.|The awl: three shapes, one opinion.}',
      ],
      ['Fair calendar', '{Aarhus|Thornmere|Lübeck}, {second|third} weekend. Tables are small, conversations are not.'],
      [
        'Members’ corner',
        '{Wanted: finishing press, ugly is fine.|Offered: forty sheets of pre-war marbled paper, to a good home.}',
      ],
    ],
    footer: 'Published when ready by the Guild of Stubborn Binders.',
  },
];
