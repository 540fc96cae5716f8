/** Where a password comes from: a variable, a file, or a prompt. Never an argument, which every process can read. */
import fs from 'node:fs';
import { EngineError } from '../engine/errors.ts';
import type { Account, Credential } from '../../shared/account.ts';

export interface SecretOptions {
  passwordEnv?: string;
  passwordFile?: string;
  tokenEnv?: string;
  tokenFile?: string;
}

/** @param role how the options of this account begin when a command has two: 'source-' or 'target-', else '' */
export function credentialFrom(account: Account, options: SecretOptions, role: string): () => Promise<Credential> {
  return async () => {
    const { passwordEnv, passwordFile, tokenEnv, tokenFile } = options;
    if (tokenEnv !== undefined) return { accessToken: fromEnv(tokenEnv, `--${role}token-env`) };
    if (tokenFile !== undefined) return { accessToken: fromFile(tokenFile, `--${role}token-file`) };
    if (passwordEnv !== undefined) return { password: fromEnv(passwordEnv, `--${role}password-env`) };
    if (passwordFile !== undefined) return { password: fromFile(passwordFile, `--${role}password-file`) };
    return { password: await ask(account, role) };
  };
}

function fromEnv(name: string, option: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw missing(
      `${option} names the variable ${name}, which is not set. Set it, or use --${option.slice(2).replace('env', 'file')}.`,
    );
  }
  return value;
}

function fromFile(file: string, option: string): string {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw missing(`The file that ${option} names ${reason}: ${file}`);
  }
  const value = text.replace(/\r?\n[\s\S]*$/, '');
  if (value === '') throw missing(`The first line of the file that ${option} names is empty: ${file}`);
  return value;
}

async function ask(account: Account, role: string): Promise<string> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw missing(
      `No password for ${account.user}: give it with --${role}password-env NAME or --${role}password-file FILE, or run in a terminal to be asked.`,
    );
  }
  const { isCancel, password } = await import('@clack/prompts');
  const answer = await password({ message: `Password for ${account.user} at ${account.endpoint.host}` });
  if (isCancel(answer)) throw new EngineError('cancelled', 'Stopped at the password prompt; nothing was done.');
  if (answer === '') throw missing('The password is empty. Run again and type it.');
  return answer;
}

const missing = (message: string) => new EngineError('secret-missing', message);
