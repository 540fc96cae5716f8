/** Pictures that come with the message, as data: addresses; and those that are on the network. */
import { bodyOf, type MimePart } from '../mime-tree.ts';
import { decodeTransfer } from '../transfer-encoding.ts';
import { remotePicture } from './links.ts';

const MAX_PICTURE_BYTES = 12 * 1024 * 1024;
const MAX_TOTAL_BYTES = 40 * 1024 * 1024;

export type Picture =
  { kind: 'data'; url: string } | { kind: 'remote'; url: string; host: string } | { kind: 'missing' };

export class Pictures {
  /** Parts that are shown in the page; the others are plain attachments. */
  readonly shown = new Set<MimePart>();
  /** Host names of pictures on the network, with the number of pictures. */
  readonly remote = new Map<string, number>();
  /** Some were too large to be put into the page. */
  cut = false;
  readonly #raw: Buffer;
  readonly #parts = new Map<string, MimePart>();
  readonly #urls = new Map<MimePart, string>();
  #bytes = 0;

  /** @param parts attachments of the message */
  constructor(raw: Buffer, parts: readonly MimePart[]) {
    this.#raw = raw;
    for (const part of parts) {
      if (part.contentId !== '' && !this.#parts.has(`cid:${part.contentId}`)) {
        this.#parts.set(`cid:${part.contentId}`, part);
      }
      // RFC 2557: pictures named by their address on the web or by a file name.
      if (part.contentLocation !== '') this.#parts.set(part.contentLocation, part);
    }
  }

  find(src: string): Picture {
    const address = src.trim();
    const part = this.#partOf(address);
    if (part) return this.#embed(part);
    if (/^data:/i.test(address)) return this.#fromData(address);
    const url = remotePicture(address);
    if (url === null) return { kind: 'missing' };
    this.remote.set(url.host, (this.remote.get(url.host) ?? 0) + 1);
    return { kind: 'remote', url: url.href, host: url.host };
  }

  #partOf(address: string): MimePart | undefined {
    if (!/^cid:/i.test(address)) return this.#parts.get(address);
    const id = address.slice(4);
    return this.#parts.get(`cid:${id}`) ?? this.#parts.get(`cid:${fromPercent(id)}`);
  }

  #embed(part: MimePart): Picture {
    const known = this.#urls.get(part);
    // A picture that is used a thousand times would fill the page a thousand times.
    if (known !== undefined) return this.#spend(known);
    const octets = decodeTransfer(bodyOf(this.#raw, part), part.encoding, MAX_PICTURE_BYTES + 1);
    const type = pictureType(octets);
    if (type === null) return { kind: 'missing' };
    if (octets.length > MAX_PICTURE_BYTES) {
      this.cut = true;
      return { kind: 'missing' };
    }
    const url = `data:${type};base64,${octets.toString('base64')}`;
    const picture = this.#spend(url);
    if (picture.kind === 'data') {
      this.#urls.set(part, url);
      this.shown.add(part);
    }
    return picture;
  }

  #fromData(address: string): Picture {
    const match = /^data:image\/[\w.+-]{1,30}(?:;[\w=-]{1,40}){0,3};base64,([A-Za-z0-9+/=\s%]*)$/i.exec(
      address.length > MAX_PICTURE_BYTES * 1.4 ? '' : address,
    );
    if (!match) return { kind: 'missing' };
    const octets = Buffer.from(fromPercent(match[1]!), 'base64');
    const type = pictureType(octets);
    return type === null ? { kind: 'missing' } : this.#spend(`data:${type};base64,${octets.toString('base64')}`);
  }

  #spend(url: string): Picture {
    if (this.#bytes + url.length > MAX_TOTAL_BYTES) {
      this.cut = true;
      return { kind: 'missing' };
    }
    this.#bytes += url.length;
    return { kind: 'data', url };
  }
}

/** By its first octets, whatever the message says: what it says is also wrong for honest mail. SVG is not on the list. */
export function pictureType(octets: Buffer): string | null {
  const head = octets.toString('latin1', 0, 16);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  if (/^RIFF[^]{4}WEBP/.test(head)) return 'image/webp';
  if (/^[^]{4}ftypavi[fs]/.test(head)) return 'image/avif';
  // The reserved octets of a bitmap's head are zero; two letters alone would be too little to go by.
  if (/^BM[^]{4}\0\0\0\0/.test(head)) return 'image/bmp';
  return null;
}

function fromPercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
