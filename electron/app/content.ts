/** Pages of mail, pictures and downloads that a window fetches by URL; each behind a name nobody can guess. */
import { randomBytes } from 'node:crypto';
import type { ContentReply } from './host.ts';

/** Enough for every message looked at in a sitting; the oldest goes first. */
const MAX_ENTRIES = 200;

type Make = () => Promise<ContentReply> | ContentReply;

const NOT_FOUND: ContentReply = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from('This page is no longer there. Open the message again.'),
};

export class ContentShelf {
  readonly #entries = new Map<string, Make>();
  readonly #base: string;

  /** @param base where the host serves `reply`, such as `app://mail/` or `/content/` */
  constructor(base: string) {
    this.#base = base;
  }

  /** @returns the URL, good until the app closes or many others were made */
  offer(make: Make): string {
    const token = randomBytes(24).toString('base64url');
    this.#entries.set(token, make);
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > MAX_ENTRIES && !oldest.done) this.#entries.delete(oldest.value);
    return this.#base + token;
  }

  /** A file to be saved by the browser under this name (RFC 6266, RFC 8187). */
  download(fileName: string, mimeType: string, read: () => Uint8Array | Promise<Uint8Array>): string {
    return this.offer(async () => ({
      status: 200,
      headers: {
        'content-type': /^[\w.+-]+\/[\w.+-]+$/.test(mimeType) ? mimeType : 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, percent)}`,
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
      },
      body: await read(),
    }));
  }

  /** @param path the URL without `base` */
  async reply(path: string): Promise<ContentReply> {
    const make = this.#entries.get(path.split('/')[0] ?? '');
    return make ? await make() : NOT_FOUND;
  }
}

const percent = (c: string): string => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
