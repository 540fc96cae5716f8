import { client, friend } from './people.ts';

export const MOTHER = friend('de', {
  name: 'Antje Lorenzen',
  address: 'antje.lorenzen@example.net',
  calls: 'Mama',
  closes: ['Deine Mama', 'Drück dich, Mama', 'Liebe Grüße von uns beiden\nMama'],
  mailer: 'phone',
});
export const BROTHER = friend('de', {
  name: 'Sönke Lorenzen',
  address: 'soenke@example.com',
  calls: 'Sönke',
  closes: ['Gruß Sönke', 'S.', 'Bis denn\nSönke'],
  mailer: 'phone',
  quotes: true,
});
export const GRANDPARENTS = friend('de', {
  name: 'Käthe und Willem Lorenzen',
  address: 'kaethe-und-willem@example.org',
  calls: 'ihr zwei',
  closes: ['Es grüßt Dich herzlich\nDeine Oma Käthe', 'Deine Großeltern\nKäthe und Willem', 'Dein Opa Willem'],
  mailer: 'old',
});
export const COUSIN = friend('en', {
  name: 'Maren Whitcombe',
  address: 'maren.whitcombe@example.com',
  calls: 'Maren',
  closes: ['Love, Maren', 'Hugs from all four of us\nMaren', 'M x'],
  mailer: 'phone',
  quotes: true,
});

export const CHOIR_LEADER = friend('de', {
  name: 'Friederike Abelmann',
  address: 'f.abelmann@example.org',
  calls: 'Friederike',
  closes: ['Klangvolle Grüße\nFriederike', 'Bis zur Probe!\nFriederike'],
  mailer: 'desk',
});
export const CHOIR_MEMBERS = [
  friend('de', {
    name: 'Bjarne Tönnies',
    address: 'bjarne.toennies@example.com',
    calls: 'Bjarne',
    closes: ['Bjarne (Bass 2)', 'Grüße, Bjarne'],
    mailer: 'portal',
    quotes: true,
  }),
  friend('de', {
    name: 'Wiebke Oldehus',
    address: 'w.oldehus@example.net',
    calls: 'Wiebke',
    closes: ['Liebe Grüße\nWiebke', 'Wiebke aus dem Alt'],
    mailer: 'phone',
  }),
  friend('en', {
    name: 'Callum Redfern',
    address: 'callum.redfern@example.org',
    calls: 'Callum',
    closes: ['Cheers\nCallum', 'See you at rehearsal\nCallum'],
    mailer: 'desk',
    quotes: true,
  }),
];

export const CYCLISTS = [
  friend('de', {
    name: 'Hauke Brodersen',
    address: 'hauke@example.org',
    calls: 'Hauke',
    closes: ['Rückenwind!\nHauke', 'Gruß, Hauke'],
    mailer: 'desk',
    signature: 'Hauke Brodersen · Tourenwart\nRadgruppe „Immer an der Wakenitz lang“',
  }),
  friend('de', {
    name: 'Tomke Äpfelbaum',
    address: 'tomke.ae@example.net',
    calls: 'Tomke',
    closes: ['Tomke', 'Kette rechts!\nTomke'],
    mailer: 'phone',
  }),
  friend('en', {
    name: 'Ines Valderrama Soto',
    address: 'ines.vs@example.com',
    calls: 'Ines',
    closes: ['Ines', 'Un abrazo\nInes'],
    mailer: 'phone',
    quotes: true,
  }),
];

export const FRIENDS = [
  friend('de', {
    name: 'Levke Grönwoldt',
    address: 'levke.groenwoldt@example.com',
    calls: 'Levke',
    closes: ['Deine Levke', 'Umarmung!\nLevke'],
    mailer: 'desk',
    quotes: true,
  }),
  friend('de', {
    name: 'Mattis Ehlerding',
    address: 'mattis@example.net',
    calls: 'Mattis',
    closes: ['Mattis', 'Gruß von nebenan\nMattis'],
    mailer: 'portal',
  }),
  friend('en', {
    name: 'Orla Fennimore',
    address: 'orla@example.org',
    calls: 'Orla',
    closes: ['Orla', 'Take care\nOrla'],
    mailer: 'desk',
    quotes: true,
    signature: 'Orla Fennimore\npaper conservator, tea drinker',
  }),
  friend('en', {
    name: 'Jonas Vestergård',
    address: 'jonas.vestergaard@example.com',
    calls: 'Jonas',
    closes: ['Jonas', 'Hilsen from Aarhus\nJonas'],
    mailer: 'phone',
  }),
  friend('de', {
    name: 'Nuray Şimşek',
    address: 'nuray.simsek@example.org',
    calls: 'Nuray',
    closes: ['Nuray', 'Bis Donnerstag!\nNuray'],
    mailer: 'phone',
    quotes: true,
  }),
];

export const BOOKSHOP = client('de', {
  name: 'Buchhandlung Sandregenpfeifer',
  address: 'werkstattauftraege@sandregenpfeifer.example.com',
  calls: 'Frau Pahlmann',
  closes: ['Herzliche Grüße\nGesine Pahlmann'],
  mailer: 'office',
  signature: 'Buchhandlung Sandregenpfeifer\nInh. Gesine Pahlmann · Hüxgasse 0, Lübeck\nTel. 0451 0000-14',
});
export const PRESS = client('en', {
  name: 'Edmund Larkhill (Saltmarsh Press)',
  address: 'edmund@saltmarsh.example.org',
  calls: 'Mr Larkhill',
  closes: ['With kind regards\nEdmund Larkhill', 'Yours\nEdmund'],
  mailer: 'desk',
  signature: 'Saltmarsh Press · fine limited editions\nThe Old Net Loft, Thornmere',
});
export const CLIENTS = [
  client('de', {
    name: 'Dr. Ulrike Ströbele-Krog',
    address: 'stroebele-krog@example.net',
    calls: 'Frau Dr. Ströbele-Krog',
    closes: ['Mit freundlichen Grüßen\nUlrike Ströbele-Krog'],
    mailer: 'office',
  }),
  client('de', {
    name: 'Gemeindebüro Sankt Ansgarius',
    address: 'gemeindebuero@ansgarius.example.org',
    calls: 'Frau Timm',
    closes: ['Mit freundlichem Gruß\ni. A. Roswitha Timm'],
    mailer: 'portal',
    signature: 'Gemeindebüro Sankt Ansgarius\nBürozeiten: Di und Do 9–12 Uhr',
  }),
  client('en', {
    name: 'Harriet Ashdown-Pell',
    address: 'h.ashdownpell@example.com',
    calls: 'Ms Ashdown-Pell',
    closes: ['Kind regards\nHarriet Ashdown-Pell'],
    mailer: 'phone',
  }),
  client('de', {
    name: 'Archiv des Heimatbundes Trave',
    address: 'archiv@heimatbund-trave.example.org',
    calls: 'Herr Jürgensen',
    closes: ['Mit besten Grüßen\nEnno Jürgensen, Archivar'],
    mailer: 'old',
  }),
  client('en', {
    name: 'Tobias Kerrigan',
    address: 'tk@kerrigan.example.net',
    calls: 'Mr Kerrigan',
    closes: ['Best wishes\nTobias Kerrigan', 'Tobias'],
    mailer: 'office',
  }),
];

export const NEIGHBOUR_OFFICE = client('de', {
  name: 'Hausverwaltung Rehbein & Söhne',
  address: 'verwaltung@rehbein.example.com',
  calls: 'Herr Rehbein',
  closes: ['Mit freundlichen Grüßen\nHausverwaltung Rehbein & Söhne'],
  mailer: 'office',
});
