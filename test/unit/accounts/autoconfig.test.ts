import { describe, expect, it } from 'vitest';
import { parseAddress, type MailAddress } from '../../../electron/engine/accounts/address.ts';
import { autoconfigUrls, readAutoconfig } from '../../../electron/engine/accounts/autoconfig.ts';

const ALICE = parseAddress('alice@firm.test') as MailAddress;

function server(fields: Record<string, string>, type = 'imap'): string {
  const all = { hostname: 'imap.firm.test', port: '993', socketType: 'SSL', username: '%EMAILADDRESS%', ...fields };
  const body = Object.entries(all)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('\n  ');
  return `<incomingServer type="${type}">\n  ${body}\n</incomingServer>\n`;
}

const file = (...servers: string[]) =>
  `<?xml version="1.0"?>\n<clientConfig version="1.1"><emailProvider id="firm.test">\n<domain>firm.test</domain>\n${servers.join('')}<outgoingServer type="smtp"><hostname>smtp.firm.test</hostname><port>465</port><socketType>SSL</socketType></outgoingServer>\n</emailProvider></clientConfig>`;

const read = (...servers: string[]) => readAutoconfig(file(...servers), ALICE);

describe('a file of settings', () => {
  it('is looked for over https, and without the address in the question', () => {
    const urls = autoconfigUrls('firm.test');
    expect(urls).toHaveLength(2);
    for (const url of urls) {
      expect(new URL(url)).toMatchObject({ protocol: 'https:', search: '' });
      expect(url).not.toContain('alice');
    }
  });

  it('gives its IMAP servers in its order, and no others', () => {
    const found = read(
      server({ hostname: 'pop.firm.test', port: '995' }, 'pop3'),
      server({}),
      server({ port: '143', socketType: 'STARTTLS' }),
    );
    expect(found).toEqual([
      {
        endpoint: { host: 'imap.firm.test', port: 993, security: 'tls' },
        user: 'alice@firm.test',
        origin: 'autoconfig',
      },
      {
        endpoint: { host: 'imap.firm.test', port: 143, security: 'starttls' },
        user: 'alice@firm.test',
        origin: 'autoconfig',
      },
    ]);
  });

  it.each([
    ['%EMAILADDRESS%', 'alice@firm.test'],
    ['%EMAILLOCALPART%', 'alice'],
    ['%EMAILLOCALPART%.%EMAILDOMAIN%', 'alice.firm.test'],
    ['web%EMAILLOCALPART%p1', 'webalicep1'],
    ['', 'alice@firm.test'],
    ['a&amp;b&lt;', 'a&b<'],
  ])('its user name %s becomes %s', (username, user) => {
    expect(read(server({ username }))[0]?.user).toBe(user);
  });

  it('may name the host by the domain', () => {
    expect(read(server({ hostname: 'imap.%EMAILDOMAIN%' }))[0]?.endpoint.host).toBe('imap.firm.test');
  });

  it.each([
    ['no encryption', { socketType: 'plain' }],
    ['an unknown kind of encryption', { socketType: 'TLSISH' }],
    ['no port', { port: '' }],
    ['a port that is none', { port: '99999' }],
    ['a port of words', { port: '993 or so' }],
    ['a host with a path', { hostname: 'imap.firm.test/evil' }],
    ['a host with a blank', { hostname: 'imap firm.test' }],
    ['no host', { hostname: '' }],
    ['a user name with a line break', { username: 'a\nb' }],
    ['a user name without end', { username: 'x'.repeat(400) }],
  ])('a server with %s is left out', (_, fields) => {
    expect(read(server(fields))).toEqual([]);
    expect(read(server(fields), server({}))).toHaveLength(1);
  });

  it('expands nothing that it defines itself, and fetches nothing', () => {
    const xml = file(server({ username: '&x;' })).replace(
      '<clientConfig',
      '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><clientConfig',
    );
    expect(readAutoconfig(xml, ALICE)[0]?.user).toBe('&x;');
  });

  it('is nothing when it is a web page, empty, cut, or commented out', () => {
    for (const text of [
      '',
      '<html><incomingServer type="imap">',
      file(server({})).slice(0, 200),
      '<clientConfig',
      '\0',
    ])
      expect(readAutoconfig(text, ALICE)).toEqual([]);
    expect(read(`<!-- ${server({})} -->`)).toEqual([]);
    expect(readAutoconfig(`<!-- ${file(server({}))}`, ALICE)).toEqual([]);
  });

  it('is read in no time, however it is made', () => {
    const size = 250_000;
    const hostile = [
      '<incomingServer type="imap">'.repeat(size / 28),
      `${'<incomingServer type="imap">'.repeat(size / 28)}</incomingServer>`,
      '<!--'.repeat(size / 4),
      '<hostname'.repeat(size / 9),
      `<incomingServer ${'type='.repeat(size / 5)}></incomingServer>`,
      `<incomingServer type="imap">${'<hostname>'.repeat(size / 10)}</incomingServer>`,
      `<incomingServer${' '.repeat(size)}></incomingServer>`,
    ];
    const start = performance.now();
    for (const body of hostile) expect(readAutoconfig(`<clientConfig >${body}`, ALICE)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});
