import type { Topic } from '../topic.ts';

export const FAMILY_DE: readonly Topic[] = [
  {
    subject: '{day=Sonntag|Ostersonntag|Samstag} bei uns?',
    turns: [
      'magst Du am {day} zum {Kaffee|Essen|Spargelessen} kommen? {Papa hat den Grill geputzt und tut so, als sei das ein Geheimnis.|Es gibt {Rhabarberkuchen|Apfelkuchen|Butterkuchen}, und allein schaffen wir das Blech nicht.}\n\nSönke kommt {auch|leider erst abends}. Sag Bescheid, ob Du {jemanden mitbringst|Rad oder Zug nimmst}.',
      'ich komme {gern|sehr gern, wenn die Leimpresse mich lässt}! {Ich nehme das Rad und bin gegen {drei|halb vier|eins} da.|Ich bringe {Erdbeeren|Blumen|einen Salat} mit.}',
      'wie schön. Dann decken wir für {fünf|sechs|vier}. {Bring bitte die Kuchenform wieder mit, die vermisse ich seit Weihnachten.|Fahr vorsichtig, an der Brücke wird wieder gebaut.}',
    ],
  },
  {
    subject: '{Papas|Mamas} Geburtstag – Geschenk?',
    turns: [
      'hast Du schon eine Idee? {Ich dachte an ein {Fernglas|Radio für die Werkstatt|Wochenende auf der Insel}.|Bitte nicht wieder ein Buch übers Segeln.} Budget so um die {80|120|150} Euro zusammen, ok?',
      'Ich binde {ein Fotoalbum|ein Gästebuch|ein Logbuch}, mit {blauem|grünem|rotem} Leinen. Schickst Du mir {die Bilder vom letzten Sommer|die alten Fotos aus dem Flur}? Am liebsten {groß|als Datei, nicht abfotografiert}.',
      'Perfekt. {Bilder kommen am Wochenende.|Ich suche sie raus, sobald die Kinder schlafen.} Was kriegst Du für Material von mir?',
      'Nichts, Du {schleppst dafür den Kuchen|machst die Rede}.',
    ],
  },
  {
    subject: 'Router geht {schon wieder|immer noch} nicht',
    turns: [
      'das Kästchen im Flur blinkt {rot|gar nicht mehr}, und Papa sagt, er habe nichts angefasst. {Die Dame an der Hotline war sehr nett, aber ich habe nichts verstanden.|Ich schreibe Dir vom Telefon aus.} Kannst Du {heute Abend|am Wochenende} mal schauen?',
      'zieh bitte einmal den Stecker, warte {eine Minute|bis das Teewasser kocht}, dann wieder rein. Wenn {alle Lämpchen grün sind|es dann noch blinkt}, ruf mich an.',
      'Es geht wieder!!! {Papa behauptet, das habe er gerade vorschlagen wollen.|Was hast Du gemacht?} Danke, mein Kind.',
    ],
  },
  {
    subject: 'Weihnachten {dieses Jahr|in der Familie}',
    months: [11, 12],
    turns: [
      'wir wollen {Heiligabend|den ersten Feiertag} bei uns feiern, mit {Kartoffelsalat wie immer|Fisch, wenn {Willem|Sönke} einen bekommt}. Oma und Opa {bleiben über Nacht|werden von Sönke abgeholt}. Singt Dein Chor {in der Christvesper|am vierten Advent}? Dann kommen wir hin.',
      'ja, {um 17 Uhr|schon um halb vier}, und danach komme ich sofort. {Ich bringe die Sterne aus Buntpapier mit, die mit den Kanten aus Resten vom Vorsatz.|Den Baum schmücke ich, bitte nicht vorher anfangen!}',
    ],
  },
  {
    subject: 'Schlüssel, Post und Tomaten',
    months: [6, 7, 8],
    turns: [
      'wir fahren ja {Freitag|am 12.} los. Der Schlüssel liegt {bei Frau Siewert|wo er immer liegt}. Bitte {jeden zweiten Tag|bei Hitze jeden Tag} gießen, die Tomaten zuerst. Die reifen {darfst|musst} Du essen.',
      'mache ich. {Gestern waren es {zwölf|neun} Stück, die Küche riecht nach Sommer.|Eine hat der Igel geholt, fürchte ich.} Erholt Euch gut!',
    ],
  },
];

export const FAMILY_EN: readonly Topic[] = [
  {
    subject: 'Visiting you in {month=May|July|September}?',
    turns: [
      'The children are pestering me about the sea, so: could we come over for {a week|four days|a long weekend} in {month}? We would take {the ferry|the night train}, and {sleep anywhere with a roof|bring our own sleeping bags}.\n\n{Ada wants to see the big book press again.|Finn has started to call every boat a Jette.}',
      'Of course you can! {The workshop floor fits four mattresses.|My neighbour Mattis lends me his spare room.} {The choir sings on the Saturday, you will be my audience.|I will find bicycles for all of you.}',
      'Brilliant. {Tickets are booked.|I will book tonight.} {Is there anything we can bring? Tea, of course, but besides tea?|Finn asks if the glue is edible.}',
      'Tea. And {that marmalade|the good crackers}. {Wheat paste is edible, but please tell him it is not.|See you on the platform!}',
    ],
  },
  {
    subject: 'Grandma Käthe’s {plum cake|potato soup}',
    turns: [
      'Do you have the recipe? {Mine says “flour until it is enough”, which is no help at all.|I only remember that the oven has to be “friendly”.}',
      'I asked her. {500 g flour, 80 g butter, a pinch of salt, and “patience”.|She says: never less than {two|three} hours, and no lid.} {I am to tell you that bought yeast does not count.|She is delighted that you ask.}',
    ],
  },
  {
    subject: 'Old letters from the attic',
    turns: [
      'We cleared Dad’s attic and found {a shoebox|two biscuit tins} of letters from Lübeck, {1951 to 1963|all in the old German hand}. The {paper|ink} is {going brown|flaking at the folds}. Can you save them, or at least tell me what not to do?',
      'First: no sticky tape, no cellar, no sun. {Put them flat between clean copy paper and bring them when you come.|Could you photograph one, front and back?} I can make {a box|folders} for them, and {Opa can read the handwriting|we will read them together in winter}.',
      'They are flat under the atlas now. {I only peeked at three. One is about a goat.|Thank you, I feel much better about it.}',
    ],
  },
];
