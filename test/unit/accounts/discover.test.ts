import { describe, expect, it } from 'vitest';
import { discoverSettings } from '../../../electron/engine/accounts/discover.ts';
import { DOUBTED, fakeNetwork, TRUSTED, type Network } from './network.ts';

const AUTOCONFIG = `<clientConfig version="1.1"><emailProvider><incomingServer type="imap"><hostname>mail.hoster.test</hostname>
<port>993</port><socketType>SSL</socketType><username>%EMAILLOCALPART%</username></incomingServer></emailProvider></clientConfig>`;

async function discover(address: string, network: Network = {}) {
  const { ports, asked } = fakeNetwork(network);
  const { provider, candidates } = await discoverSettings(address, ports);
  const text = candidates.map(
    ({ endpoint: { host, port, security }, user, origin }) => `${origin} ${security} ${host}:${port} ${user}`,
  );
  return { provider, candidates: text, asked };
}

const imaps = (name: string, priority = 0, weight = 0) => ({ name, port: 993, priority, weight });

describe('a known provider', () => {
  it('is told at once, and nothing is asked on the network', async () => {
    const found = await discover('Alice.Example@GMX.de');
    expect(found.candidates).toEqual(['preset tls imap.gmx.net:993 Alice.Example@GMX.de']);
    expect(found.provider).toMatchObject({ id: 'gmx', hint: 'enable-imap' });
    expect(found.asked).toEqual([]);
  });

  it('may want what stands before the @', async () => {
    expect((await discover('alice@icloud.com')).candidates).toEqual(['preset tls imap.mail.me.com:993 alice']);
  });

  it('may need a program beside it', async () => {
    const found = await discover('alice@proton.me');
    expect(found.candidates).toEqual(['preset starttls 127.0.0.1:1143 alice@proton.me']);
    expect(found.provider?.hint).toBe('bridge');
  });

  it('may have no way in, and then no server is made up', async () => {
    const found = await discover('alice@tuta.com');
    expect([found.candidates, found.provider?.hint]).toEqual([[], 'no-imap']);
    const own = await discover('alice@firm.test', {
      mx: { 'firm.test': ['mail.tutanota.de'] },
      servers: { 'imap.firm.test:993': TRUSTED },
    });
    expect([own.candidates, own.provider?.hint]).toEqual([[], 'no-imap']);
  });
});

describe('a domain of its own', () => {
  it('is known by where its mail goes', async () => {
    const found = await discover('alice@firm.test', { mx: { 'firm.test': ['ASPMX.L.Google.com.'] } });
    expect(found.candidates).toEqual(['preset tls imap.gmail.com:993 alice@firm.test']);
    expect(found.provider).toMatchObject({ id: 'google-workspace', hint: 'app-password' });
  });

  it('may be read where its mail comes in', async () => {
    const found = await discover('alice@firm.test', { mx: { 'firm.test': ['w0123456.kasserver.com'] } });
    expect(found.candidates).toEqual(['preset tls w0123456.kasserver.com:993 alice@firm.test']);
  });

  it('takes the first mail exchanger that is known', async () => {
    const found = await discover('alice@firm.test', {
      mx: { 'firm.test': ['filter.test', 'x.mail.protection.outlook.com', 'mx.zoho.com'] },
    });
    expect(found.provider?.id).toBe('microsoft365');
  });

  it('may publish its servers in the DNS: best first, then TLS before STARTTLS', async () => {
    const found = await discover('alice@firm.test', {
      srv: {
        '_imaps._tcp.firm.test': [
          imaps('second.firm.test', 20),
          imaps('light.firm.test', 10, 1),
          imaps('first.firm.test.', 10, 9),
        ],
        '_imap._tcp.firm.test': [{ name: 'plain.firm.test', port: 143, priority: 20, weight: 0 }],
      },
    });
    expect(found.candidates).toEqual([
      'srv tls first.firm.test:993 alice@firm.test',
      'srv tls light.firm.test:993 alice@firm.test',
      'srv tls second.firm.test:993 alice@firm.test',
      'srv starttls plain.firm.test:143 alice@firm.test',
    ]);
  });

  it('may say in the DNS that it has no IMAP', async () => {
    for (const name of ['.', '']) {
      const found = await discover('alice@firm.test', {
        srv: { '_imaps._tcp.firm.test': [{ ...imaps(name), port: 0 }] },
      });
      expect(found.candidates).toEqual([]);
    }
  });

  it.each([
    'https://autoconfig.firm.test/mail/config-v1.1.xml',
    'https://firm.test/.well-known/autoconfig/mail/config-v1.1.xml',
  ])('may publish them at %s', async (url) => {
    const found = await discover('alice@firm.test', { pages: { [url]: AUTOCONFIG } });
    expect(found.candidates).toEqual(['autoconfig tls mail.hoster.test:993 alice']);
  });

  it('is guessed by the usual names, those with a good certificate first', async () => {
    const found = await discover('alice@firm.test', {
      servers: { 'imap.firm.test:993': DOUBTED, 'firm.test:993': TRUSTED, 'mail.firm.test:143': TRUSTED },
    });
    expect(found.candidates).toEqual([
      'guess tls firm.test:993 alice@firm.test',
      'guess tls imap.firm.test:993 alice@firm.test',
    ]);
  });

  it('is guessed with STARTTLS only where no server speaks TLS from the start', async () => {
    const found = await discover('alice@firm.test', {
      servers: {
        'mail.firm.test:143': { security: 'starttls', trusted: false },
        'firm.test:143': { security: 'none', trusted: false },
      },
    });
    expect(found.candidates).toEqual(['guess starttls mail.firm.test:143 alice@firm.test']);
  });

  it('is guessed without waiting for names that never answer', async () => {
    const found = await discover('alice@firm.test', {
      servers: { 'imap.firm.test:993': TRUSTED },
      silent: ['tls mail.firm.test', 'tls firm.test'],
    });
    expect(found.candidates).toEqual(['guess tls imap.firm.test:993 alice@firm.test']);
  });

  it('keeps all it finds in the order preset, srv, autoconfig, guess, each once', async () => {
    const found = await discover('alice@firm.test', {
      mx: { 'firm.test': ['mx1.migadu.com'] },
      srv: { '_imaps._tcp.firm.test': [imaps('imap.migadu.com'), imaps('srv.firm.test')] },
      pages: { 'https://autoconfig.firm.test/mail/config-v1.1.xml': AUTOCONFIG },
      servers: { 'imap.firm.test:993': TRUSTED, 'mail.firm.test:993': TRUSTED },
    });
    expect(found.candidates.map((text) => text.split(' ')[0] + ' ' + text.split(' ')[2])).toEqual([
      'preset imap.migadu.com:993',
      'srv srv.firm.test:993',
      'autoconfig mail.hoster.test:993',
      'guess imap.firm.test:993',
      'guess mail.firm.test:993',
    ]);
  });

  it('gets the hint of the provider to whose server it leads', async () => {
    const found = await discover('alice@firm.test', {
      mx: { 'firm.test': ['mx.filter.test'] },
      srv: { '_imaps._tcp.firm.test': [imaps('outlook.office365.com')] },
    });
    expect(found.provider?.hint).toBe('oauth-only');
  });
});

describe('the network', () => {
  it('is asked for names of the domain only, and never for the person', async () => {
    const { asked } = await discover('alice.secret@firm.test');
    expect(asked.length).toBeGreaterThanOrEqual(11);
    for (const question of asked) {
      expect(question).toMatch(/(^|[ ./])firm\.test(:|\/|$)/);
      expect(question).not.toMatch(/alice|secret/);
    }
  });

  it.each(['mx', 'srv', 'https', 'tls', '143'])(
    'may leave %s unanswered: the rest is told all the same',
    async (silent) => {
      const found = await discover('alice@firm.test', {
        silent: [silent],
        srv: silent === 'srv' ? {} : { '_imaps._tcp.firm.test': [imaps('a.firm.test')] },
        pages: { 'https://autoconfig.firm.test/mail/config-v1.1.xml': AUTOCONFIG },
      });
      expect(found.candidates.length).toBeGreaterThanOrEqual(1);
    },
  );

  it('may say nothing at all: the search ends at its deadline with nothing', async () => {
    const found = await discover('alice@firm.test', { silent: [''] });
    expect([found.provider, found.candidates]).toEqual([null, []]);
  });

  it('has nothing for examples and for what is no address, and is not asked', async () => {
    for (const typed of ['alice@example.org', 'alice@demo.example', 'alice', '', 'alice@']) {
      const found = await discover(typed);
      expect([found.provider, found.candidates, found.asked]).toEqual([null, [], []]);
    }
  });

  it('is not asked for records of an IP address or of this machine, only tried', async () => {
    const found = await discover('alice@localhost', {
      servers: { 'localhost:143': { security: 'none', trusted: false } },
    });
    expect(found.candidates).toEqual(['guess none localhost:143 alice']);
    expect(found.asked.toSorted()).toEqual(['starttls localhost:143', 'tls localhost:993']);
    const far = await discover('alice@192.0.2.7', {
      servers: { '192.0.2.7:143': { security: 'none', trusted: false } },
    });
    expect(far.candidates).toEqual([]);
  });
});
