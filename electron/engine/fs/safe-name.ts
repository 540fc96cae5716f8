/** File names from mailbox names. The true name is in the journal; this one only has to be safe, readable and distinct. */

/** Octets of UTF-8. Leaves room under the usual limit of 255 for `.sbd`, `.new`, `.msf` and a number. */
const MAX_NAME_BYTES = 160;

/** Names that Windows keeps for devices, with or without an ending. */
export const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
/** Endings with a meaning in an archive (`.sbd` children, `.part`, `.new` work files) or to Thunderbird (`.msf`, `.dat`). */
const RESERVED_ENDING = /\.(sbd|part|new|eml|msf|dat|lock)$/i;
/** Not allowed on Windows, a separator somewhere, a control or a format character that hides or reorders text. */
export const UNSAFE =
  /[/\\:*?"<>|%\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu;

/**
 * The first choice for a segment of a mailbox path. Unsafe characters become `%XX` (their UTF-8 octets), so most
 * names stay distinct and all stay readable; the result is NFC and never empty, `.` or `..`.
 */
export function safeName(segment: string): string {
  let name = segment.toWellFormed().normalize('NFC').replace(UNSAFE, percent);
  name = name.replace(/[. ]+$/u, (tail) => percent(tail)).replace(/^[. ]/u, percent);
  if (DEVICE.test(name)) name = percent(name[0]!) + name.slice(1);
  name = name.replace(RESERVED_ENDING, (ending) => percent('.') + ending.slice(1));
  return bound(name === '' ? '%' : name, MAX_NAME_BYTES);
}

/** Equal keys could be one file on some disk: case, Unicode form and invisible joiners are folded away. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\u200d|[\ufe00-\ufe0f]/gu, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC');
}

/**
 * A safe name that no name in `taken` could be confused with; a number is added on collision, as in `name~2`.
 *
 * @param taken keys as `nameKey` gives them; the chosen one is not added
 */
export function distinctName(segment: string, taken: { has(key: string): boolean }): string {
  const first = safeName(segment);
  if (!taken.has(nameKey(first))) return first;
  for (let n = 2; ; n++) {
    const name = `${bound(first, MAX_NAME_BYTES - 8)}~${n}`;
    if (!taken.has(nameKey(name))) return name;
  }
}

function percent(text: string): string {
  let out = '';
  for (const octet of Buffer.from(text)) out += `%${octet.toString(16).toUpperCase().padStart(2, '0')}`;
  return out;
}

/** Cut at a character, never inside one, a combined one or a `%XX`. */
export function bound(name: string, maxBytes: number): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  let out = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > maxBytes - 1) break;
    out += segment;
  }
  if (out === '')
    out = Buffer.from(name)
      .toString('hex')
      .slice(0, maxBytes - 1);
  return out.replace(/%[0-9A-F]?$/u, '').replace(/[. ]+$/u, '') + '~';
}
