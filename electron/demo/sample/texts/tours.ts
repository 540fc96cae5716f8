import type { Topic } from '../topic.ts';

export const TOURS_DE: readonly Topic[] = [
  {
    subject: 'Tour am {day=Sonntag|Samstag}: {place=Ratzeburger See|Hemmelsdorfer Marsch|Priwall und zurück|Schaalsee}',
    months: [3, 4, 5, 6, 7, 8, 9, 10],
    turns: [
      'am {day} geht es los, {62|74|88|95} km, {flach|wellig, ein gemeiner Anstieg|viel Schotter}. Treffpunkt {9:00|8:30} Uhr an der Brücke. {Die Strecke hängt als GPX an.|Pause nach der Hälfte, dort gibt es Kuchen.} Wind {aus West mit 4|soll drehen}, also {hinwärts leiden, rückwärts fliegen|alles wie immer}.',
      'bin dabei. {Ich habe einen neuen Mantel hinten, der alte war durch.|Nehmt ihr Rücksicht auf jemanden, der bis Mitternacht Leder geschärft hat?}',
      '{Wir warten an jeder Kreuzung, und am Kuchen sowieso.|Klar. Wer zuletzt ankommt, bestellt zuerst.}',
    ],
  },
  {
    subject: 'Bilder von {place=der Seenrunde|der Küstentour|unserem Wochenende}',
    turns: [
      'hier die Bilder von {place}. {Auf dem dritten sieht man, warum ich das Schild nicht gesehen habe.|Das Licht abends war wirklich so.} {Am Ende waren es {81|104|117} km, Schnitt 21.|Danke fürs Flicken!}',
      '{die sind herrlich, das mit dem Steg hänge ich in die Werkstatt|was für ein Tag}! {Schickst Du mir das große in voller Auflösung?|Ich habe immer noch Sand in den Schuhen.}',
    ],
  },
  {
    subject: 'Welche Übersetzung für {das Reiserad|den Anhänger}?',
    turns: [
      'Du wolltest wissen, was ich hinten fahre: {11–34|11–36}, vorne {38|42}. Mit Gepäck {reicht das bis 8 Prozent|geht alles außer Kopfsteinpflaster}. {Kette wechsle ich alle 3000 km, seitdem hält der Rest.|Lass Dir kein Titan andrehen.}',
      'danke! Dann bestelle ich {die 36er|das kleine Blatt}. {Der Anhänger mit den Büchern wiegt immerhin 40 kg.|Hilfst Du mir beim Einbau? Ich zahle in Kuchen.}',
    ],
  },
];

export const TOURS_EN: readonly Topic[] = [
  {
    subject: 'Hamburg to {Copenhagen|Odense|Malmö} by bike: the plan',
    months: [1, 2, 3, 4],
    turns: [
      'I drew a first line on the map: {five|six} days, about {90|85} km each, {two ferries|one ferry and a very long bridge}. {Nights: three camp sites, then a real bed.|I marked all bakeries, that is where the days end.} GPX attached, tell me what you would change.',
      'It looks wonderful. {Day three is long for a headwind, could we split it?|I know someone with a garden on day two.} I carry the {stove|tools|spare spokes}, you carry {the tent|the optimism}.',
      'Split it is. {I booked the ferry for the 14th.|Spokes: you know that yours do not fit mine, yes?}',
    ],
  },
  {
    subject: 'Photos from the {ferry|lighthouse|rainy day}',
    turns: [
      'as promised. {The blurred one is me falling, please keep it.|The big one is straight from the camera, good enough to print.} {My legs have forgiven me, my saddle has not.|When is the next one?}',
    ],
  },
];
