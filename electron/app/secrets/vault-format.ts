/**
 * The octets of a vault file: which fields, how they are sealed, and what makes a file damaged. Knows no disk.
 * Each secret is sealed by itself, so that one can be taken out while the vault is locked.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { EngineError } from '../../engine/errors.ts';

export interface Kdf {
  name: 'scrypt';
  /** Cost: 128 * N * r octets of memory. A power of two. */
  N: number;
  r: number;
  p: number;
  /** base64 */
  salt: string;
}

/** One text under AES-256-GCM. Both base64; the tag is the last 16 octets of data. */
export interface Sealed {
  nonce: string;
  data: string;
}

export interface VaultDocument {
  format: typeof FORMAT;
  version: 1;
  kdf: Kdf;
  cipher: 'aes-256-gcm';
  /** A known text: opens only under the right key. */
  check: Sealed;
  secrets: Record<string, Sealed>;
  /** SHA-256, hex, of the other fields: tells a damaged file from a wrong passphrase. No protection by itself. */
  checksum: string;
}

const FORMAT = 'mailferry-vault';
const CHECK_ID = ' check';
const CHECK_TEXT = 'Mailferry';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Sealed texts are filled up to a multiple of this, so that a file does not tell how long a password is. */
const PADDED_TO = 128;

/** 128 MiB and about half a second on a small machine (RFC 7914 §2). */
export const DEFAULT_COST = { N: 2 ** 17, r: 8, p: 1 } as const;

export type Cost = Pick<Kdf, 'N' | 'r' | 'p'>;

export function newKdf(cost: Cost): Kdf {
  return { name: 'scrypt', ...cost, salt: randomBytes(32).toString('base64') };
}

/** @returns a key that the caller fills with zeros when it is done */
export async function deriveKey(passphrase: string, kdf: Kdf): Promise<Buffer> {
  // The same letters can be typed as different code points on different systems.
  const octets = Buffer.from(passphrase.normalize('NFKC'), 'utf8');
  const { N, r, p } = kdf;
  const options = { N, r, p, maxmem: 128 * r * (N + p + 2) + 2 ** 20 };
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(octets, Buffer.from(kdf.salt, 'base64'), KEY_BYTES, options, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  } finally {
    octets.fill(0);
  }
}

/** @param id bound to the sealed text: under another id it does not open */
export function seal(key: Buffer, id: string, text: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(aad(id));
  const octets = Buffer.from(JSON.stringify(text), 'utf8');
  const padded = Buffer.alloc(Math.ceil(octets.length / PADDED_TO) * PADDED_TO, ' ');
  octets.copy(padded);
  const data = Buffer.concat([cipher.update(padded), cipher.final(), cipher.getAuthTag()]);
  octets.fill(0);
  padded.fill(0);
  return { nonce: nonce.toString('base64'), data: data.toString('base64') };
}

/** @returns null when the key is not the one, or the octets are not as they were sealed */
export function open(key: Buffer, id: string, sealed: Sealed): string | null {
  const data = Buffer.from(sealed.data, 'base64');
  const nonce = Buffer.from(sealed.nonce, 'base64');
  if (nonce.length !== NONCE_BYTES || data.length < TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad(id));
  decipher.setAuthTag(data.subarray(-TAG_BYTES));
  try {
    const octets = Buffer.concat([decipher.update(data.subarray(0, -TAG_BYTES)), decipher.final()]);
    const text: unknown = JSON.parse(octets.toString('utf8'));
    octets.fill(0);
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

export function sealCheck(key: Buffer): Sealed {
  return seal(key, CHECK_ID, CHECK_TEXT);
}

export function opensCheck(key: Buffer, check: Sealed): boolean {
  return open(key, CHECK_ID, check) === CHECK_TEXT;
}

function aad(id: string): Buffer {
  return Buffer.from(`${FORMAT} 1\n${id}`, 'utf8');
}

export function encodeVault(kdf: Kdf, check: Sealed, secrets: ReadonlyMap<string, Sealed>): string {
  const fields = {
    format: FORMAT,
    version: 1,
    kdf,
    cipher: 'aes-256-gcm',
    check,
    secrets: Object.fromEntries(secrets),
  } as const;
  return JSON.stringify({ ...fields, checksum: checksumOf(fields) } satisfies VaultDocument, null, 2) + '\n';
}

/** @throws EngineError 'vault-damaged' account, never: not a vault, cut, altered, or made by a newer version */
export function decodeVault(text: string, file: string): VaultDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(file);
  }
  const { checksum, ...fields } = Object(value) as Record<string, unknown>;
  if (fields.format === FORMAT && typeof fields.version === 'number' && fields.version > 1) {
    const message = `${file} was made by a newer Mailferry. Use that one, or give the passwords again.`;
    throw new EngineError('vault-damaged', message);
  }
  if (fields.format !== FORMAT || fields.version !== 1 || checksum !== checksumOf(fields)) throw damaged(file);
  if (!isKdf(fields.kdf) || fields.cipher !== 'aes-256-gcm' || !isSealed(fields.check)) throw damaged(file);
  if (!Object.values(Object(fields.secrets) as object).every(isSealed)) throw damaged(file);
  return value as VaultDocument;
}

export function damaged(file: string): EngineError {
  const message = `${file}, where passwords are kept, is damaged. Put it back from a backup, or start anew and give the passwords again.`;
  return new EngineError('vault-damaged', message);
}

/** Of the fields in the order in which they stand in the file. */
function checksumOf(fields: object): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Bounds keep a file made by somebody else from taking all memory. */
function isKdf(value: unknown): value is Kdf {
  const { name, N, r, p, salt } = Object(value) as Partial<Kdf>;
  const within = (n: unknown, low: number, high: number) =>
    Number.isInteger(n) && low <= Number(n) && Number(n) <= high;
  const power = Number.isInteger(Math.log2(Number(N)));
  return (
    name === 'scrypt' &&
    within(N, 2, 2 ** 20) &&
    power &&
    within(r, 1, 2 ** 22 / Number(N)) &&
    within(p, 1, 4) &&
    isText(salt)
  );
}

function isSealed(value: unknown): value is Sealed {
  const { nonce, data } = Object(value) as Partial<Sealed>;
  return isText(nonce) && isText(data);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
