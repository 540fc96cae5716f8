/** Text on its way into HTML. */
import type { HitFinder } from '../search-hits.ts';

export function escapeText(text: string): string {
  return text.replace(/[&<>\u0000]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : ''));
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;').replaceAll('`', '&#96;');
}

/** Hits of a search become <mark>; only ever for the text between tags. */
export function markHits(text: string, hits: HitFinder): string {
  let out = '';
  let at = 0;
  for (const [from, to] of hits(text)) {
    out += `${escapeText(text.slice(at, from))}<mark class="mf-hit">${escapeText(text.slice(from, to))}</mark>`;
    at = to;
  }
  return out + escapeText(text.slice(at));
}
