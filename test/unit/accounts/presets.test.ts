import { describe, expect, it } from 'vitest';
import { isHostName } from '../../../electron/engine/accounts/address.ts';
import { MX_HOST } from '../../../electron/engine/accounts/preset.ts';
import {
  findProvider,
  presetForDomain,
  presetForHost,
  presetForMx,
  PRESETS,
} from '../../../electron/engine/accounts/presets.ts';

describe('the tables of providers', () => {
  it('say for no domain and no mail exchanger two things', () => {
    for (const field of ['domains', 'mx'] as const) {
      const all = PRESETS.flatMap((row) => [...row[field]]);
      expect(all.filter((name, i) => all.indexOf(name) !== i)).toEqual([]);
    }
  });

  it('hold names in lower case that could be host names, encrypted ports, and https pages', () => {
    for (const { id, domains, mx, imap, hint } of PRESETS) {
      for (const name of [...domains, ...mx]) {
        expect(name, id).toBe(name.toLowerCase());
        expect(isHostName(name) && name.includes('.'), `${id}: ${name}`).toBe(true);
      }
      if (imap && imap.host !== MX_HOST) expect(isHostName(imap.host), id).toBe(true);
      if (imap) expect([993, 1143], id).toContain(imap.port);
      if (hint) expect(new URL(hint.url).protocol, id).toBe('https:');
      expect(domains.length + mx.length, id).toBeGreaterThan(0);
      expect(imap === null, id).toBe(hint?.hint === 'no-imap');
    }
  });

  it('give rows of one provider one name, and one kind of hint', () => {
    for (const row of PRESETS) {
      const provider = findProvider(row.id);
      expect(provider?.name, row.id).toBe(row.name);
      expect(provider?.hint ?? null, row.id).toBe(row.hint?.hint ?? null);
    }
    expect(findProvider('nobody')).toBeNull();
  });

  it.each([
    ['gmx.de', 'gmx', 'imap.gmx.net', 'enable-imap'],
    ['gmx.com', 'gmx', 'imap.gmx.com', 'enable-imap'],
    ['web.de', 'webde', 'imap.web.de', 'enable-imap'],
    ['t-online.de', 't-online', 'secureimap.t-online.de', 'app-password'],
    ['posteo.net', 'posteo', 'posteo.de', undefined],
    ['mailbox.org', 'mailbox-org', 'imap.mailbox.org', undefined],
    ['gmail.com', 'gmail', 'imap.gmail.com', 'app-password'],
    ['yahoo.co.uk', 'yahoo', 'imap.mail.yahoo.com', 'app-password'],
    ['aol.com', 'aol', 'imap.aol.com', 'app-password'],
    ['me.com', 'icloud', 'imap.mail.me.com', 'app-password'],
    ['fastmail.com', 'fastmail', 'imap.fastmail.com', 'app-password'],
    ['hotmail.fr', 'outlook', 'outlook.office365.com', 'oauth-only'],
    ['firm.onmicrosoft.com', 'microsoft365', 'outlook.office365.com', 'oauth-only'],
    ['proton.me', 'proton', '127.0.0.1', 'bridge'],
    ['verizon.net', 'verizon', 'imap.aol.com', 'app-password'],
  ])('know %s', (domain, id, host, hint) => {
    const row = presetForDomain(domain);
    expect([row?.id, row?.imap?.host, row?.hint?.hint]).toEqual([id, host, hint]);
  });

  it.each([
    ['aspmx.l.google.com', 'google-workspace'],
    ['firm-de.mail.protection.outlook.com', 'microsoft365'],
    ['mx00.ionos.de', 'ionos'],
    ['smtpin.rzone.de', 'strato'],
    ['in1-smtp.messagingengine.com', 'fastmail'],
    ['w0123456.kasserver.com', 'all-inkl'],
    ['mx1.mail.ovh.net', 'ovh'],
    ['spool.mail.gandi.net', 'gandi'],
  ])('know who takes mail in at %s', (exchange, id) => {
    expect(presetForMx(exchange)?.id).toBe(id);
  });

  it('are not taken in by names that only look alike', () => {
    for (const name of [
      'evilgmail.com',
      'gmail.com.evil.example',
      'xn--gmil-5na.com',
      'yahoo.co.jp',
      'notonmicrosoft.com',
    ])
      expect(presetForDomain(name), name).toBeNull();
    for (const name of ['notgoogle.com', 'google.com.evil.example', 'xrzone.de', 'com'])
      expect(presetForMx(name), name).toBeNull();
  });

  it('know a server by its name, whoever led there', () => {
    expect(presetForHost('Outlook.Office365.com')?.hint?.hint).toBe('oauth-only');
    expect(presetForHost('127.0.0.1')).toBeNull();
  });
});
