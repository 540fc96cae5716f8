import { describe, expect, it } from 'vitest';
import { pickQuirks, type ServerTraits } from '../../../electron/engine/imap/quirks/quirks.ts';
import { backoffFromText } from '../../../electron/engine/imap/quirks/throttling.ts';
import { signInHint } from '../../../electron/engine/imap/sign-in-hints.ts';

const server = (traits: Partial<ServerTraits>): ServerTraits => ({
  capabilities: new Set(),
  greeting: '',
  idName: '',
  host: 'mail.example.org',
  ...traits,
});

describe('pickQuirks', () => {
  it.each([
    ['Gmail', { capabilities: new Set(['X-GM-EXT-1']), host: 'imap.gmail.com' }, { maxConnections: 15 }],
    ['Exchange', { greeting: 'The Microsoft Exchange IMAP4 service is ready.' }, {}],
    ['Exchange', { host: 'outlook.office365.com' }, {}],
    ['Yahoo', { host: 'imap.mail.yahoo.com' }, { maxConnections: 5 }],
    [
      'Courier',
      { greeting: 'Courier-IMAP ready. Copyright 1998-2021 Double Precision, Inc.' },
      { noopBeforeLook: true, maxConnections: 4 },
    ],
    ['Dovecot', { idName: 'Dovecot' }, { noopBeforeLook: false }],
    ['standard', {}, { maxConnections: 8, noopBeforeLook: false }],
    ['standard', { host: 'notyahoo.com' }, {}],
  ])('knows %s by %o', (name, traits, facts) => {
    expect(pickQuirks(server(traits))).toMatchObject({ name, ...facts });
  });

  it.each([
    ['Suggested Backoff Time: 92415 milliseconds', 92_415],
    ['Backoff Time: 5 seconds', 5_000],
    ['Backoff Time: 99999999 milliseconds', 3_600_000],
    ['try later', null],
  ])('reads the pause in %s', (text, ms) => {
    expect(backoffFromText(text)).toBe(ms);
  });
});

describe('signInHint', () => {
  it.each([
    ['imap.gmail.com', /app password/],
    ['imap.mail.yahoo.com', /app password/],
    ['imap.mail.me.com', /app password/],
    ['imap.gmx.net', /switched on/],
    ['outlook.office365.com', /OAuth2/],
    ['mail.example.org', /^$/],
    ['gmail.com.example.org', /^$/],
  ])('%s: %s', (host, hint) => {
    expect(signInHint(host)).toMatch(hint);
  });
});
