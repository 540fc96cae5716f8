import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { EngineError } from '../errors.ts';
import type { SaslMechanism } from './sasl.ts';

/** SCRAM without channel binding (RFC 5802, RFC 7677): the password never travels, and the server proves to know it too. */

const derive = promisify(pbkdf2);
/** Above any real setting (RFC 7677 §4 asks for 4,096); a hostile server must not keep the processor busy. */
const MAX_ITERATIONS = 2_000_000;

/**
 * @param nonce printable ASCII without comma; given in tests only
 * @throws EngineError while it runs: 'protocol-error' when the server breaks the rules, 'authentication-failed' when it
 *   cannot prove to know the password, which is how somebody in between shows
 */
export function scram(
  digest: 'sha1' | 'sha256',
  user: string,
  password: string,
  nonce = randomBytes(24).toString('base64').replaceAll(',', '-'),
): SaslMechanism {
  const clientFirst = `n=${prepare(user).replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
  let expected: Buffer | null = null;
  let proven = false;
  const answerFirst = async (text: string) => {
    const fields = parse(text);
    const serverNonce = fields.get('r') ?? '';
    const salt = Buffer.from(fields.get('s') ?? '', 'base64');
    const iterations = Number(fields.get('i'));
    if (fields.has('m') || !serverNonce.startsWith(nonce) || serverNonce.length === nonce.length || salt.length === 0)
      throw broken();
    if (!Number.isInteger(iterations) || iterations < 1 || iterations > MAX_ITERATIONS) throw broken();
    const length = digest === 'sha1' ? 20 : 32;
    const salted = await derive(prepare(password), salt, iterations, length, digest);
    const clientKey = hmac(digest, salted, 'Client Key');
    const finalWithoutProof = `c=${Buffer.from('n,,').toString('base64')},r=${serverNonce}`;
    const message = `${clientFirst},${text},${finalWithoutProof}`;
    const signature = hmac(digest, createHash(digest).update(clientKey).digest(), message);
    const proof = clientKey.map((octet, i) => octet ^ (signature[i] ?? 0));
    expected = hmac(digest, hmac(digest, salted, 'Server Key'), message);
    return Buffer.from(`${finalWithoutProof},p=${Buffer.from(proof).toString('base64')}`, 'utf8');
  };
  const answerFinal = (text: string, signature: Buffer) => {
    const given = Buffer.from(parse(text).get('v') ?? '', 'base64');
    if (given.length !== signature.length || !timingSafeEqual(given, signature)) throw unproven();
    proven = true;
    return Buffer.alloc(0);
  };
  return {
    name: digest === 'sha1' ? 'SCRAM-SHA-1' : 'SCRAM-SHA-256',
    initial: Buffer.from(`n,,${clientFirst}`, 'utf8'),
    initialWithCommand: true,
    answer: async (challenge) => {
      const text = challenge.toString('utf8');
      return expected === null ? answerFirst(text) : answerFinal(text, expected);
    },
    finish: () => {
      if (!proven) throw unproven();
    },
  };
}

function hmac(digest: string, key: Buffer, text: string): Buffer {
  return createHmac(digest, key).update(text, 'utf8').digest();
}

function parse(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.split(',')) if (part[1] === '=') fields.set(part.slice(0, 1), part.slice(2));
  return fields;
}

/** SASLprep (RFC 4013) as far as text that people type needs it: other blanks become a space, invisible marks go, NFKC. */
function prepare(text: string): string {
  return text
    .replace(/[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g, ' ')
    .replace(/\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/g, '')
    .normalize('NFKC');
}

function broken(): EngineError {
  return new EngineError('protocol-error', 'The server broke the rules of the SCRAM sign-in. Try again later.');
}

function unproven(): EngineError {
  const message = 'The server could not prove that it knows your password: it may not be the server it claims to be.';
  return new EngineError('authentication-failed', message);
}
