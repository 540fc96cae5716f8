import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_COST, deriveKey, newKdf } from '../../../../electron/app/secrets/vault-format.ts';
import { Vault } from '../../../../electron/app/secrets/vault.ts';
import { CHEAP, everythingOf, failureOf, formsOf, newFolder, octetsIn } from './helpers.ts';

const PASSPHRASE = 'eleven quiet herons';
const CANARY = 'kanarienvogel-$7-Ünïcode';

async function newVault(): Promise<{ file: string; folder: string; vault: Vault }> {
  const folder = newFolder();
  const file = join(folder, 'vault.json');
  const vault = new Vault(file, CHEAP);
  await vault.create(PASSPHRASE);
  return { file, folder, vault };
}

const again = (file: string) => new Vault(file, CHEAP);

describe('a vault', () => {
  it('is none, then open when made, locked in the next run, open with its passphrase', async () => {
    const file = join(newFolder(), 'vault.json');
    expect(again(file).state).toBe('none');
    const made = again(file);
    await made.create(PASSPHRASE);
    expect(made.state).toBe('open');
    const next = again(file);
    expect(next.state).toBe('locked');
    await next.unlock(PASSPHRASE);
    expect(next.state).toBe('open');
  });

  it('gives back what was put in, in the next run too', async () => {
    const { file, vault } = await newVault();
    vault.set('a', CANARY);
    vault.set('b', '');
    vault.set('__proto__', 'odd id');
    const next = again(file);
    await next.unlock(PASSPHRASE);
    expect([next.get('a'), next.get('b'), next.get('__proto__'), next.get('c')]).toEqual([CANARY, '', 'odd id', null]);
  });

  it('holds no password and no passphrase in any form, and only this user may read it', async () => {
    const { file, folder, vault } = await newVault();
    vault.set('a', CANARY);
    vault.set('b', 'x'.repeat(5000) + CANARY);
    const octets = octetsIn(folder);
    for (const form of [...formsOf(CANARY), ...formsOf(PASSPHRASE)]) expect(octets.includes(form)).toBe(false);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('does not tell how long a password is', async () => {
    const { file, vault } = await newVault();
    vault.set('a', 'short');
    const before = statSync(file).size;
    vault.set('a', 'a good deal longer than that, but not unusual');
    expect(statSync(file).size).toBe(before);
  });

  it('never seals two secrets under one nonce', async () => {
    const { file, vault } = await newVault();
    const nonces = new Set<string>();
    for (let round = 0; round < 20; round++) {
      vault.set('a', 'same');
      nonces.add((JSON.parse(readFileSync(file, 'utf8')) as { secrets: { a: { nonce: string } } }).secrets.a.nonce);
    }
    expect(nonces.size).toBe(20);
  });

  it('takes the passphrase in whichever form of Unicode it is typed', async () => {
    const file = join(newFolder(), 'vault.json');
    await again(file).create('Bären über Brücken'.normalize('NFC'));
    await again(file).unlock('Bären über Brücken'.normalize('NFD'));
  });

  it('refuses a short passphrase and a second vault in its place', async () => {
    const { file } = await newVault();
    expect((await failureOf(() => again(file).create('another good one'))).code).toBe('usage');
    const short = join(newFolder(), 'vault.json');
    expect((await failureOf(() => again(short).create('seven 7'))).code).toBe('usage');
    expect(existsSync(short)).toBe(false);
  });

  it('costs 128 MiB of memory to try one passphrase', async () => {
    expect(128 * DEFAULT_COST.N * DEFAULT_COST.r).toBe(2 ** 27);
    expect(await deriveKey(PASSPHRASE, newKdf(DEFAULT_COST))).toHaveLength(32);
  });
});

describe('a locked vault', () => {
  it('tells a wrong passphrase, and opens with the right one after it', async () => {
    const { file, vault } = await newVault();
    vault.set('a', CANARY);
    const next = again(file);
    expect((await failureOf(() => next.unlock('eleven quiet heron'))).code).toBe('passphrase-wrong');
    expect(next.state).toBe('locked');
    await next.unlock(PASSPHRASE);
    expect(next.get('a')).toBe(CANARY);
  });

  it('neither reads nor writes, but lets a secret be taken out', async () => {
    const { file, vault } = await newVault();
    vault.set('a', CANARY);
    vault.set('b', 'other');
    vault.lock();
    expect((await failureOf(() => vault.get('a'))).code).toBe('vault-locked');
    expect((await failureOf(() => vault.set('c', 'x'))).code).toBe('vault-locked');
    vault.remove('a');
    await vault.unlock(PASSPHRASE);
    expect([vault.get('a'), vault.get('b')]).toEqual([null, 'other']);
    expect(readFileSync(file, 'utf8')).not.toContain('"a"');
  });

  it('is not there to be opened before it is made', async () => {
    const vault = again(join(newFolder(), 'vault.json'));
    expect((await failureOf(() => vault.unlock(PASSPHRASE))).code).toBe('vault-locked');
    expect(vault.has('a')).toBe(false);
    vault.remove('a');
    expect(vault.state).toBe('none');
  });

  it('is gone with all its secrets when it is given up', async () => {
    const { file, vault } = await newVault();
    vault.set('a', CANARY);
    vault.discard();
    expect(vault.state).toBe('none');
    expect(existsSync(file)).toBe(false);
    await vault.create('a new passphrase');
    expect(vault.get('a')).toBeNull();
  });
});

describe('a changed passphrase', () => {
  it('opens everything, and the old one nothing', async () => {
    const { file, vault } = await newVault();
    for (let i = 0; i < 20; i++) vault.set(`account ${i}`, `${CANARY} ${i}`);
    await vault.changePassphrase(PASSPHRASE, 'twelve quiet herons');
    expect(vault.get('account 7')).toBe(`${CANARY} 7`);
    const next = again(file);
    expect((await failureOf(() => next.unlock(PASSPHRASE))).code).toBe('passphrase-wrong');
    await next.unlock('twelve quiet herons');
    expect(next.get('account 19')).toBe(`${CANARY} 19`);
  });

  it('is not taken without the old one, and then nothing is changed', async () => {
    const { file, vault } = await newVault();
    const before = readFileSync(file);
    const refused = await failureOf(() => vault.changePassphrase('wrong passphrase', 'twelve quiet herons'));
    expect(refused.code).toBe('passphrase-wrong');
    expect(readFileSync(file)).toEqual(before);
    expect(vault.state).toBe('open');
  });

  it('keeps a secret that comes while it is being changed', async () => {
    const { file, vault } = await newVault();
    const changing = vault.changePassphrase(PASSPHRASE, 'twelve quiet herons');
    vault.set('late', CANARY);
    await changing;
    const next = again(file);
    await next.unlock('twelve quiet herons');
    expect(next.get('late')).toBe(CANARY);
  });
});

describe('a damaged vault', () => {
  it('is told from a wrong passphrase wherever it is cut', async () => {
    const { file, vault } = await newVault();
    vault.set('a', CANARY);
    const whole = readFileSync(file);
    for (const size of [0, 1, 20, whole.length >> 1, whole.length - 3]) {
      writeFileSync(file, whole);
      truncateSync(file, size);
      expect((await failureOf(() => again(file).unlock(PASSPHRASE))).code, `cut at ${size}`).toBe('vault-damaged');
    }
  });

  it('never opens with a flipped bit, and never as a wrong passphrase', async () => {
    const { file, vault } = await newVault();
    vault.set('a', CANARY);
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length - 1; at += 17) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      writeFileSync(file, flipped);
      // A blank between fields may become another character that JSON does not mind.
      const outcome = await again(file)
        .unlock(PASSPHRASE)
        .then(
          () => 'opened',
          (error: { code?: string }) => error.code,
        );
      const sameFields = JSON.stringify(parsed(flipped)) === JSON.stringify(parsed(whole));
      expect(outcome, `octet ${at}`).toBe(sameFields ? 'opened' : 'vault-damaged');
    }
  });

  it('asks for no more memory than a file of ours would', async () => {
    const { file } = await newVault();
    const greedy = readFileSync(file, 'utf8').replace('"N": 1024', '"N": 1073741824');
    writeFileSync(file, greedy);
    expect((await failureOf(() => again(file).unlock(PASSPHRASE))).code).toBe('vault-damaged');
  });

  it('does not pass one account the secret of another', async () => {
    const { vault, file } = await newVault();
    vault.set('a', CANARY);
    const fields = JSON.parse(readFileSync(file, 'utf8')) as { secrets: Record<string, unknown>; checksum?: string };
    delete fields.checksum;
    fields.secrets.b = fields.secrets.a;
    const checksum = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
    writeFileSync(file, JSON.stringify({ ...fields, checksum }));
    expect(vault.get('a')).toBe(CANARY);
    expect((await failureOf(() => vault.get('b'))).code).toBe('vault-damaged');
  });

  it('is laid aside for a new one, and stays to be looked at', async () => {
    const { file, folder } = await newVault();
    writeFileSync(file, 'rubbish');
    const next = again(file);
    await next.create('a new passphrase');
    expect(next.state).toBe('open');
    expect(readFileSync(join(folder, 'vault.json.damaged'), 'utf8')).toBe('rubbish');
  });

  it('of a newer version is left alone', async () => {
    const { file } = await newVault();
    writeFileSync(file, JSON.stringify({ format: 'mailferry-vault', version: 2 }));
    const refused = await failureOf(() => again(file).unlock(PASSPHRASE));
    expect(refused.code).toBe('vault-damaged');
    expect(refused.message).toContain('newer');
  });
});

it('no error of a vault shows a password or a passphrase', async () => {
  const { file, vault } = await newVault();
  vault.set('a', CANARY);
  vault.lock();
  const errors = [
    await failureOf(() => vault.unlock(`${PASSPHRASE}!`)),
    await failureOf(() => vault.set('b', CANARY)),
    await failureOf(() => vault.create(PASSPHRASE)),
    await failureOf(() => vault.changePassphrase(`${PASSPHRASE}!`, CANARY)),
  ];
  writeFileSync(file, `{"${CANARY}`);
  errors.push(await failureOf(() => vault.unlock(PASSPHRASE)));
  for (const error of errors) {
    expect(everythingOf(error)).not.toContain(CANARY);
    expect(everythingOf(error)).not.toContain(PASSPHRASE);
  }
});

function parsed(octets: Buffer): unknown {
  try {
    return JSON.parse(octets.toString('utf8'));
  } catch {
    return null;
  }
}
