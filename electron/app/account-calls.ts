/** What the window asks before an account is added. */
import type { SecretPlace } from '../../shared/app.ts';
import type { Account } from '../../shared/account.ts';
import type { ConnectionReport, Discovery } from '../../shared/connection.ts';
import { discoverSettings, findProvider, type Engine } from '../engine/engine.ts';
import type { Accounts } from './accounts.ts';

export function discover(address: string): Promise<Discovery> {
  return discoverSettings(address.trim());
}

export async function testAccount(
  engine: Engine,
  account: Account,
  password: string,
): Promise<{ report: ConnectionReport; serverName: string; folders: number }> {
  return engine.test({ account, credential: async () => ({ password }) });
}

export interface AddWish {
  name: string;
  address: string;
  account: Account;
  password: string;
  keep: SecretPlace;
  providerId: string | null;
}

export async function addAccount(accounts: Accounts, { providerId, ...wish }: AddWish): Promise<{ id: string }> {
  const provider = providerId === null ? null : findProvider(providerId);
  return { id: await accounts.add({ ...wish, provider }) };
}
