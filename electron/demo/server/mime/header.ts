/** Header fields as they stand in the octets (RFC 5322 §2.2). Text is latin1: one octet a character. */

export interface HeaderField {
  /** As written. */
  name: string;
  /** Unfolded, trimmed; encoded words are left alone. */
  value: string;
  /** The field with its folds and line end. */
  raw: string;
}

/** Longest header looked at; more is body to the demo server's ENVELOPE and SEARCH. */
const MAX_HEADER_BYTES = 1 << 20;

/** Where the body begins: behind the first empty line, or at the end when there is none. */
export function bodyOffset(raw: Buffer, start = 0, end = raw.length): number {
  for (let at = start; at < end;) {
    const lineEnd = raw.indexOf(0x0a, at);
    if (lineEnd < 0 || lineEnd >= end) return end;
    if (lineEnd === at || (lineEnd === at + 1 && raw[at] === 0x0d)) return lineEnd + 1;
    at = lineEnd + 1;
  }
  return end;
}

export function readHeader(raw: Buffer, start = 0, end = raw.length): HeaderField[] {
  const stop = Math.min(bodyOffset(raw, start, end), start + MAX_HEADER_BYTES);
  const lines = raw.toString('latin1', start, stop).match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const fields: HeaderField[] = [];
  for (const line of lines) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line) && last) {
      last.raw += line;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0) fields.push({ name: line.slice(0, colon).trimEnd(), value: '', raw: line });
  }
  for (const field of fields) {
    field.value = field.raw
      .slice(field.raw.indexOf(':') + 1)
      .replace(/\r?\n/g, '')
      .trim();
  }
  return fields;
}

export function fieldValue(fields: readonly HeaderField[], name: string): string | null {
  const wanted = name.toLowerCase();
  return fields.find((field) => field.name.toLowerCase() === wanted)?.value ?? null;
}

/** `text/plain; charset=utf-8; name="a b"`, attributes in lower case. */
export function parseParameters(value: string): { head: string; parameters: Map<string, string> } {
  const parameters = new Map<string, string>();
  const at = value.indexOf(';');
  const head = (at < 0 ? value : value.slice(0, at)).trim();
  const pattern = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g;
  for (const match of value.matchAll(pattern)) {
    const text = match[2] === undefined ? (match[3] ?? '') : match[2].replace(/\\(.)/g, '$1');
    parameters.set((match[1] ?? '').toLowerCase(), text);
  }
  return { head, parameters };
}
