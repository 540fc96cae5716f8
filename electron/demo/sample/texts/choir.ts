import type { Topic } from '../topic.ts';

export const CHOIR_DE: readonly Topic[] = [
  {
    subject: '[Hafenklang] Probenplan {Frühjahr|Sommer|Herbst|Advent}',
    turns: [
      'anbei der Plan bis {zu den Ferien|zum Konzert}. Wir proben donnerstags um {19:30|19:45} Uhr, {am 14. ausnahmsweise in der Schule|einmal im Monat nach Stimmen getrennt}. {Der Tenor sucht weiterhin Verstärkung, bitte fragt Eure Nachbarn.|Bringt bitte Bleistifte mit. Keine Kugelschreiber. Ihr wisst, wer gemeint ist.}',
      'danke für den Plan! {Am zweiten Donnerstag fehle ich, da habe ich {Messe|einen Kurs}.|Kann ich die Noten vorher haben? Ich binde sie dann gleich für alle.}',
    ],
  },
  {
    subject: '[Hafenklang] Noten für „{song=Abend an der Bucht|Drei Möwenlieder|Nebelhorn-Kanon|Weites Wasser}“',
    turns: [
      'die neuen Noten liegen {im Schrank|bei mir zu Hause}. Takt {17|32|48} im Alt ist {ein Druckfehler: es muss ein b sein|kein Druckfehler, es klingt wirklich so}. Bitte bis {Donnerstag|nächste Woche} einmal durchsingen, {leise genügt|gern unter der Dusche}.',
      'ich habe „{song}“ jetzt {dreimal|so oft} gesungen, dass der {Nachbar|Postbote} mitpfeift. {Atmen wir vor dem Schluss alle oder chorisch?|Takt 40: zweiter Alt oben oder unten?}',
      '{Chorisch, bitte, und niemand zusammen mit dem Nachbarn.|Unten. Immer unten. Ihr seid das Fundament.}',
    ],
  },
  {
    subject: '[Hafenklang] Chorwochenende {auf dem Knivsberg|am See|in der Heide}',
    turns: [
      'für das Chorwochenende fehlen noch {sieben|neun|vier} Anmeldungen. Kosten: {98|112|124} Euro im Doppelzimmer, Bettwäsche {inklusive|bitte mitbringen}. {Die Küche fragt, wer kein Fleisch isst.|Samstagabend ist bunter Abend, Beiträge bitte an Wiebke.}',
      'ich bin dabei, gern {mit Wiebke|im Mehrbettzimmer}, ohne Fleisch. {Ich komme mit dem Rad und brauche nur einen Platz für die Noten.|Kann jemand mein Gepäck mitnehmen?}',
    ],
  },
  {
    subject: '[Hafenklang] Konzert am {dritten Advent|ersten Juni-Sonntag}: wer hilft?',
    turns: [
      'gesucht werden: {zwei|drei} Leute für die Kasse, jemand für {den Kuchen|die Plakate} und starke Arme für die Podeste. {Einsingen um 15 Uhr, Kleidung schwarz mit etwas Blauem.|Generalprobe ist am Abend davor, Anwesenheit ist keine Frage der Laune.}',
      'Podeste {und Plakate|und Kuchen} übernehme ich. {Das Programmheft hefte ich auch, 150 Stück wie letztes Mal?|Blau: Gilt Petrol?}',
      '{150 reichen, 20 blieben letztes Mal übrig.|Petrol gilt, Türkis nicht. Irgendwo muss eine Grenze sein.} Danke Dir!',
    ],
  },
  {
    subject: '[Hafenklang] Protokoll der Mitgliederversammlung',
    months: [2, 3],
    turns: [
      'das Protokoll der Versammlung, kurz gefasst: Der Beitrag bleibt bei {8|9} Euro, die Kasse wurde {geprüft und für gut befunden|mit Applaus entlastet}. Neue Notenwartin ist {Jette, danke!|Wiebke, unter Protest.} {Ein Antrag auf weniger Möwenlieder wurde mit 21 zu 9 abgelehnt.|Der Antrag auf eine Kaffeemaschine wurde vertagt, zum vierten Mal.}',
    ],
  },
  {
    subject: '[Hafenklang] Heute {keine Probe|andere Tür}!',
    turns: [
      'kurzfristig: {Die Heizung ist ausgefallen, die Probe fällt aus. Bitte sagt es denen, die keine Mails lesen.|Der Haupteingang ist zu, bitte über den Hof.}',
    ],
  },
];

export const CHOIR_EN: readonly Topic[] = [
  {
    subject: '[Hafenklang] Pronouncing the {Welsh|Scots|English} song',
    turns: [
      'I recorded the text {slowly|line by line} so that nobody has to guess. Please do not sing “th” as “s”, {the composer is dead but I am not|my grandmother would weep}. {Bar 23: it is “hither”, not “heather”.|The r rolls only if you do.}',
      'Thank you, that helps! {The altos now argue about the vowel in “gull”.|I practised on the bicycle and frightened a heron.} Could you also read the {second|third} verse?',
      'Done, see you on Thursday. {The heron is welcome as a soprano.|“Gull” like “dull”, but happier.}',
    ],
  },
  {
    subject: '[Hafenklang] Lift to {Travemünde|Ratzeburg|Plön} on Saturday?',
    turns: [
      'I have {two|three} seats left in the car for the concert. Leaving at {13:30|two o’clock} from the {station|bridge}, {music stands on the roof|back by midnight}.',
      'I would love one, {the wind is from the east and I have a long dress|my chain broke}. {Can you take the box with the programmes too?|I will bring biscuits.}',
    ],
  },
];
