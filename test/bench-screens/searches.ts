/** What is searched for: another text in each run, so that nothing is known from the one before. */
export interface Search {
  what: string;
  texts: readonly string[];
  /** Letter by letter; else all at once, as from the clipboard. */
  isTyped: boolean;
}

const COMMON = ['meeting', 'budget', 'project', 'delivery', 'review'];

export const SEARCHES: readonly Search[] = [
  { what: 'search, one letter', texts: ['m', 'b', 's', 'k', 'e'], isTyped: true },
  { what: 'search, a common word typed', texts: COMMON, isTyped: true },
  {
    what: 'search, a common word pasted',
    texts: ['invoice', 'schedule', 'contract', 'Rechnung', 'server'],
    isTyped: false,
  },
  {
    what: 'search, two common words typed',
    texts: ['the of', 'und der', 'for with', 'your from', 'have are'],
    isTyped: true,
  },
  {
    what: 'search, two common words pasted',
    texts: ['attached regards', 'thanks please', 'customer update', 'Angebot Termin', 'Lieferung Müller'],
    isTyped: false,
  },
  {
    what: 'search, a rare word pasted',
    texts: ['report-1234', 'report-2345', 'report-3456', 'report-456', 'report-789'],
    isTyped: false,
  },
  { what: 'search, nothing to be found', texts: ['qqxzq', 'xqzzx', 'zzqqx', 'xxqqz', 'qzxqz'], isTyped: false },
];
