/** Links that lead out of the app: to the system's browser or mail program, and only by the user's own hand. */
import { shell, type WebContents } from 'electron';

/** Time for a question that the page asks before it opens a link. */
const CLICK_COUNTS_MS = 30_000;
const HANDS_ON = new Set(['mouseDown', 'mouseUp', 'keyDown', 'rawKeyDown', 'touchEnd', 'gestureTap']);

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
  if (!clicked || !isHarmless(url)) return false;
  void shell.openExternal(url);
  return true;
}

function isHarmless(url: string): boolean {
  return URL.canParse(url) && ['https:', 'mailto:'].includes(new URL(url).protocol);
}
