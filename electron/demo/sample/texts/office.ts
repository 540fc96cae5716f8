import type { Topic } from '../topic.ts';

/** The house, the town, and other mail that has to be. */
export const OFFICE_TOPICS: readonly Topic[] = [
  {
    subject: '{Heizungswartung|Treppenhausreinigung|Schornsteinfeger} am {Mittwoch|Montag}',
    turns: [
      'am {Mittwoch|Montag} zwischen {8 und 12|13 und 16} Uhr ist {ein Techniker|eine Firma} im Haus. Bitte sorgen Sie dafür, dass {die Werkstatt|der Kellerraum} zugänglich ist.',
      'ich bin da. Bitte sagen Sie {dem Techniker|der Firma}, dass der Eingang zur Werkstatt im Hof liegt und {frisch geleimte Bücher auf der Treppe trocknen|die Klingel nicht geht}.',
    ],
  },
  {
    subject: 'Nebenkosten {Vorjahr|Abrechnung}, Rückfrage',
    mine: true,
    turns: [
      'in der Abrechnung stehen unter „Sonstiges“ {184|212|97} Euro. Könnten Sie mir bitte sagen, {worum es sich handelt|wie der Betrag verteilt wurde}?',
      'es handelt sich um {die Reparatur des Hoftors|die Dachrinne}, anteilig nach Fläche. {Die Belege können Sie bei uns einsehen.|Eine Aufstellung geht Ihnen per Post zu.}',
      'danke, dann ist es klar. {Das Hoftor quietscht übrigens immer noch.|Ich überweise heute.}',
    ],
  },
  {
    subject: 'Stellplatz für {Lastenrad|Anhänger} im Hof',
    mine: true,
    turns: [
      'wäre es möglich, im Hof {neben den Tonnen|unter dem Vordach} einen Platz für mein {Lastenrad|Rad mit Anhänger} zu bekommen? {Die Nachbarn sind einverstanden.|Ich würde auch das Unkraut übernehmen.}',
      'gegen einen Stellplatz {bestehen keine Bedenken|haben wir nichts einzuwenden}, solange {die Tonnen erreichbar bleiben|der Weg frei bleibt}. {Eine Gebühr fällt nicht an.|Bitte bringen Sie ein Schild an.}',
    ],
  },
];
