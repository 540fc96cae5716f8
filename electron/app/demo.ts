/** "Try it with sample mail": two servers inside this process, gone when the app closes. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DemoProvider, DemoProviders } from '../demo/providers.ts';
import type { Accounts } from './accounts.ts';

export interface DemoAccounts {
  accountId: string;
  targetId: string;
  folder: string;
}

export class Demo {
  readonly #accounts: Accounts;
  #running: { providers: DemoProviders; told: DemoAccounts } | null = null;
  #starting: Promise<DemoAccounts> | null = null;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  get running(): boolean {
    return this.#running !== null;
  }

  /** Archives of the demo go below this folder; null while it does not run. */
  get folder(): string | null {
    return this.#running?.told.folder ?? null;
  }

  start(): Promise<DemoAccounts> {
    this.#starting ??= this.#start().catch((error: unknown) => {
      this.#starting = null;
      throw error;
    });
    return this.#starting;
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    this.#starting = null;
    if (!running) return;
    const { providers, told } = running;
    for (const id of [told.accountId, told.targetId]) await this.#accounts.remove(id).catch(() => undefined);
    await providers.stop();
    fs.rmSync(told.folder, { recursive: true, force: true });
  }

  async #start(): Promise<DemoAccounts> {
    const { startProviders } = await import('../demo/providers.ts');
    const providers = await startProviders();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mailferry-sample-'));
    const accountId = await this.#add('Jette Lorenzen', providers.old);
    const targetId = await this.#add('Jette, new provider', providers.new);
    this.#running = { providers, told: { accountId, targetId, folder } };
    return this.#running.told;
  }

  #add(name: string, { access, user, password }: DemoProvider): Promise<string> {
    const { account } = access;
    return this.#accounts.add({ name, address: user, account, password, keep: 'ask', provider: null, demo: true });
  }
}
