import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Keychain } from '../../../../electron/app/host.ts';
import { SecretStore } from '../../../../electron/app/secrets/secret-store.ts';
import { CHEAP, everythingOf, failureOf, fakeKeychain, formsOf, newFolder, octetsIn } from './helpers.ts';

const PASSPHRASE = 'eleven quiet herons';
const CANARY = 'kanarienvogel-4711-"quoted"';

function store(folder: string, keychain: Keychain | null = fakeKeychain()): SecretStore {
  return new SecretStore({ keychain, folder, vaultCost: CHEAP });
}

describe('a password kept with the operating system', () => {
  it('is there in the next run, and on disk only as the system sealed it', async () => {
    const folder = newFolder();
    await store(folder).put('a', CANARY, 'keychain');
    const next = store(folder);
    expect(next.has('a', 'keychain')).toBe(true);
    expect(await next.get('a', 'keychain')).toBe(CANARY);
    const octets = octetsIn(folder);
    for (const form of formsOf(CANARY)) expect(octets.includes(form)).toBe(false);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('is asked for again when another user or machine sealed it', async () => {
    const folder = newFolder();
    await store(folder).put('a', CANARY, 'keychain');
    const elsewhere = store(folder, fakeKeychain('somebody else'));
    const missing = await failureOf(() => elsewhere.get('a', 'keychain'));
    expect(missing).toMatchObject({ code: 'secret-missing', retry: 'never' });
  });

  it('is not taken for that of another account when the file was changed', async () => {
    const folder = newFolder();
    await store(folder).put('a', CANARY, 'keychain');
    const file = join(folder, 'secrets.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"a":', '"b":'));
    expect((await failureOf(() => store(folder).get('b', 'keychain'))).code).toBe('secret-missing');
  });

  it('is refused where the system keeps none, and nothing is written', async () => {
    const folder = newFolder();
    const none = store(folder, null);
    expect(none.keychainState).toBe('unavailable');
    expect((await failureOf(() => none.put('a', CANARY, 'keychain'))).code).toBe('usage');
    expect(octetsIn(folder)).toHaveLength(0);
    expect(none.has('a', 'keychain')).toBe(false);
  });

  it('does not show in the error when the key store fails with it in its own', async () => {
    const refusing: Keychain = {
      seal: (text) => Promise.reject(new Error(`could not seal ${text}`)),
      open: () => Promise.reject(new Error(`could not open ${CANARY}`)),
    };
    const folder = newFolder();
    await store(folder).put('a', CANARY, 'keychain');
    const errors = [
      await failureOf(() => store(folder, refusing).put('b', CANARY, 'keychain')),
      await failureOf(() => store(folder, refusing).get('a', 'keychain')),
    ];
    for (const error of errors) expect(everythingOf(error)).not.toContain('kanarienvogel');
  });

  it('survives a file that was damaged: it is asked for, and kept again', async () => {
    const folder = newFolder();
    await store(folder).put('a', CANARY, 'keychain');
    const file = join(folder, 'secrets.json');
    for (const rubbish of ['', '{"format":', 'null', '[1]', readFileSync(file, 'utf8').slice(0, -9)]) {
      writeFileSync(file, rubbish);
      const next = store(folder);
      expect((await failureOf(() => next.get('a', 'keychain'))).code).toBe('secret-missing');
      await next.put('a', CANARY, 'keychain');
      expect(await store(folder).get('a', 'keychain')).toBe(CANARY);
    }
  });
});

describe('a password that is asked for each time', () => {
  it('is on no disk, and gone in the next run', async () => {
    const folder = newFolder();
    const now = store(folder);
    await now.put('a', CANARY, 'ask');
    expect(await now.get('a', 'ask')).toBe(CANARY);
    expect(octetsIn(folder)).toHaveLength(0);
    expect(store(folder).has('a', 'ask')).toBe(false);
    expect((await failureOf(() => store(folder).get('a', 'ask'))).code).toBe('secret-missing');
  });

  it('goes before one that is kept, until another is kept', async () => {
    const now = store(newFolder());
    await now.put('a', 'old', 'keychain');
    await now.put('a', 'given', 'ask');
    expect(await now.get('a', 'keychain')).toBe('given');
    await now.put('a', 'new', 'keychain');
    expect(await now.get('a', 'keychain')).toBe('new');
  });

  it('is forgotten when the app closes', async () => {
    const now = store(newFolder());
    await now.put('a', CANARY, 'ask');
    now.close();
    expect(now.has('a', 'ask')).toBe(false);
  });
});

describe('a password in the vault', () => {
  it('needs the vault made, then unlocked', async () => {
    const folder = newFolder();
    const now = store(folder, null);
    expect(now.vaultState).toBe('none');
    expect((await failureOf(() => now.put('a', CANARY, 'vault'))).code).toBe('vault-locked');
    await now.createVault(PASSPHRASE);
    await now.put('a', CANARY, 'vault');
    now.lockVault();
    expect(now.vaultState).toBe('locked');
    expect(now.has('a', 'vault')).toBe(false);
    expect((await failureOf(() => now.get('a', 'vault'))).code).toBe('vault-locked');
    await now.unlockVault(PASSPHRASE);
    expect(now.has('a', 'vault')).toBe(true);
    expect(await now.get('a', 'vault')).toBe(CANARY);
  });

  it('is kept in a folder that was not there before', async () => {
    const now = store(join(newFolder(), 'new', 'deeper'), null);
    await now.createVault(PASSPHRASE);
    await now.put('a', CANARY, 'vault');
    expect(await now.get('a', 'vault')).toBe(CANARY);
  });

  it('does not keep an account from being removed when the vault is damaged', async () => {
    const folder = newFolder();
    const now = store(folder);
    await now.put('a', CANARY, 'keychain');
    writeFileSync(join(folder, 'vault.json'), 'rubbish');
    await now.remove('a');
    expect(now.has('a', 'keychain')).toBe(false);
  });
});

describe('removing and moving', () => {
  it('takes a password out of every place, or of one', async () => {
    const folder = newFolder();
    const now = store(folder);
    await now.createVault(PASSPHRASE);
    await now.put('a', CANARY, 'vault');
    await now.put('a', CANARY, 'keychain');
    await now.remove('a', 'vault');
    expect([now.has('a', 'vault'), now.has('a', 'keychain')]).toEqual([false, true]);
    await now.put('a', CANARY, 'vault');
    await now.put('a', CANARY, 'ask');
    await now.remove('a');
    for (const place of ['ask', 'keychain', 'vault'] as const) expect(now.has('a', place)).toBe(false);
    expect(octetsIn(folder).includes('"a"')).toBe(false);
  });

  it('loses nothing when many are kept at once', async () => {
    const folder = newFolder();
    const now = store(folder);
    await now.createVault(PASSPHRASE);
    const ids = Array.from({ length: 30 }, (_, i) => `account ${i}`);
    await Promise.all(ids.map((id, i) => now.put(id, `${CANARY} ${id}`, i % 2 ? 'vault' : 'keychain')));
    const next = store(folder);
    await next.unlockVault(PASSPHRASE);
    for (const [i, id] of ids.entries())
      expect(await next.get(id, i % 2 ? 'vault' : 'keychain')).toBe(`${CANARY} ${id}`);
  });

  it('keeps the later of two passwords, however long the key store takes for the first', async () => {
    const slow = fakeKeychain();
    let first = true;
    const keychain: Keychain = {
      ...slow,
      seal: async (text) => {
        const wait = first ? 50 : 0;
        first = false;
        await new Promise((resolve) => setTimeout(resolve, wait));
        return slow.seal(text);
      },
    };
    const now = store(newFolder(), keychain);
    await Promise.all([now.put('a', 'first', 'keychain'), now.put('a', 'second', 'keychain')]);
    expect(await now.get('a', 'keychain')).toBe('second');
  });

  it('leaves the old password when the folder cannot be written', async ({ skip }) => {
    if (process.platform === 'win32') skip('Windows has no such permissions.');
    if (process.getuid?.() === 0) skip('Root may write everywhere, so nothing can be forbidden to it.');
    const folder = newFolder();
    const now = store(folder);
    await now.put('a', 'old', 'keychain');
    chmodSync(folder, 0o500);
    try {
      expect((await failureOf(() => now.put('a', 'new', 'keychain'))).code).toBe('path-not-writable');
    } finally {
      chmodSync(folder, 0o700);
    }
    expect(await now.get('a', 'keychain')).toBe('old');
  });
});
