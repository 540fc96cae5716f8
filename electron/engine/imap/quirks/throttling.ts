/**
 * Exchange and Microsoft 365 name the pause they want in the text of a BAD response:
 * `BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds`.
 * Source: imapflow 2.10.2, settleRequest() in imap-flow.js; no RFC knows such a code.
 */

/** An hour: a longer wish is more likely nonsense or malice than need. */
const MAX_BACKOFF_MS = 3_600_000;

/** @returns milliseconds to wait, or null when the text names none */
export function backoffFromText(text: string): number | null {
  const found = /backoff[ -]time[:=\s]+(\d{1,12})\s*(milliseconds?|ms|seconds?|s)?\b/i.exec(text);
  if (!found) return null;
  const unit = /^s/i.test(found[2] ?? '') ? 1000 : 1;
  return Math.min(Number(found[1]) * unit, MAX_BACKOFF_MS);
}
