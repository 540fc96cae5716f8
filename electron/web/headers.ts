/** The headers that make a browser refuse what the page does not need. */

export type Headers = Record<string, string | string[]>;

/** SHA-256 of the empty string: Fluent makes an empty style element and fills it through the CSSOM. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** On every answer, errors included. A page, an asset and a page of mail each loosen what they must. */
export const STRICT_HEADERS: Readonly<Headers> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** @param authority that the page was asked for by: its WebSocket goes there and nowhere else */
export function pagePolicy(authority: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${EMPTY_STYLE}`,
    "font-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ws://${authority}`,
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** Vite names these after their contents, so what was kept is right for ever. */
export const HASHED_ASSET: Readonly<Headers> = { 'cache-control': 'private, max-age=31536000, immutable' };

/**
 * Mail is shown in a frame of our page only. Its own policy comes with it; a browser obeys both.
 *
 * @param own headers from app/content.ts, names in any case
 */
export function contentHeaders(own: Readonly<Record<string, string>>): Headers {
  const headers: Headers = {};
  for (const [name, value] of Object.entries(own)) headers[name.toLowerCase()] = value;
  const policy = headers['content-security-policy'] ?? "default-src 'none'; sandbox";
  return { ...headers, 'content-security-policy': [policy, "frame-ancestors 'self'"].flat() };
}
