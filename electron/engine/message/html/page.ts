/**
 * The page in which a mail's HTML is shown, with the policy that it must be served with.
 *
 * How it is embedded, so that it works in Electron 33 to 45 and in Chromium alike:
 * - The host serves `html` with all of `headers`, from its own route or `app://` host, never as srcdoc (which inherits the
 *   app's policy) and never from a data: or blob: address.
 * - The app's page has `frame-src` for that origin, and shows it in
 *   `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer">`: no scripts, no same
 *   origin, no forms, no top navigation, no downloads, no dialogs. The same two words are in the header's own sandbox:
 *   what counts is what both allow, and the header also holds when somebody opens the address by itself.
 * - Every link has target=_blank. Without scripts only a click of the user can follow one. In Electron it comes to
 *   `webContents.setWindowOpenHandler`, which always answers `{ action: 'deny' }` and hands https: and mailto: to
 *   `shell.openExternal`; it knows a link of a mail by an address that no page can guess, since it hears of
 *   no click in a frame of another process. `will-frame-navigate` is prevented for everything but the page's own address.
 *   In a browser it is an ordinary new tab, which leaves the sandbox by
 *   `allow-popups-to-escape-sandbox` and knows neither opener nor referrer.
 * - The frame's origin is opaque, so the app cannot measure it: it fills its pane and scrolls by itself.
 */
import { escapeText } from './escape.ts';

/** A whole document and the headers without which it must not be served. */
export interface SafePage {
  html: string;
  headers: Record<string, string>;
}

export interface PageParts {
  /** Already safe. */
  body: string;
  bodyAttributes: string;
  title: string;
  remotePictures: boolean;
  dark: boolean;
}

export function makePage(parts: PageParts): SafePage {
  const html =
    `<!doctype html>\n<html${parts.dark ? ' class="mf-dark"' : ''}><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">' +
    `<title>${escapeText(parts.title)}</title><style>\n${BEFORE}${fitting(parts.body)}</style></head>` +
    `<body${parts.bodyAttributes}>${parts.body}\n<style>\n${AFTER}</style></body></html>\n`;
  return { html, headers: pageHeaders(parts.remotePictures) };
}

/** Narrower than that they are read as they are: with the pane's own scroll bar. */
const LEAST_PERCENT = 60;
const STEP_PERCENT = 5;
/** What the body keeps free on both sides. */
const SIDES = 40;
const FIXED_WIDTH = /<(?:table|td|th|div)\b[^>]*?\bwidth(?:="|:\s?)(\d{3,4})(?:"|px)/g;

/**
 * Newsletters are laid out for a width of their own, most often 600 px, and the pane is often narrower. Nothing can be
 * measured without scripts, so the widest fixed width of the mail says at which widths of the pane it is drawn smaller.
 */
function fitting(body: string): string {
  let widest = 0;
  for (const [, width] of body.matchAll(FIXED_WIDTH)) widest = Math.max(widest, Number(width));
  if (widest < 400 || widest > 1200) return '';
  let rules = '';
  for (let percent = 100 - STEP_PERCENT; percent >= LEAST_PERCENT; percent -= STEP_PERCENT) {
    const below = Math.round(((widest + SIDES) * (percent + STEP_PERCENT)) / 100) - 1;
    const body = `zoom:${(percent / 100).toFixed(2)};min-height:${Math.ceil(10_000 / percent)}vh`;
    rules += `@media screen and (max-width:${below}px){body{${body}}}\n`;
  }
  return rules;
}

function pageHeaders(remotePictures: boolean): Record<string, string> {
  const policy = [
    'sandbox allow-popups allow-popups-to-escape-sandbox',
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src data:${remotePictures ? ' https:' : ''}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    // Chromium looks up the names of links ahead of a click, which no policy above covers.
    'x-dns-prefetch-control': 'off',
    'cache-control': 'no-store',
  };
}

/** Goes before the mail's own styles, which may overrule it. */
const BEFORE = `html{background:#fff;color:#1c2327;color-scheme:only light;overflow-wrap:break-word}
body{box-sizing:border-box;min-height:100vh;margin:0;padding:16px 20px;font:14px/1.5 'Segoe UI','Segoe UI Variable Text',system-ui,-apple-system,Inter,sans-serif}
img,table{max-width:100%}
img{height:auto}
pre{white-space:pre-wrap}
blockquote{margin:8px 0 8px 4px;padding-left:12px;border-left:2px solid #cfd6da}
.mf-plain{white-space:pre-wrap;margin:0 0 16px}
`;

/** Goes after them and may not be overruled. */
const AFTER = `mark.mf-hit{background:#ffe3a3!important;color:#1c2327!important;border-radius:2px!important}
.mf-picture{display:inline-flex!important;align-items:center!important;justify-content:center!important;box-sizing:border-box!important;max-width:100%!important;min-width:16px!important;min-height:16px!important;overflow:hidden!important;padding:4px 8px!important;border:1px dashed #b4bec4!important;border-radius:4px!important;background:#f6f8f9!important;color:#4d5a61!important;font:12px/16px 'Segoe UI',system-ui,sans-serif!important;text-align:center!important;text-decoration:none!important;vertical-align:middle!important}
html.mf-dark{background:#fff;filter:invert(1) hue-rotate(180deg)}
html.mf-dark img{filter:invert(1) hue-rotate(180deg)}
@media print{html.mf-dark,html.mf-dark img{filter:none}}
`;
