/** Begun and never sent. */
export const DRAFTS: readonly { subject: string; to: string; text: string }[] = [
  {
    subject: 'Angebot Protokollbände',
    to: 'archiv@heimatbund-trave.example.org',
    text: 'Sehr geehrter Herr Jürgensen,\n\nanbei mein Angebot für die elf Bände:\n\n  11 × Bibliothekseinband Buckram    je 68,00 €\n  Titelprägung\n  Abholung und Lieferung             ??? (Kilometer nachsehen)\n\n',
  },
  {
    subject: 'Re: Weekend in Aarhus?',
    to: 'jonas.vestergaard@example.com',
    text: 'Hi Jonas,\n\nI looked at the trains again and the one at 8:04 would',
  },
  { subject: 'Neulich', to: 'levke.groenwoldt@example.com', text: 'Levke, was ich Dir neulich nicht gesagt habe:\n' },
  {
    subject: 'Kündigung Deichnetz',
    to: 'rechnung@deichnetz.example.com',
    text: 'Sehr geehrte Damen und Herren,\n\nhiermit kündige ich meinen Anschluss zum nächstmöglichen Termin. Kundennummer: \n',
  },
  {
    subject: 'Rede für Opas 90.',
    to: 'soenke@example.com',
    text: 'Lieber Opa,\n\nals ich sieben war, hast Du mir gezeigt, wie man einen Knoten macht, der hält, und einen, der aufgeht. Beides brauche ich jeden Tag.\n\n[hier die Geschichte mit dem Boot]\n\n[nicht die mit dem Pastor]\n',
  },
];
