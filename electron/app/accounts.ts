/** Accounts that the user keeps, and how their passwords are come by. */
import { randomUUID } from 'node:crypto';
import type { SavedAccount, SecretPlace } from '../../shared/app.ts';
import type { Account } from '../../shared/account.ts';
import type { Provider } from '../../shared/connection.ts';
import type { AccountAccess } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';
import type { Book, StoredAccount } from './document.ts';
import type { SecretStore } from './secrets/secret-store.ts';

export interface NewAccount {
  name: string;
  address: string;
  account: Account;
  password: string;
  keep: SecretPlace;
  provider: Provider | null;
  demo?: boolean;
}

export interface AccountChange {
  name?: string | undefined;
  account?: Account | undefined;
  password?: string | undefined;
  keep?: SecretPlace | undefined;
}

export class Accounts {
  readonly #book: Book;
  readonly #secrets: SecretStore;

  constructor(book: Book, secrets: SecretStore) {
    this.#book = book;
    this.#secrets = secrets;
  }

  list(): SavedAccount[] {
    return this.#book.document.accounts.map((stored) => ({
      ...stored,
      signedIn: this.#secrets.has(stored.id, stored.secretPlace),
    }));
  }

  /** @throws EngineError 'usage' */
  get(id: string): StoredAccount {
    const stored = this.#book.account(id);
    if (!stored) throw new EngineError('usage', 'This account is no longer in Mailferry. Add it again.');
    return stored;
  }

  /** The password is kept first: an account whose password could not be kept is not added. */
  async add({ name, address, account, password, keep, provider, demo = false }: NewAccount): Promise<string> {
    const id = randomUUID();
    await this.#secrets.put(id, password, keep);
    const entry = { id, name: name.trim() || address, address, account, provider, secretPlace: keep, demo };
    this.#book.change((d) => d.accounts.push({ ...entry, archiveId: null, lastBackup: null }));
    return id;
  }

  async change(id: string, { name, account, password, keep }: AccountChange): Promise<void> {
    const stored = this.get(id);
    const place = keep ?? stored.secretPlace;
    if (password !== undefined || place !== stored.secretPlace) {
      const secret = password ?? (await this.#secrets.get(id, stored.secretPlace));
      await this.#secrets.put(id, secret, place);
      if (place !== stored.secretPlace) await this.#secrets.remove(id, stored.secretPlace);
    }
    this.#book.change(() => {
      stored.secretPlace = place;
      if (name !== undefined && name.trim() !== '') stored.name = name.trim();
      if (account) stored.account = account;
    });
  }

  /** For as long as the app is open. */
  async givePassword(id: string, password: string): Promise<void> {
    await this.#secrets.put(this.get(id).id, password, 'ask');
    this.#book.change(() => undefined);
  }

  /** The vault goes, and whose password was in it is asked for it from then on. */
  forgetVault(): void {
    this.#secrets.discardVault();
    this.#book.change((d) => {
      for (const stored of d.accounts) if (stored.secretPlace === 'vault') stored.secretPlace = 'ask';
    });
  }

  async remove(id: string): Promise<void> {
    await this.#secrets.remove(this.get(id).id);
    this.#book.change((d) => {
      d.accounts = d.accounts.filter((a) => a.id !== id);
    });
  }

  access(id: string): AccountAccess {
    const { account, secretPlace } = this.get(id);
    return { account, credential: async () => ({ password: await this.#password(id, secretPlace) }) };
  }

  /** What is missing is told with whose it is, so that a window asks for the right one. */
  async #password(id: string, place: SecretPlace): Promise<string> {
    try {
      return await this.#secrets.get(id, place);
    } catch (error) {
      if (!isEngineError(error, 'secret-missing')) throw error;
      throw new EngineError('secret-missing', error.message, { details: { accountId: id } });
    }
  }
}
