/** Options that several commands share, and what their values mean. */
import fs from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EngineError } from '../engine/errors.ts';
import {
  DEFAULT_RULES,
  parseAccountUrl,
  type AccountAccess,
  type MappingRules,
  type ProofDepth,
} from '../engine/engine.ts';
import { credentialFrom } from './secrets.ts';

export interface AccessOptions {
  passwordEnv?: string;
  passwordFile?: string;
  tokenEnv?: string;
  tokenFile?: string;
  tlsCa?: string;
  tlsFingerprint?: string;
}

/** @param role '' for a command with one account, 'source-' or 'target-' for one with two */
export function addAccessOptions(command: Command, role = ''): Command {
  const of = role === '' ? '' : ` of the ${role.slice(0, -1)}`;
  return command
    .option(`--${role}password-env <name>`, `environment variable that holds the password${of}`)
    .option(`--${role}password-file <file>`, `file whose first line is the password${of}`)
    .option(`--${role}token-env <name>`, `environment variable that holds an OAuth 2 access token${of}`)
    .option(`--${role}token-file <file>`, `file whose first line is an OAuth 2 access token${of}`)
    .option(`--${role}tls-ca <file>`, `PEM file of a certificate authority to trust${of}`)
    .option(`--${role}tls-fingerprint <sha256>`, `trust exactly the certificate with this SHA-256 fingerprint${of}`);
}

export function accessFrom(url: string, options: Record<string, unknown>, role = ''): AccountAccess {
  const take = (name: string): string | undefined => options[camel(`${role}${name}`)] as string | undefined;
  const account = parseAccountUrl(url);
  const tlsCa = take('tls-ca');
  const tlsFingerprint = take('tls-fingerprint');
  if (tlsCa !== undefined) account.endpoint.tlsCa = readCa(tlsCa);
  if (tlsFingerprint !== undefined) account.endpoint.tlsFingerprint = parseFingerprint(tlsFingerprint);
  const secrets = {
    passwordEnv: take('password-env'),
    passwordFile: take('password-file'),
    tokenEnv: take('token-env'),
    tokenFile: take('token-file'),
  };
  return {
    account,
    credential: credentialFrom(account, secrets, role),
    allowInsecure: options['allowInsecure'] === true,
  };
}

const camel = (name: string): string => name.replace(/-([a-z])/g, (_, c: string) => c.toUpperCase());

function readCa(file: string): string {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    throw new EngineError('usage', `The file that --tls-ca names cannot be read: ${file}`);
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new EngineError(
      'usage',
      `${file} holds no certificate in PEM form (a text that starts with BEGIN CERTIFICATE).`,
    );
  }
  return text;
}

function parseFingerprint(text: string): string {
  const hex = text
    .replace(/^sha-?256[:=]/i, '')
    .replace(/[:\s]/g, '')
    .toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new EngineError(
      'usage',
      '--tls-fingerprint takes the SHA-256 fingerprint of the certificate: 64 hexadecimal digits, with or without colons.',
    );
  }
  return hex;
}

export interface SelectionOptions {
  only: string[];
  skip: string[];
}

export const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** Values of a repeatable option; none given: empty. */
export const given = (options: Record<string, unknown>, name: string): string[] =>
  (options[name] as string[] | undefined) ?? [];

export function addSelectionOptions(command: Command): Command {
  return command
    .option(
      '--only <folder>',
      'take only this folder and those below it; * and % as in IMAP, \\Sent for a special folder (repeatable)',
      collect,
    )
    .option('--skip <folder>', 'leave this folder out, such as \\Junk or "Archive/*" (repeatable)', collect);
}

export function addTransferOptions(command: Command): Command {
  return command
    .option('--since <date>', 'only messages that arrived on or after this day (YYYY-MM-DD)', parseDay)
    .option('--connections <n>', 'connections at once on each side', parseConnections, 4)
    .option('--limit <rate>', 'speed limit in octets a second, such as 500k or 2M', parseRate)
    .option('--date-from-header', 'take the date from each message instead of the server (for sources that lost it)')
    .option('--allow-insecure', 'allow imap+insecure:// to another machine: the password travels in clear')
    .option('--report <file>', 'write a report: .html, .csv or .json');
}

export function transferOptions(options: Record<string, unknown>) {
  return {
    only: given(options, 'only'),
    skip: given(options, 'skip'),
    since: (options['since'] as string | undefined) ?? null,
    lanes: options['connections'] as number,
    bytesPerSecond: (options['limit'] as number | undefined) ?? null,
    dateFromHeader: options['dateFromHeader'] === true,
  };
}

export function addMappingOptions(command: Command): Command {
  return command
    .option('--map <from=to>', 'put this folder (and those below it) there (repeatable)', collect)
    .option('--map-regex <s/from/to/>', 'rename folders by a regular expression (repeatable)', collect)
    .option('--into <folder>', 'put everything below this folder')
    .option('--no-special-use', 'do not pair special folders such as Sent and Gesendet; keep the names')
    .addOption(proofOption('how the target is read back afterwards'))
    .option('--dry-run', 'show what would go where, and write nothing');
}

export function proofOption(description: string): Option {
  return new Option('--proof <depth>', description)
    .choices(['none', 'sizes', 'sample', 'full'] satisfies ProofDepth[])
    .default('sample');
}

export function mappingRules(options: Record<string, unknown>): MappingRules {
  return {
    ...DEFAULT_RULES,
    explicit: given(options, 'map').map(parseMap),
    regex: given(options, 'mapRegex').map(parseMapRegex),
    into: (options['into'] as string | undefined) ?? null,
    pairSpecialUse: options['specialUse'] !== false,
  };
}

function parseMap(text: string): { from: string; to: string } {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1)
    throw new EngineError(
      'usage',
      `--map takes FROM=TO, such as --map "Sent Items=Sent"; "${text}" is not of that form.`,
    );
  return { from: text.slice(0, at), to: text.slice(at + 1) };
}

function parseMapRegex(text: string): { pattern: RegExp; replacement: string } {
  const parts = /^s(.)(.+)\1(.*)\1(i?)$/su.exec(text);
  const usage = `--map-regex takes s/FROM/TO/, such as --map-regex "s/^Old\\///"; "${text}" is not of that form.`;
  if (!parts) throw new EngineError('usage', usage);
  const delimiter = parts[1]!;
  const unescape = (part: string) => part.split(`\\${delimiter}`).join(delimiter);
  try {
    return { pattern: new RegExp(unescape(parts[2]!), `u${parts[4]}`), replacement: unescape(parts[3]!) };
  } catch {
    throw new EngineError('usage', usage);
  }
}

function parseDay(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) {
    throw new InvalidArgumentError('It takes a day as YYYY-MM-DD, such as 2020-01-31.');
  }
  return text;
}

function parseConnections(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 16) throw new InvalidArgumentError('It takes a number from 1 to 16.');
  return n;
}

function parseRate(text: string): number {
  const m = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?(?:\/s)?$/i.exec(text);
  const factor = { '': 1, k: 1e3, m: 1e6, g: 1e9 }[(m?.[2] ?? '').toLowerCase()] ?? 1;
  const rate = m ? Number(m[1]) * factor : 0;
  if (rate < 1000) throw new InvalidArgumentError('It takes octets a second of at least 1k, such as 500k or 2M.');
  return rate;
}
