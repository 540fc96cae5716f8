import type { Topic } from '../topic.ts';

export const GRANDPARENT_TOPICS: readonly Topic[] = [
  {
    subject: 'Dein {Brief|Besuch}',
    turns: [
      'wir haben uns sehr über Deinen {Brief|Besuch|Anruf} gefreut. Opa hat {die Karte neben die Uhr gestellt|gleich allen im Verein davon erzählt}. Bei uns ist {alles beim Alten, nur die Knie sind nicht mehr so|der Garten grün und der Rücken krumm}.\n\n{Der Apfelbaum trägt dieses Jahr, dass man ihn stützen muss.|Gestern saß ein Eisvogel am Graben, Opa schwört es.|Die Amseln haben alle Johannisbeeren geholt.}',
    ],
  },
  {
    subject: 'Das Internet',
    turns: [
      'Sönke hat mir gezeigt, wie man {einen Anhang macht|ein Foto verschickt}. Ob es gelungen ist, weißt nur Du. {Bei mir ist es jetzt jedenfalls weg.|Man sieht {die Katze|Opa beim Rasenmähen}, hoffe ich.}',
      'es ist angekommen, und wie! {Die Katze guckt, als hätte sie das Foto selbst gemacht.|Opa sieht aus wie ein Kapitän.} Schickt ruhig mehr davon.',
    ],
  },
  {
    subject: 'Äpfel {abzuholen|und Quitten}',
    months: [9, 10],
    turns: [
      'es sind wieder so viele Äpfel, {drei|vier|fünf} Körbe stehen in der Waschküche. Kommst Du mit {dem Anhänger|dem Rad}? {Die Boskop halten bis Weihnachten, die anderen nicht.|Für Mus sind sie gerade recht.}',
      'ich komme {am Samstag|nächste Woche} mit dem Anhänger. {Hebt mir bitte einen Korb Boskop auf.|Ich bringe leere Gläser mit, dann kochen wir gleich.}',
      'Dann mache ich {Pfannkuchen|Grünkohl|Klopse}. Opa wetzt schon das Messer.',
    ],
  },
  {
    subject: 'Opas {Chronik|Erinnerungen}',
    turns: [
      'Opa hat nun {elf|vierzehn|neun} Hefte vollgeschrieben, von der Werft und vom Winter, als {die Trave zu war|das Eis bis zum Leuchtturm ging}. Er traut sich nicht zu fragen, darum frage ich: Könntest Du ein Buch daraus binden? {Es muss nichts Feines sein.|Er hätte gern einen dunkelblauen Einband.}',
      'nichts lieber als das. {Ich tippe sie ab, wenn er mir vorliest.|Bringt die Hefte mit, ich fotografiere erst einmal alles.} Und es wird {natürlich etwas Feines|Halbleder, keine Widerrede}.',
      'Er hat {sich geräuspert und ist in den Schuppen gegangen|den ganzen Abend gesummt}. Das heißt bei ihm, dass er sich freut.',
    ],
  },
  {
    subject: 'Herzlichen Glückwunsch!',
    months: [4],
    turns: [
      'zu Deinem Geburtstag wünschen wir Dir {Gesundheit, Freude und ruhige Hände|alles, was man nicht kaufen kann}. Das Päckchen {ist unterwegs|kommt einen Tag zu spät, die Post ist schuld}. {Der Schal ist selbst gestrickt, die eine Seite ist länger, das soll so.|Bitte gleich aufmachen, es ist etwas Verderbliches drin.}',
      'tausend Dank! {Der Schal passt zweimal um mich herum.|Von der Marmelade ist schon nichts mehr da.} {Nächstes Wochenende komme ich vorbei und erzähle.|Ich habe Euch beim Frühstück hochleben lassen.}',
    ],
  },
  {
    subject: 'Arzttermin {am Dienstag|nächste Woche}',
    turns: [
      'wir müssen nach {Bad Segeberg|Eutin} zum {Augenarzt|Ohrenarzt}, und Opa soll nicht fahren. Hast Du {Dienstag|Mittwoch} Zeit? {Sonst nehmen wir den Bus, das ginge auch.|Danach lade ich Euch ins Café ein.}',
      'natürlich fahre ich Euch. {Ich leihe mir Mattis’ Auto und bin um {neun|halb neun} da.|Nehmt die Versichertenkarten mit!}',
    ],
  },
];
