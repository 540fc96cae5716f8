/** What was measured, beside what is aimed at. */
export interface Figure {
  what: string;
  value: number;
  unit: 'ms' | 'messages a second' | '×' | 'octets a message';
  /** null: told, not judged. */
  aim: number | null;
  /** Below the aim is better, or above it. */
  better: 'less' | 'more';
}

export const HITS_MS = 50;
export const INDEXED_PER_SECOND = 3000;
export const SLOWER = 1.1;

export const isMet = ({ value, aim, better }: Figure): boolean =>
  aim === null || (better === 'less' ? value <= aim : value >= aim);

export function renderFigures(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ what }) => what.length));
  return figures
    .map((figure) => {
      const { what, value, unit, aim, better } = figure;
      const shown = `${what.padEnd(width)}  ${number(value, unit).padStart(9)} ${unit.padEnd(17)}`;
      if (aim === null) return shown.trimEnd();
      return `${shown}  ${better === 'less' ? 'at most' : 'at least'} ${number(aim, unit)}  ${isMet(figure) ? 'met' : 'missed'}`;
    })
    .join('\n');
}

const number = (value: number, unit: Figure['unit']): string =>
  unit === '×' ? value.toFixed(2) : unit === 'ms' ? value.toFixed(1) : Math.round(value).toLocaleString('en');
