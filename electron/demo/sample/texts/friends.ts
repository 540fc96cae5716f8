import type { Topic } from '../topic.ts';

export const FRIENDS_DE: readonly Topic[] = [
  {
    subject: '{Kino|Flohmarkt|Sauna|Theater} am {Freitag|Donnerstag|Mittwoch}?',
    turns: [
      'hast Du Lust? {Es läuft der Film mit dem Leuchtturmwärter, angeblich langsam und schön.|Ich brauche dringend einen Abend ohne Bildschirm.} {Danach Suppe bei mir.|Ich reserviere, wenn Du bis morgen ja sagst.}',
      '{ja!|gern, aber nicht vor acht, die Presse läuft noch.} {Ich bringe Brot mit.|Zahlst Du, ich zahle die Getränke?}',
    ],
  },
  {
    subject: 'Kannst Du mir {die Bohrmaschine|den Anhänger|die große Leiter} leihen?',
    turns: [
      'nur für {Samstag|zwei Tage}, ich will endlich {das Regal an die Wand bringen|den alten Schrank zum Hof fahren}. {Du bekommst sie sauberer zurück, als sie war.|Beim letzten Mal war ich ja vorsichtig. Fast.}',
      'klar, {steht im Flur, nimm sie Dir|komm nach sechs}. {Der Akku hält noch genau ein Loch.|Bitte die linke Klemme nicht zu fest drehen.}',
      'danke! {Das Regal hängt. Schief, aber es hängt.|Alles heil, steht wieder da, mit Kuchen obendrauf.}',
    ],
  },
  {
    subject: 'Wohnung gesucht – hörst Du was?',
    turns: [
      'mein Vermieter {verkauft|meldet Eigenbedarf an}, ich suche also ab {März|Oktober} etwas mit {zwei Zimmern und Platz für das Rad|Balkon und ohne Makler}. Du kennst doch die halbe Altstadt.',
      'ich frage {im Chor|Frau Siewert, die weiß alles}. {In der Gasse hinter mir steht seit Wochen ein Fenster leer.|Notfalls schläfst Du zwischen den Papierbögen.}',
      'es hat geklappt!! {Frau Siewert ist eine Macht.|Einweihung am 3., bring Deinen Bass mit.}',
    ],
  },
  {
    subject: 'Rezept {Kürbissuppe|Linsen mit Granatapfel|Franzbrötchen}',
    turns: [
      'hier wie versprochen: {1 kg Kürbis, 2 Zwiebeln, Ingwer so groß wie Dein Daumen|250 g Linsen, eine Zitrone mehr, als Du denkst}. {Alles langsam.|Erst rösten, dann der Rest.} Das Geheimnis ist {eine Prise Zimt|gute Butter|gar nichts, es schmeckt einfach}.',
    ],
  },
  {
    subject: 'Ausstellung „{Papier und Wasser|Gebundene Zeit|Alte Karten}“',
    turns: [
      'da müssen wir hin, {die letzte Woche läuft|sonntags ist der Eintritt frei}. Im zweiten Raum liegt ein Einband, {der könnte von Dir sein|bei dem ich an Dich denken musste}.',
      'unbedingt. {Samstag um elf vor der Tür?|Ich war schon, gehe aber gern noch einmal mit.} {Der Katalog ist leider nur geklebt, eine Schande.|Nimm die Lesebrille mit.}',
    ],
  },
  {
    subject: 'Die Katze',
    turns: [
      'wir sind vom {5. bis 19.|1. bis 8.} weg. Würdest Du {Frau Holle|Kapitän} füttern? {Sie tut so, als bekäme sie nie etwas.|Trockenfutter links, Würde rechts.}',
      'mache ich gern. {Gestern saß sie eine Stunde auf Deinem Sessel und hat mich angesehen.|Heute hat er den Brief von der Stadt gefressen, nur den Rand.}',
    ],
  },
];

export const FRIENDS_EN: readonly Topic[] = [
  {
    subject: '{Wheat starch|Kozo tissue|Parchment size}: which one do you use?',
    turns: [
      'I am mending {a map of the fjord|a stack of choir books} and mine {dries too stiff|turns yellow}. You once told me about a supplier with {a shop the size of a cupboard|no website}. Do you still have the name?',
      'I do, and I have a spare {bag|roll}, so I will simply send you half. {Soak it overnight, cook it slowly, and sieve it twice.|Use less water than you think.} {How is the map?|Show me before and after!}',
      'The parcel came, you angel. {The map lies flat for the first time since 1890.|It behaves like silk.} I owe you {tea|a very good cheese}.',
    ],
  },
  {
    subject: '{Weekend|A few days} in Aarhus?',
    turns: [
      'The {book arts fair|harbour festival} is on the {second|third} weekend. You could have the sofa and {the cat|a stall next to mine}. {Trains are cheap if you book now.|Bring small things, people buy small things.}',
      'I am tempted. {If the Saltmarsh sheets are folded by then, I come.|The sofa and the cat sound perfect.} {Do they take cards there, or only coins and compliments?|How many notebooks should I bring?}',
      '{Thirty|Forty}, and your press, the small one. {People love to pull the lever.|I will meet you at the station with the cargo bike.}',
    ],
  },
  {
    subject: 'That book you lent me',
    turns: [
      'I finished it on the {train|ferry} and missed my {stop|harbour}. {The ending! Why did nobody warn me?|I underlined nothing, I swear.} Do you have the {second part|one about the lighthouse} too?',
      'I warned you about the ending twice. {The second part is out of print, but I know a shop.|It is on the shelf, with a note for you in it.} {Keep it as long as you like.|Come by on Sunday.}',
    ],
  },
  {
    subject: 'Happy {birthday|new year}!',
    months: [1, 4],
    turns: [
      'May your {glue be warm|knives be sharp} and your {spokes|deadlines} true. {I am sending a small parcel, do not shake it.|I raise a cup of the strongest tea to you.}',
      'Thank you! {The parcel arrived and I shook it.|I spent the day on the water and the evening with soup.} {Now tell me how you are, properly, with details.|Come and visit, it has been too long.}',
    ],
  },
];
