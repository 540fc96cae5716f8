/** Text that a server sent, made fit to be shown: printable, one line, bounded, without secrets. */

const MAX_LENGTH = 200;

/** C0, C1 and DEL, line separators, and the marks that reorder or hide text on a screen. */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffd]+/g;

/**
 * @param text    hostile: may hold control characters, terminal escapes, megabytes
 * @param secrets strings that must not appear; a server may well echo what it was sent
 * @returns at most 200 characters; '' when nothing readable is left
 */
export function sanitizeServerText(text: string, secrets: readonly string[] = []): string {
  const bounded = redact(text.slice(0, 20 * MAX_LENGTH), secrets);
  const clean = bounded.toWellFormed().replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();
  return clean.length > MAX_LENGTH
    ? `${clean
        .slice(0, MAX_LENGTH - 1)
        .toWellFormed()
        .replace(UNSAFE, '')}…`
    : clean;
}

/** A clause to append to a sentence: ` The server said: "…".`, or '' when it said nothing readable. */
export function quoteServer(text: string, secrets: readonly string[] = []): string {
  const clean = sanitizeServerText(text, secrets);
  return clean === '' ? '' : ` The server said: "${clean.replaceAll('"', "'")}".`;
}

/** A name that came from a server (mailbox, host in a certificate) for use inside a sentence. */
export function quoteName(name: string): string {
  return `"${sanitizeServerText(name).replaceAll('"', "'")}"`;
}

function redact(text: string, secrets: readonly string[]): string {
  let out = text;
  for (const secret of secrets) if (secret !== '') out = out.replaceAll(secret, '***');
  return out;
}

/** The forms in which a secret can come back: as it is, and in base64 as SASL sends it. */
export function secretForms(user: string, secret: string): string[] {
  if (secret === '') return [];
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
  return [secret, base64(secret), base64(`\0${user}\0${secret}`), Buffer.from(secret, 'utf8').toString('latin1')];
}
