/** A status response: `OK [CODE args] text` (RFC 9051 §7.1), tagged or not. */
export interface StatusLine {
  status: 'OK' | 'NO' | 'BAD' | 'BYE' | 'PREAUTH';
  /** Upper case name of the response code, null without one. */
  code: string | null;
  /** What follows the name inside the brackets; '' when nothing does. */
  args: string;
  /** The human-readable rest. Hostile. */
  text: string;
}

const STATUS = new Set(['OK', 'NO', 'BAD', 'BYE', 'PREAUTH']);

/** @returns null when the text does not begin with a status word */
export function parseStatusLine(text: string): StatusLine | null {
  const space = text.indexOf(' ');
  const word = (space < 0 ? text : text.slice(0, space)).toUpperCase();
  if (!STATUS.has(word)) return null;
  const status = word as StatusLine['status'];
  const rest = space < 0 ? '' : text.slice(space + 1);
  const close = rest.startsWith('[') ? closingBracket(rest) : -1;
  if (close < 0) return { status, code: null, args: '', text: rest };
  const inside = rest.slice(1, close);
  const gap = inside.indexOf(' ');
  const code = (gap < 0 ? inside : inside.slice(0, gap)).toUpperCase();
  return { status, code, args: gap < 0 ? '' : inside.slice(gap + 1), text: rest.slice(close + 1).trimStart() };
}

/** Codes such as `[PERMANENTFLAGS (\Seen "a]b")]` may hold a bracket inside quotes. */
function closingBracket(text: string): number {
  let quoted = false;
  for (let i = 1; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '\\') i++;
    else if (c === '"') quoted = !quoted;
    else if (c === ']' && !quoted) return i;
  }
  return text.indexOf(']');
}
