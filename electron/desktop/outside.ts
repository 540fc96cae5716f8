/** Links that lead out of the app: to the system's browser or mail program, and only by the user's own hand. */
import { randomBytes } from 'node:crypto';
import { shell, type WebContents } from 'electron';

/** Time for a question that the page asks before it opens a link. */
const CLICK_COUNTS_MS = 30_000;
const HANDS_ON = new Set(['mouseDown', 'mouseUp', 'keyDown', 'rawKeyDown', 'touchEnd', 'gestureTap']);

/**
 * What every link in mail begins with. Mail stands in a frame of another process, of whose clicks Electron tells nothing;
 * but no script runs there, so a link that is followed was clicked, and no other page knows this address.
 */
export const MAIL_LINK_BASE = `app://link/${randomBytes(16).toString('hex')}/`;

const lastInput = new WeakMap<WebContents, number>();

/** Remember when the user last clicked or pressed a key in this page. */
export function followInput(contents: WebContents): void {
  contents.on('input-event', (_event, input) => {
    if (HANDS_ON.has(input.type)) lastInput.set(contents, Date.now());
  });
}

/** Nothing happens for anything but https: and mailto:, and nothing without a click. @returns whether it was opened */
export function openOutside(url: string, contents: WebContents): boolean {
  const clicked = Date.now() - (lastInput.get(contents) ?? -Infinity) < CLICK_COUNTS_MS;
  return clicked && openHarmless(url);
}

/** @returns where a link of a mail leads, which was clicked; null for every other address */
export function linkOfMail(url: string): string | null {
  return url.startsWith(MAIL_LINK_BASE) ? decodeURIComponent(url.slice(MAIL_LINK_BASE.length)) : null;
}

/** @returns false: nothing but https: and mailto: is opened */
export function openHarmless(url: string): boolean {
  if (!URL.canParse(url) || !['https:', 'mailto:'].includes(new URL(url).protocol)) return false;
  void shell.openExternal(url);
  return true;
}
