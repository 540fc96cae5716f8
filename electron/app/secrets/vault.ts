/** Passwords in a file under a passphrase. The format is in vault-format.ts; this is when the key is there and when not. */
import fs from 'node:fs';
import { isLongEnough, MIN_PASSPHRASE_LENGTH } from '../../../shared/passphrase.ts';
import { unlinkFile, writeAtomically } from '../../engine/engine.ts';
import { EngineError, isEngineError, toEngineError } from '../../engine/errors.ts';
import {
  damaged,
  decodeVault,
  DEFAULT_COST,
  deriveKey,
  encodeVault,
  newKdf,
  open,
  opensCheck,
  seal,
  sealCheck,
  type Cost,
  type Sealed,
  type VaultDocument,
} from './vault-format.ts';

/**
 * Only the key stays in memory while the vault is open; secrets are opened one by one when asked for. Reading and
 * writing the file happen in one go, so calls that overlap do not lose each other's changes.
 */
export class Vault {
  readonly #file: string;
  readonly #cost: Cost;
  #key: Buffer | null = null;
  #changing: Promise<unknown> = Promise.resolve();

  /** @param cost less only in tests */
  constructor(file: string, cost: Cost = DEFAULT_COST) {
    this.#file = file;
    this.#cost = cost;
  }

  get state(): 'none' | 'locked' | 'open' {
    if (this.#key) return 'open';
    return fs.existsSync(this.#file) ? 'locked' : 'none';
  }

  /**
   * A new, empty vault, open at once. A damaged file is laid aside for it.
   *
   * @throws EngineError 'usage' (account, never): there is one already, or the passphrase is too short;
   *   'disk-full', 'path-not-writable', 'io-error'
   */
  create(passphrase: string): Promise<void> {
    return this.#alone(async () => {
      assertLong(passphrase);
      this.#makeRoom();
      const kdf = newKdf(this.#cost);
      const key = await deriveKey(passphrase, kdf);
      this.#write(encodeVault(kdf, sealCheck(key), new Map()), key);
      this.#take(key);
    });
  }

  /** @throws EngineError 'passphrase-wrong', 'vault-damaged', 'vault-locked' when there is none (account, never) */
  unlock(passphrase: string): Promise<void> {
    return this.#alone(async () => this.#take(await this.#keyFor(passphrase)));
  }

  /** For a passphrase that nobody remembers: the file and all that is in it are gone. */
  discard(): void {
    this.lock();
    unlinkFile(this.#file);
  }

  /** Wipes the key. */
  lock(): void {
    this.#key?.fill(0);
    this.#key = null;
  }

  /** Everything is sealed anew under a new key. @throws as unlock() and create() do; the old file then stays */
  changePassphrase(before: string, after: string): Promise<void> {
    return this.#alone(async () => {
      assertLong(after);
      const oldKey = await this.#keyFor(before);
      const kdf = newKdf(this.#cost);
      const key = await deriveKey(after, kdf);
      try {
        // Read only now: a secret may have come while the keys were made.
        const secrets = [...this.#entries()].map(([id, sealed]): [string, Sealed] => [
          id,
          seal(key, id, this.#opened(oldKey, id, sealed)),
        ]);
        this.#write(encodeVault(kdf, sealCheck(key), new Map(secrets)), key);
      } catch (error) {
        key.fill(0);
        throw error;
      } finally {
        oldKey.fill(0);
      }
      this.#take(key);
    });
  }

  has(id: string): boolean {
    return this.state !== 'none' && this.#entries().has(id);
  }

  /** @returns null when it holds none for this id @throws EngineError 'vault-locked', 'vault-damaged' */
  get(id: string): string | null {
    const key = this.#openKey();
    const sealed = this.#entries().get(id);
    return sealed ? this.#opened(key, id, sealed) : null;
  }

  /** @throws EngineError 'vault-locked', 'vault-damaged'; what the disk reports */
  set(id: string, secret: string): void {
    const sealed = seal(this.#openKey(), id, secret);
    this.#rewrite((secrets) => secrets.set(id, sealed));
  }

  /** Works while locked, too: who removes an account does not want its password to stay. */
  remove(id: string): void {
    if (this.has(id)) this.#rewrite((secrets) => secrets.delete(id));
  }

  /** One after another: two of these at once would each set a key of its own. */
  #alone(act: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(act);
    this.#changing = done.catch(() => undefined);
    return done;
  }

  #take(key: Buffer): void {
    this.lock();
    this.#key = key;
  }

  #makeRoom(): void {
    if (this.state === 'none') return;
    try {
      this.#read();
    } catch (error) {
      if (!isEngineError(error, 'vault-damaged')) throw error;
      writeAtomically(`${this.#file}.damaged`, fs.readFileSync(this.#file));
      return;
    }
    throw new EngineError('usage', 'There is a passphrase for saved passwords already. Change it instead.');
  }

  #openKey(): Buffer {
    if (this.#key) return this.#key;
    throw noKey(this.state);
  }

  async #keyFor(passphrase: string): Promise<Buffer> {
    if (this.state === 'none') throw noKey('none');
    const { kdf, check } = this.#read();
    const key = await deriveKey(passphrase, kdf);
    if (opensCheck(key, check)) return key;
    key.fill(0);
    throw new EngineError('passphrase-wrong', 'This is not the passphrase of the saved passwords. Try again.');
  }

  #opened(key: Buffer, id: string, sealed: Sealed): string {
    const secret = open(key, id, sealed);
    if (secret === null) throw damaged(this.#file);
    return secret;
  }

  #entries(): Map<string, Sealed> {
    return new Map(Object.entries(this.#read().secrets));
  }

  #read(): VaultDocument {
    try {
      return decodeVault(fs.readFileSync(this.#file, 'utf8'), this.#file);
    } catch (error) {
      throw toEngineError(error, this.#file);
    }
  }

  #rewrite(change: (secrets: Map<string, Sealed>) => void): void {
    const { kdf, check, secrets } = this.#read();
    const next = new Map(Object.entries(secrets));
    change(next);
    writeAtomically(this.#file, encodeVault(kdf, check, next));
  }

  #write(content: string, key: Buffer): void {
    try {
      writeAtomically(this.#file, content);
    } catch (error) {
      key.fill(0);
      throw error;
    }
  }
}

function assertLong(passphrase: string): void {
  if (isLongEnough(passphrase)) return;
  const message = `The passphrase is too short. Take at least ${MIN_PASSPHRASE_LENGTH} characters; several words are best.`;
  throw new EngineError('usage', message);
}

function noKey(state: Vault['state']): EngineError {
  const message =
    state === 'none'
      ? 'No passphrase for saved passwords is set yet. Set one first.'
      : 'The saved passwords are locked. Give their passphrase first.';
  return new EngineError('vault-locked', message);
}
