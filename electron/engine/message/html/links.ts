/** Where a link may lead: http, https and mailto, and places in the page itself. */

/** As long as the call that opens it allows. */
const MAX_URL = 4096;

/** @returns the address as a browser would read it, or null when it must not be followed */
export function safeLink(href: string): string | null {
  const url = parseUrl(href);
  if (url === null) return null;
  if (url.protocol !== 'http:' && url.protocol !== 'https:' && url.protocol !== 'mailto:') return null;
  return url.href.length <= MAX_URL ? url.href : null;
}

/** `#part` of the same page; ids are kept, and same-document navigation needs no right. */
export function pageAnchor(href: string): string | null {
  return /^#[\w.:-]{1,200}$/.test(href.trim()) ? href.trim() : null;
}

/** A picture on the network. http goes out as https: in clear it would tell the whole way who reads what. */
export function remotePicture(src: string): URL | null {
  const url = parseUrl(src);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.href.length > MAX_URL) return null;
  if (url.username !== '' || url.password !== '') return null;
  url.protocol = 'https:';
  return url;
}

/** Relative addresses are relative to nothing: a mail has no place on the web. `//host/…` means https. */
function parseUrl(text: string): URL | null {
  if (text.length > MAX_URL * 4) return null;
  const plain = text.replace(/[\t\n\r]/g, '').replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '');
  const absolute = /^[\\/]{2}/.test(plain) ? `https:${plain}` : plain;
  return URL.canParse(absolute) ? new URL(absolute) : null;
}
