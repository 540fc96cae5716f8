import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Keychain } from '../../../../electron/app/host.ts';
import { EngineError } from '../../../../electron/engine/errors.ts';

/** A small cost: the tests are about files and states, not about how slow a guess is. */
export const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mailferry-secrets-'));
  folders.push(folder);
  return folder;
}

/** Every octet of every file in it. */
export function octetsIn(folder: string): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
}

/** The forms in which a careless writer could leave a password behind. */
export function formsOf(secret: string): string[] {
  const octets = Buffer.from(secret, 'utf8');
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift, 'x'), octets])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : 4, -1),
  );
  return [secret, octets.toString('hex'), ...base64, JSON.stringify(secret).slice(1, -1)];
}

/** Seals by turning every bit around, bound to the user whose key store it is. */
export function fakeKeychain(user = 'me'): Keychain {
  const flip = (octets: Buffer) => Buffer.from(octets.map((octet) => octet ^ 0xff));
  return {
    seal: async (text) => flip(Buffer.from(`${user}\n${text}`, 'utf8')),
    open: async (sealed) => {
      const [owner, ...rest] = flip(sealed).toString('utf8').split('\n');
      if (owner !== user) throw new Error('sealed by somebody else');
      return rest.join('\n');
    },
  };
}

export async function failureOf(act: () => unknown): Promise<EngineError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw new Error('expected an EngineError', { cause: error });
  }
  throw new Error('expected it to fail');
}

/** All that an error could show somewhere, its causes included. */
export function everythingOf(error: EngineError): string {
  const cause =
    error.cause instanceof Error ? `${error.cause.stack} ${JSON.stringify(error.cause)}` : String(error.cause);
  return `${error.stack} ${JSON.stringify(error.toFailure())} ${cause}`;
}
