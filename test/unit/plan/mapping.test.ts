import { describe, expect, it } from 'vitest';
import {
  DEFAULT_RULES,
  inferPrefix,
  mapMailboxes,
  replacementName,
  type MappingRules,
} from '../../../electron/engine/plan/mapping.ts';
import type { Mailbox, MailboxStatus, SpecialUse } from '../../../shared/mailbox.ts';

const mailbox = (path: string, specialUse: SpecialUse | null = null, delimiter = '/'): MailboxStatus => ({
  path,
  delimiter,
  specialUse,
  selectable: true,
  subscribed: true,
  messages: 0,
  unseen: null,
  uidValidity: 1,
  uidNext: 1,
  highestModSeq: null,
  sizeBytes: null,
});

interface Target {
  mailboxes?: Mailbox[];
  prefix?: string;
  delimiter?: string;
}

function map(sources: MailboxStatus[], target: Target = {}, rules: Partial<MappingRules> = {}, sourcePrefix = '') {
  const namespace = { prefix: target.prefix ?? '', delimiter: target.delimiter ?? '/' };
  const pairs = mapMailboxes(
    sources,
    sourcePrefix,
    { mailboxes: target.mailboxes ?? [], namespace },
    { ...DEFAULT_RULES, ...rules },
  );
  return Object.fromEntries(pairs.map((p) => [p.source.path, p.targetPath]));
}

describe('mapMailboxes', () => {
  it('translates delimiters and namespace prefixes both ways', () => {
    const courier = [mailbox('INBOX', 'inbox', '.'), mailbox('INBOX.Kunden.Müller', null, '.')];
    expect(map(courier, {}, {}, 'INBOX.')).toEqual({ INBOX: 'INBOX', 'INBOX.Kunden.Müller': 'Kunden/Müller' });
    const dovecot = [mailbox('INBOX', 'inbox'), mailbox('Kunden/Müller')];
    expect(map(dovecot, { prefix: 'INBOX.', delimiter: '.' })).toEqual({
      INBOX: 'INBOX',
      'Kunden/Müller': 'INBOX.Kunden.Müller',
    });
  });

  it('pairs special folders in any language, with what is below them', () => {
    const sources = [
      mailbox('Gesendet', 'sent'),
      mailbox('Gesendet/2020'),
      mailbox('Entwürfe', 'drafts'),
      mailbox('Papierkorb', 'trash'),
    ];
    const target = { mailboxes: [mailbox('Sent', 'sent'), mailbox('Drafts', 'drafts')] };
    expect(map(sources, target)).toEqual({
      Gesendet: 'Sent',
      'Gesendet/2020': 'Sent/2020',
      Entwürfe: 'Drafts',
      Papierkorb: 'Papierkorb',
    });
  });

  it('stays the same once its folders are there, whatever the target takes for special since', () => {
    const sources = [mailbox('Sent', 'sent'), mailbox('Отправленные')];
    const first = map(sources);
    const after = [mailbox('Отправленные', 'sent'), mailbox('Sent')];
    expect(map(sources, { mailboxes: after })).toEqual(first);
  });

  it('keeps names where pairing is switched off', () => {
    expect(
      map([mailbox('Gesendet', 'sent')], { mailboxes: [mailbox('Sent', 'sent')] }, { pairSpecialUse: false }),
    ).toEqual({ Gesendet: 'Gesendet' });
  });

  it('asks for the special use where the target has no such folder yet', () => {
    const [pair] = mapMailboxes(
      [mailbox('Papierkorb', 'trash')],
      '',
      { mailboxes: [], namespace: { prefix: '', delimiter: '/' } },
      DEFAULT_RULES,
    );
    expect(pair).toMatchObject({ targetPath: 'Papierkorb', targetSpecialUse: 'trash' });
  });

  it('explicit rules carry the folders below, and win over special use', () => {
    const sources = [mailbox('Gesendet', 'sent'), mailbox('Alt'), mailbox('Alt/2001')];
    const rules = {
      explicit: [
        { from: 'Gesendet', to: 'Mein/Raus' },
        { from: 'Alt', to: 'Archiv/Alt' },
      ],
    };
    expect(map(sources, { mailboxes: [mailbox('Sent', 'sent')] }, rules)).toEqual({
      Gesendet: 'Mein/Raus',
      Alt: 'Archiv/Alt',
      'Alt/2001': 'Archiv/Alt/2001',
    });
  });

  it('--into and regular expressions are applied last', () => {
    const rules = { into: 'Import', regex: [{ pattern: /Kunden/, replacement: 'Clients' }] };
    expect(map([mailbox('INBOX', 'inbox'), mailbox('Kunden/A')], {}, rules)).toEqual({
      INBOX: 'Import/INBOX',
      'Kunden/A': 'Import/Clients/A',
    });
  });

  it('replaces what would make a level of its own or what no server takes, and says so', () => {
    const pairs = mapMailboxes(
      [mailbox('a/b', null, '.'), mailbox('x\u0001y')],
      '',
      { mailboxes: [], namespace: { prefix: '', delimiter: '/' } },
      DEFAULT_RULES,
    );
    expect(pairs.map((p) => p.targetPath)).toEqual(['a_b', 'x_y']);
    expect(pairs.every((p) => p.changed !== null)).toBe(true);
  });

  it('two folders whose cleaned names meet each keep a folder of their own', () => {
    expect(Object.values(map([mailbox('a/b', null, '.'), mailbox('a_b', null, '.')]))).toEqual(['a_b', 'a_b (2)']);
  });

  it('two folders meet in one only where a rule says so', () => {
    const rules = {
      explicit: [
        { from: 'A', to: 'One' },
        { from: 'B', to: 'One' },
      ],
    };
    expect(map([mailbox('A'), mailbox('B')], {}, rules)).toEqual({ A: 'One', B: 'One' });
  });

  it('infers the prefix of an archive from its names', () => {
    expect(inferPrefix([mailbox('INBOX', null, '.'), mailbox('INBOX.Sent', null, '.')])).toBe('INBOX.');
    expect(
      inferPrefix([mailbox('INBOX', null, '.'), mailbox('INBOX.Sent', null, '.'), mailbox('Other', null, '.')]),
    ).toBe('');
    expect(inferPrefix([mailbox('INBOX')])).toBe('');
  });
});

describe('replacementName', () => {
  const namespace = { prefix: 'INBOX.', delimiter: '.' };
  const free = () => false;

  it.each([
    ['INBOX.say "hello"', 'INBOX.say _hello_'],
    ['INBOX.a\\b.100%', 'INBOX.a_b.100_'],
    ['INBOX.Entwürfe.日本', null],
    ['INBOX.??', 'INBOX.__'],
  ])('%s becomes %s', (path, expected) => {
    expect(replacementName(path, namespace, free)).toBe(expected);
  });

  it('does not take a name that another folder has', () => {
    expect(replacementName('INBOX.a%', namespace, (name) => name === 'INBOX.a_')).toBe('INBOX.a_ (2)');
  });

  it('keeps names to the Basic Multilingual Plane where the server cannot list others', () => {
    const target = { mailboxes: [], namespace: { ...namespace, bmpOnly: true } };
    const [pair] = mapMailboxes([mailbox('📬 Reise')], '', target, DEFAULT_RULES);
    expect(pair).toMatchObject({ targetPath: 'INBOX._ Reise', changed: expect.stringContaining('replaced') as string });
  });
});
