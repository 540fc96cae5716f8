import { describe, expect, it } from 'vitest';
import { parseAccountUrl } from '../../../electron/engine/imap/parse-url.ts';

describe('parseAccountUrl', () => {
  it.each([
    ['imaps://anna@imap.example.org', 'anna', 'imap.example.org', 993, 'tls'],
    ['imap://anna@imap.example.org/', 'anna', 'imap.example.org', 143, 'starttls'],
    ['IMAPS://anna%40example.org@IMAP.example.org:1993', 'anna@example.org', 'imap.example.org', 1993, 'tls'],
    ['imaps://anna@example.org@imap.example.org', 'anna@example.org', 'imap.example.org', 993, 'tls'],
    ['imap+insecure://a%3Ab%25@127.0.0.1:10143', 'a:b%', '127.0.0.1', 10143, 'none'],
    ['imaps://anna@[::1]:993', 'anna', '::1', 993, 'tls'],
    ['imaps://anna@b\u00fccher.example', 'anna', 'xn--bcher-kva.example', 993, 'tls'],
  ] as const)('%s', (url, user, host, port, security) => {
    expect(parseAccountUrl(url)).toEqual({ user, endpoint: { host, port, security } });
  });

  it.each([
    ['anna@imap.example.org', /imaps:\/\/user@host/],
    ['pop3://anna@h', /imaps:\/\/user@host/],
    ['imaps://imap.example.org', /names no user/],
    ['imaps://anna:hunter2@imap.example.org', /--password-env/],
    ['imaps://anna@host/INBOX', /--only/],
    ['imaps://anna@host?x=hunter2', /--only/],
    ['imaps://anna@host:99999', /port/],
    ['imaps://anna@', /no host/],
    ['imaps://anna@:993', /no host/],
    ['imaps://100%@host', /%25/],
    ['imaps://a%0d%0ab@host', /control/],
  ])('refuses %s without repeating it', (url, sentence) => {
    expect(() => parseAccountUrl(url)).toThrow(sentence);
    expect(() => parseAccountUrl(url)).not.toThrow(/hunter2/);
  });
});
