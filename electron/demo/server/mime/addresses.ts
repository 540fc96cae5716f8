/** Address lists for ENVELOPE (RFC 5322 §3.4, RFC 3501 §7.4.2). */

/** All null: a group's end. mailbox set and host null: a group's start. */
export interface EnvelopeAddress {
  name: string | null;
  mailbox: string | null;
  host: string | null;
}

export function parseAddresses(value: string): EnvelopeAddress[] {
  const found: EnvelopeAddress[] = [];
  for (const { text, sign } of splitList(value)) {
    const trimmed = text.trim();
    if (sign === ':') {
      found.push({ name: null, mailbox: unquote(trimmed), host: null });
      continue;
    }
    if (trimmed !== '') found.push(parseOne(trimmed));
    if (sign === ';') found.push({ name: null, mailbox: null, host: null });
  }
  return found;
}

/** Pieces between `,` `:` `;` that stand outside of quotes, comments and angle brackets; each with the sign after it. */
function splitList(value: string): { text: string; sign: string }[] {
  const pieces: { text: string; sign: string }[] = [];
  let text = '';
  let inQuotes = false;
  let depth = 0;
  let inAngle = false;
  for (let i = 0; i < value.length; i++) {
    const c = value[i] ?? '';
    if (c === '\\') text += c + (value[++i] ?? '');
    else if (!inQuotes && !inAngle && depth === 0 && ',:;'.includes(c)) {
      pieces.push({ text, sign: c });
      text = '';
      continue;
    } else text += c;
    if (c === '"' && depth === 0) inQuotes = !inQuotes;
    else if (inQuotes) continue;
    else if (c === '(') depth++;
    else if (c === ')') depth = Math.max(0, depth - 1);
    else if (c === '<') inAngle = true;
    else if (c === '>') inAngle = false;
  }
  pieces.push({ text, sign: '' });
  return pieces;
}

function parseOne(text: string): EnvelopeAddress {
  const angle = /^(.*)<([^<>]*)>[^<>]*$/s.exec(text);
  const comment = /\(([^()]*)\)\s*$/.exec(text);
  const address = (angle?.[2] ?? text.replace(/\([^()]*\)/g, '')).trim();
  const name = angle ? unquote((angle[1] ?? '').trim()) : (comment?.[1] ?? '');
  const at = address.lastIndexOf('@');
  return {
    name: name === '' ? null : name,
    mailbox: at < 0 ? address : address.slice(0, at),
    host: at < 0 ? '' : address.slice(at + 1),
  };
}

function unquote(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replace(/\\(.)/g, '$1')
    : text;
}
