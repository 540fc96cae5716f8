import type { Topic } from '../topic.ts';

export const BOOKSHOP_TOPICS: readonly Topic[] = [
  {
    subject: '{n=12|20|35|8} Notizbücher für den {Herbst|Frühling|Laden}',
    turns: [
      'die letzten Hefte sind fast alle verkauft. Könnten Sie uns {n} Stück in {A5|A6} machen, {Leinen in Moosgrün und Senf|mit dem Buntpapier, das die Kundin mit dem Dackel so lobt}? Liefertermin wäre {Anfang des Monats|in vier Wochen} schön.',
      '{n} Stück schaffe ich bis {zum 20.|Monatsende}. Das Papier ist {dasselbe wie zuletzt, 100 g, cremeweiß|leider eingestellt; ich schlage ein etwas wärmeres vor}. Preis je Stück {14,50|16,00|17,80} Euro wie gehabt.',
      'einverstanden, bitte so machen. {Die Rechnung wie immer an den Laden.|Die Muster kleben schon im Schaufenster.}',
      'die Hefte sind fertig; ich bringe sie {morgen früh|am Freitag} mit dem Anhänger. Die Rechnung folgt getrennt.',
    ],
  },
  {
    subject: 'Reparatur: {book=Kochbuch|Gesangbuch|Atlas|Märchenbuch} einer Kundin',
    turns: [
      'eine Kundin hat uns ein {book} gebracht, {um 1910|von 1887|aus den Zwanzigern}, der Rücken {fehlt ganz|hängt an einem Faden}. Sie möchte es {ihrer Enkelin schenken|wieder benutzen}. Was würde das ungefähr kosten?',
      'ohne es gesehen zu haben: neuer Rücken und Gelenke {120 bis 160|90 bis 140} Euro, {lose Lagen heften käme dazu|den alten Einband erhalte ich}. {Bitte nichts kleben, auch nicht „nur vorläufig“.|Ich sehe es mir am Dienstag gern an.}',
      'sie ist einverstanden und {ganz gerührt|hat es nicht eilig}. {Das Buch liegt unter der Theke für Sie.|Ich habe ihr das Klebeband abgenommen.}',
    ],
  },
  {
    subject: 'Lesung {im Mai|im November}: Büchertisch',
    turns: [
      'zur Lesung möchten wir einen Tisch mit gebundenen Heften zeigen. Hätten Sie Lust, {eine halbe Stunde|zwischendurch} das Heften vorzuführen? {Es gibt Wein und zu wenige Stühle.|Honorar: 100 Euro und die Kollekte.}',
      'sehr gern, ich bringe {die kleine Heftlade|Nadel, Faden und Ahle} mit. Ich brauche nur {gutes Licht|einen Tisch, der nicht wackelt}.',
    ],
  },
];

export const PRESS_TOPICS: readonly Topic[] = [
  {
    subject:
      'Edition of {n=60|75|120}: “{title=The Tide Tables|Letters to a Ferryman|Salt and Lanterns|A Heron’s Year}”',
    turns: [
      'Our next book is “{title}”, {n} copies, {96|112|128} pages, printed {letterpress on mould-made paper|damp, so the sheets will wave a little}. We would love {quarter leather|paper over boards with a vellum spine}. Could you quote, and could you deliver by {the end of March|the autumn fair}?',
      'What a lovely text. For {n} copies I would suggest {sewing on linen tapes|five supports}, with {a hollow back|tight back}. My quotation: {64|71|83} euros a copy, {slipcase 18 more|materials included}. The delivery date works if the sheets are here {six|eight} weeks before.',
      'Agreed, and the slipcases for {ten|twenty} of them. Sheets leave us on {Monday|the 3rd}. {The pilot boat smudged one of the woodcuts, so count twice please.|Would you dye the leather, or shall we?}',
      'The parcel arrived dry and complete: {n} sets and {two|four} spares. {Attached a photo of the trial binding.|I start folding tomorrow.}',
      'That is exactly how I imagined it. {My wife says it looks as if it had always existed.|Please go ahead with all of them.}',
    ],
  },
  {
    subject: 'Marbled papers, sample sheets',
    turns: [
      'The samples came today. Number {3|7} is superb, number {2|5} looks like {weather|an oil spill, in a good way}. How many sheets of {3|7} could you make without two being alike?',
      'As many as you like, they cannot be alike: every sheet floats off the bath once. {Thirty take me two days.|I count 1.80 euros a sheet.} The pattern stays, the rest is luck.',
    ],
  },
];

export const CLIENTS_DE: readonly Topic[] = [
  {
    subject: 'Anfrage: {piece=Gästebuch|Kondolenzbuch|Stammbuch|Fotoalbum} {für eine Hochzeit|zum Jubiläum|nach Maß}',
    turns: [
      'auf Empfehlung {einer Kollegin|der Buchhandlung} wende ich mich an Sie. Wir suchen ein {piece}, {Format etwa 25 × 30 cm|quer, nicht zu schwer}, mit {geprägtem Datum|Lesebändchen und Schuber}. Wäre das bis {Mitte Juni|in acht Wochen} möglich, und mit welchen Kosten müssten wir rechnen?',
      'vielen Dank für Ihre Anfrage. Ein {piece} in dieser Größe liegt je nach Material zwischen {140|160} und {210|260} Euro; der Termin ist {gut|gerade noch} zu schaffen. {Kommen Sie gern in die Werkstatt, dann können Sie das Leinen anfassen.|Drei Farbproben lege ich Ihnen per Post bei.}',
      'das klingt sehr gut. Wir entscheiden uns für {das dunkle Blau|Weinrot|das naturfarbene Leinen}. Bitte {bestätigen Sie uns den Auftrag|schicken Sie uns eine Rechnung}.',
      'hiermit bestätige ich den Auftrag. Sobald das {piece} trocken ist (Leim lässt sich nicht drängen), melde ich mich.',
    ],
  },
  {
    subject: '{Kirchenbücher|Protokollbände|Vereinshefte} {binden|sichern}',
    turns: [
      'wir haben {sieben|elf|vier} Jahrgänge, die nur noch von {Gummiringen|Bindfaden und Hoffnung} zusammengehalten werden. Ließe sich das {haltbar|ohne großes Budget} binden? {Für die Förderung bräuchten wir ein Angebot auf Briefbogen.|Es eilt nicht, sie warten schon seit 1974.}',
      'gern. Ich schlage Bibliothekseinbände in {Buckram|Leinen} vor, Titel geprägt, je Band {58|64|72} Euro. {Die Heftklammern muss ich vorher ziehen, sie rosten.|Abholen kann ich mit dem Lastenrad.} Das Angebot hängt an.',
      'der {Vorstand|Kirchenvorstand} hat zugestimmt. {Die Kartons stehen im Flur bereit.|Bitte klingeln Sie dreimal, die Glocke ist schwach.}',
    ],
  },
  {
    subject: 'Wasserschaden im {Keller|Magazin}',
    turns: [
      'bei uns ist {ein Rohr geplatzt|das Fallrohr übergelaufen}, etwa {dreißig|zwei Meter} Bücher sind nass. Was sollen wir jetzt sofort tun?',
      'bitte nicht föhnen und nicht aufblättern. Nasses {in Folie einschlagen und einfrieren|aufrecht und getrennt stellen}, Klammes {auf Löschpapier fächern|bei offenem Fenster trocknen}. Ich kann {heute um 17 Uhr|morgen früh} da sein.',
      'Sie haben uns sehr geholfen, fast alles ist zu retten. {Der Kuchen im Archiv ist ab jetzt Ihrer.|Schreiben Sie bitte eine Rechnung, keine Bescheidenheit.}',
    ],
  },
];

export const CLIENTS_EN: readonly Topic[] = [
  {
    subject: 'Rebinding my {grandfather’s logbook|thesis|recipe notebook}',
    turns: [
      'I found your address through {a friend in Aarhus|the guild’s list}. The book is {190 pages, foxed but complete|in three pieces and a rubber band}, and I would like it to be {used, not shown|safe for another century}. Do you accept work from abroad?',
      'Yes, with pleasure. Please wrap it in {paper, then card, then plastic|two boxes} and insure it. I would {keep the old cover and reback it|sew it anew and save every scrap}. Between {130|150} and {190|220} euros, and about {five|seven} weeks.',
      'It is on its way. {Take all the time it needs.|The stain on page 40 is soup and should stay.} Thank you!',
    ],
  },
  {
    subject: 'Workshop “{First Book|Japanese Bindings|Paste Papers}”: {one|two} places?',
    turns: [
      'Is there still room in your weekend course? {I have never held a bone folder in my life.|My sister would come too.} And is it held in English?',
      'There is. We speak a mixture of both languages, and hands explain the rest. {95|110} euros with materials, soup included. {Wear something that may meet glue.|Saturday ten to five, Sunday until the tea is gone.}',
      'Wonderful, please put {me|us} down. {Transfer is on its way.|I will bring the biscuits.}',
    ],
  },
];
