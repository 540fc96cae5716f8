/** The ratios as an SVG: one bar for each, and a mark where its aim is. */
import { number, type Verdict } from './aims.ts';

const WIDTH = 900;
const LABELS = 400;
const BARS = 390;
const ROW = 22;
const TOP = 40;
const GAP = 56;

const STYLE = `
  :root { --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --met: #1f7a4d; --missed: #b3471d; --paper: #ffffff; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --met: #4cb782; --missed: #e8825a; --paper: #0d1117; }
  }
  .paper { fill: var(--paper); }
  text { font: 13px system-ui, sans-serif; fill: var(--ink); }
  .title { font-weight: 600; font-size: 15px; }
  .soft { fill: var(--soft); }
  .axis { stroke: var(--line); }
  .met { fill: var(--met); }
  .missed { fill: var(--missed); }
  .aim { stroke: var(--ink); stroke-width: 2; }
`;

interface Chart {
  title: string;
  rows: readonly Verdict[];
  /** Where a value stands, from 0 to 1. */
  place: (value: number) => number;
}

export function drawVerdicts(verdicts: readonly Verdict[]): string {
  const ratios = verdicts.filter(({ value, unit }) => value !== null && unit === '×');
  const limits = ratios.filter(({ better }) => better === 'less');
  const peers = ratios.filter(({ better }) => better === 'more');
  const charts: Chart[] = [
    { title: 'Time, as a multiple of a raw client’s: shorter is better', rows: limits, place: linear(limits) },
    { title: 'Times as fast as a peer, logarithmic: longer is better', rows: peers, place: logarithmic(peers) },
  ].filter(({ rows }) => rows.length > 0);
  let y = 0;
  const parts: string[] = [];
  for (const chart of charts) {
    parts.push(draw(chart, y));
    y += TOP + chart.rows.length * ROW + GAP - TOP;
  }
  const height = y + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="t">`,
    '<title id="t">Mailferry against a raw client and against its peers</title>',
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function draw({ title, rows, place }: Chart, top: number): string {
  const x = (value: number): string => (LABELS + place(value) * BARS).toFixed(1);
  const first = top + TOP;
  const lines = rows.map((verdict, n) => {
    const { value, aim, isMet, work, what } = verdict;
    const y = first + n * ROW;
    const width = (Number(x(value!)) - LABELS).toFixed(1);
    const told = `${number(value!)} ×, aim ${number(aim)}`;
    const end = Math.max(Number(x(value!)), Number(x(aim))) + 8;
    return [
      `<text x="${LABELS - 10}" y="${y + 12}" text-anchor="end">${escape(work)} <tspan class="soft">${escape(detail(what))}</tspan></text>`,
      `<rect class="${isMet ? 'met' : 'missed'}" x="${LABELS}" y="${y + 2}" width="${width}" height="${ROW - 9}" rx="2"/>`,
      `<line class="aim" x1="${x(aim)}" x2="${x(aim)}" y1="${y - 1}" y2="${y + ROW - 4}"/>`,
      `<text class="soft" x="${end.toFixed(1)}" y="${y + 12}">${told}${isMet ? '' : ' (missed)'}</text>`,
    ].join('\n');
  });
  const bottom = first + rows.length * ROW;
  const one = `<line class="axis" x1="${x(1)}" x2="${x(1)}" y1="${first - 4}" y2="${bottom}"/>`;
  return [`<text class="title" x="12" y="${top + 24}">${escape(title)}</text>`, one, ...lines].join('\n');
}

/** The limit needs no words: it is what the chart is about. */
const detail = (what: string): string => (what.startsWith('faster than ') ? `as ${what.slice(12)}` : '');

/** Bars and their words have to fit beside each other. */
const SHARE = 0.68;

function linear(rows: readonly Verdict[]): Chart['place'] {
  const most = Math.max(...rows.flatMap(({ value, aim }) => [value!, aim]));
  return (value) => (value / most) * SHARE;
}

/** From half as fast on, so that being slower still shows a bar. */
function logarithmic(rows: readonly Verdict[]): Chart['place'] {
  const least = Math.min(0.5, ...rows.map(({ value }) => value! / 1.2));
  const most = Math.max(...rows.flatMap(({ value, aim }) => [value!, aim]));
  return (value) => (Math.log(value / least) / Math.log(most / least)) * SHARE;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
