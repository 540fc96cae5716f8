/** Where the app keeps passwords: with the operating system, in the vault, or nowhere. Never in clear on any disk. */
import path from 'node:path';
import type { SecretPlace } from '../../../shared/app.ts';
import { makeFolder } from '../../engine/engine.ts';
import { EngineError, isEngineError } from '../../engine/errors.ts';
import type { Keychain } from '../host.ts';
import { SealedFile } from './sealed-file.ts';
import type { Cost } from './vault-format.ts';
import { Vault } from './vault.ts';

export interface SecretStoreOptions {
  /** null: this host has none. */
  keychain: Keychain | null;
  /** For vault.json and secrets.json, both readable by this user only. */
  folder: string;
  /** Less only in tests. */
  vaultCost?: Cost;
}

export class SecretStore {
  readonly #keychain: Keychain | null;
  readonly #folder: string;
  readonly #sealed: SealedFile;
  readonly #vault: Vault;
  /** Given since the start, by account; gone with the app. */
  readonly #memory = new Map<string, string>();
  #writing: Promise<unknown> = Promise.resolve();

  constructor({ keychain, folder, vaultCost }: SecretStoreOptions) {
    this.#keychain = keychain;
    this.#folder = folder;
    this.#sealed = new SealedFile(path.join(folder, 'secrets.json'));
    this.#vault = new Vault(path.join(folder, 'vault.json'), vaultCost);
  }

  get keychainState(): 'available' | 'unavailable' {
    return this.#keychain ? 'available' : 'unavailable';
  }

  get vaultState(): 'none' | 'locked' | 'open' {
    return this.#vault.state;
  }

  /** @throws EngineError 'usage': there is one, or the passphrase is too short; what the disk reports */
  async createVault(passphrase: string): Promise<void> {
    makeFolder(this.#folder);
    await this.#vault.create(passphrase);
  }

  /** @throws EngineError 'passphrase-wrong', 'vault-damaged', 'vault-locked' when there is none */
  unlockVault(passphrase: string): Promise<void> {
    return this.#vault.unlock(passphrase);
  }

  /** For a passphrase that nobody remembers: everything in the vault is gone. */
  discardVault(): void {
    this.#vault.discard();
  }

  lockVault(): void {
    this.#vault.lock();
  }

  changePassphrase(before: string, after: string): Promise<void> {
    return this.#vault.changePassphrase(before, after);
  }

  /**
   * Keep a password there. What other places hold stays; one given earlier for this run is dropped for a kept one.
   *
   * @param place 'ask': until the app closes, and in front of whatever is kept elsewhere
   * @throws EngineError 'vault-locked': unlock or create it first; 'usage': this computer has no key store;
   *   'secret-missing': the key store did not take it; what the disk reports. What was kept before then stays.
   */
  put(id: string, secret: string, place: SecretPlace): Promise<void> {
    return this.#inTurn(async () => {
      if (place === 'ask') {
        this.#memory.set(id, secret);
        return;
      }
      makeFolder(this.#folder);
      if (place === 'vault') this.#vault.set(id, secret);
      else this.#sealed.set(id, await this.#seal(id, secret));
      this.#memory.delete(id);
    });
  }

  /** Can get() answer without asking anybody? */
  has(id: string, place: SecretPlace): boolean {
    if (this.#memory.has(id)) return true;
    switch (place) {
      case 'ask':
        return false;
      case 'vault':
        return this.#vault.state === 'open' && this.#vault.has(id);
      case 'keychain':
        return this.#keychain !== null && this.#sealed.has(id);
    }
  }

  /**
   * @throws EngineError 'secret-missing' (account, never): nothing is kept there, or it does not open any more;
   *   'vault-locked', 'vault-damaged'
   */
  async get(id: string, place: SecretPlace): Promise<string> {
    const password = this.#memory.get(id) ?? (await this.#kept(id, place));
    if (password === null) throw new EngineError('secret-missing', 'No password is kept for this account. Give it.');
    return password;
  }

  /** @param place without it: from every place */
  remove(id: string, place?: SecretPlace): Promise<void> {
    const from = (candidate: SecretPlace) => place === undefined || place === candidate;
    return this.#inTurn(async () => {
      if (from('ask')) this.#memory.delete(id);
      if (from('keychain')) this.#sealed.remove(id);
      if (from('vault')) this.#removeFromVault(id);
    });
  }

  /** When the app closes. */
  close(): void {
    this.#memory.clear();
    this.#vault.lock();
  }

  #removeFromVault(id: string): void {
    try {
      this.#vault.remove(id);
    } catch (error) {
      // What is in a damaged vault cannot be opened by anybody.
      if (!isEngineError(error, 'vault-damaged')) throw error;
    }
  }

  /** The later of two calls wins, however long the key store takes for each. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(act);
    this.#writing = done.catch(() => undefined);
    return done;
  }

  async #kept(id: string, place: SecretPlace): Promise<string | null> {
    switch (place) {
      case 'ask':
        return null;
      case 'vault':
        return this.#vault.get(id);
      case 'keychain':
        return this.#unseal(id);
    }
  }

  async #seal(id: string, secret: string): Promise<Buffer> {
    const keychain = this.#keychain;
    if (!keychain) {
      const message = 'This computer has no store for passwords. Keep them under a passphrase, or give them each time.';
      throw new EngineError('usage', message);
    }
    try {
      return await keychain.seal(JSON.stringify({ id, secret }));
    } catch {
      // Its error is not passed on: nobody knows what it quotes.
      const message =
        'The password store of this computer did not take the password. Keep it under a passphrase, or give it each time.';
      throw new EngineError('secret-missing', message);
    }
  }

  async #unseal(id: string): Promise<string | null> {
    const blob = this.#sealed.get(id);
    if (!blob) return null;
    try {
      const opened = await this.#keychain?.open(blob);
      const { id: of, secret } = JSON.parse(opened ?? '{}') as { id?: unknown; secret?: unknown };
      if (of === id && typeof secret === 'string') return secret;
    } catch {
      // Said below, without the words of the store.
    }
    const message =
      'The password store of this computer does not open the password of this account any more. Give it again.';
    throw new EngineError('secret-missing', message);
  }
}
