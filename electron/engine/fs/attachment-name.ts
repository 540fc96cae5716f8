/** File names for what a message brings: safe on every system, honest about their end, never empty. */
import { isRiskyEnding, isRiskyType, typeEnding } from './file-types.ts';
import { bound, DEVICE, nameKey, UNSAFE } from './safe-name.ts';

/** Octets of UTF-8; leaves room for ` (12)` and for the folder around it. */
const MAX_NAME_BYTES = 150;
const MAX_ENDING = 20;
/** Take no room, or look like a blank: they hide an ending or make two names look equal. */
const INVISIBLE =
  /[\ufe00-\ufe0f]|\u034f|\u061c|\u180e|[\u00ad\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]/gu;

/**
 * @param original as the message has it; '' when it has none
 * @param mimeType gives the ending where there is none
 */
export function attachmentName(original: string, mimeType: string): string {
  let name = lastSegment(original.slice(0, 4000).toWellFormed().normalize('NFC'))
    .replace(INVISIBLE, '')
    .replace(/[\s\u0000-\u001f\u007f-\u00a0]+/gu, ' ')
    .replace(UNSAFE, (c) => (c === '%' ? c : '_'))
    // Blanks before a dot push the true ending out of sight: `invoice.pdf      .exe`.
    .replace(/ +(?=\.)/g, '')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (/^_*$/.test(name)) name = defaultStem(mimeType);
  const { stem, ending } = splitEnding(name);
  const full = ending === '' ? typeEnding(mimeType) : ending;
  name = `${bound(DEVICE.test(`${stem}${full}`) ? `_${stem}` : stem, MAX_NAME_BYTES - Buffer.byteLength(full))}${full}`;
  return name;
}

/**
 * The same name with a number where another attachment of the message has it already: `photo (2).jpg`.
 *
 * @param taken keys as nameKey gives them; the chosen one is added
 */
export function distinctAttachmentName(name: string, taken: Set<string>): string {
  const { stem, ending } = splitEnding(name);
  let chosen = name;
  for (let n = 2; taken.has(nameKey(chosen)); n++) chosen = `${stem} (${n})${ending}`;
  taken.add(nameKey(chosen));
  return chosen;
}

/**
 * Could opening it run a program, or a page with scripts outside of our walls? Only what the system goes by counts: the
 * end of the name, and the type where the name has no end.
 */
export function isRisky(name: string, mimeType: string): boolean {
  const plain = name.replace(INVISIBLE, '').replace(/[. ]+$/g, '');
  const { ending } = splitEnding(plain);
  // An ending in braces is the identity of a program on Windows.
  if (/\.\{[0-9a-f-]{8,40}\}$/i.test(plain)) return true;
  return isRiskyEnding(ending.slice(1).toLowerCase()) || isRiskyType(mimeType);
}

/** A path is a path only where it looks like one: `Rechnung 3/2014.pdf` is a name. */
function lastSegment(name: string): string {
  const isPath = /^([a-z]:)?[\\/]|(^|[\\/])\.{1,2}[\\/]|^file:/i.test(name);
  return isPath
    ? (name
        .split(/[\\/]+/)
        .filter((s) => !/^[\s.]*$/.test(s))
        .at(-1) ?? '')
    : name;
}

function splitEnding(name: string): { stem: string; ending: string } {
  const match = /^(.+)(\.[^.\s]+)$/su.exec(name);
  if (!match || match[2]!.length > MAX_ENDING) return { stem: name, ending: '' };
  return { stem: match[1]!, ending: match[2]! };
}

function defaultStem(mimeType: string): string {
  const kind = mimeType.split('/')[0];
  if (kind === 'image') return 'picture';
  if (kind === 'audio' || kind === 'video') return kind;
  return kind === 'message' ? 'message' : 'attachment';
}
