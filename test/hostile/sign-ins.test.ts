/** Before and around the sign-in: what is encrypted, who is signed in, what is offered. */
import { expect } from 'vitest';
import { before, drop, edit, endWith, replace, say } from '../helpers/scripted-imap/acts.ts';
import { always, once, script, type Act } from '../helpers/scripted-imap/script.ts';
import { complete, fails, without, withNames, type HostileCase } from './harness/case.ts';
import { hostileSuite } from './harness/suite.ts';
import { PASSWORD } from './harness/stage.ts';

const SECRETS = ['LOGIN', 'AUTHENTICATE'];
const nothingInClear: HostileCase['look'] = (server) => {
  expect(server.heardInClear().filter((verb) => SECRETS.includes(verb))).toEqual([]);
};
const starttls = { tls: 'starttls', look: nothingInClear } as const;
const injected = (text: string): Act => edit((answer) => `${answer}${text}\r\n`);

const CASES: HostileCase[] = [
  { name: 'by STARTTLS, well-behaved', job: 'backup', ...starttls, script: () => () => null, ends: complete() },
  {
    name: 'by TLS from the start, well-behaved',
    job: 'restore',
    tls: 'implicit',
    script: () => () => null,
    ends: complete(),
  },
  {
    name: 'STARTTLS taken out of the capabilities: the password is not sent',
    job: 'backup',
    ...starttls,
    script: () =>
      script(
        ...['GREETING', 'CAPABILITY'].map((verb) =>
          always(
            verb,
            edit((a) => a.replace(' STARTTLS LOGINDISABLED', ' AUTH=PLAIN')),
          ),
        ),
      ),
    ends: fails('starttls-missing'),
  },
  {
    name: 'NO to STARTTLS: the password is not sent',
    job: 'backup',
    ...starttls,
    script: () => always('STARTTLS', say('$TAG NO Not today')),
    ends: fails('starttls-missing'),
  },
  {
    name: 'BAD to STARTTLS: the password is not sent',
    job: 'backup',
    ...starttls,
    script: () => always('STARTTLS', say('$TAG BAD What?')),
    ends: fails('starttls-missing'),
  },
  {
    name: 'OK to STARTTLS and then no TLS',
    job: 'backup',
    ...starttls,
    script: () => always('STARTTLS', say('$TAG OK Begin', '* OK Hello in clear')),
    ends: fails('tls-failed'),
  },
  {
    name: 'OK to STARTTLS and then silence',
    job: 'backup',
    ...starttls,
    script: () => always('STARTTLS', say('$TAG OK Begin')),
    ends: { state: 'failed' },
  },
  {
    name: 'responses injected behind the OK to STARTTLS',
    job: 'backup',
    ...starttls,
    script: () => always('STARTTLS', injected('* CAPABILITY IMAP4rev1 AUTH=PLAIN')),
    ends: fails('tls-failed'),
  },
  {
    name: 'a sign-in injected behind the OK to STARTTLS',
    job: 'backup',
    ...starttls,
    script: () => always('STARTTLS', injected('* PREAUTH welcome')),
    ends: fails('tls-failed'),
  },
  {
    name: 'capabilities from before TLS are not believed after it',
    job: 'backup',
    ...starttls,
    script: () =>
      script(
        always(
          'GREETING',
          edit((a) => a.replace('IMAP4rev1', 'IMAP4rev1 AUTH=XOAUTH2 AUTH=CRAM-MD5 X-LIE')),
        ),
      ),
    ends: complete(),
  },
  {
    name: 'PREAUTH where STARTTLS was wanted: refused',
    job: 'backup',
    ...starttls,
    script: () => always('GREETING', say('* PREAUTH [CAPABILITY IMAP4rev1] welcome')),
    ends: fails('starttls-missing'),
  },
  {
    name: 'PREAUTH on a line without encryption, whose server then wants a sign-in',
    job: 'backup',
    script: () => always('GREETING', say('* PREAUTH [CAPABILITY IMAP4rev1] welcome')),
    ends: { state: 'failed' },
  },
  {
    name: 'LOGINDISABLED without STARTTLS',
    job: 'backup',
    capabilities: (names) => [...names.filter((n) => !n.startsWith('AUTH=')), 'LOGINDISABLED'],
    script: () => () => null,
    ends: fails('authentication-unsupported'),
    heal: (server) => server.setCapabilities((names) => names),
  },
  {
    name: 'no capabilities at all',
    job: 'backup',
    capabilities: () => ['IMAP4rev1'],
    script: () => () => null,
    ends: complete(),
  },
  {
    name: 'no capabilities at all, at the target',
    job: 'restore',
    capabilities: () => ['IMAP4rev1'],
    script: () => () => null,
    ends: complete(),
  },
  {
    name: 'capabilities that change with the sign-in',
    job: 'backup',
    script: () => once('AUTHENTICATE', replace(/\[CAPABILITY [^\]]*\]/, '[CAPABILITY IMAP4rev1]')),
    ends: complete(),
  },
  {
    name: 'LITERAL+ and MULTIAPPEND gone with the sign-in',
    job: 'restore',
    script: () => always('AUTHENTICATE', replace(/ (LITERAL\+|MULTIAPPEND|UIDPLUS)/g, '')),
    ends: complete(),
  },
  {
    name: 'extensions that are offered and answered with BAD',
    job: 'backup',
    capabilities: withNames('QRESYNC', 'COMPRESS=DEFLATE', 'OBJECTID', 'UTF8=ACCEPT', 'PREVIEW', 'X-GM-EXT-1'),
    script: () => () => null,
    ends: complete(),
    heal: (server) => server.setCapabilities((names) => names),
  },
  {
    name: 'LIST-STATUS offered and answered with BAD',
    job: 'backup',
    script: () => always('LIST', say('$TAG BAD Unknown'), /RETURN/),
    ends: complete(),
  },
  {
    name: 'a thousand capabilities of a thousand characters',
    job: 'backup',
    capabilities: (names) => [...names, ...Array.from({ length: 50 }, (_, i) => `X${i}${'A'.repeat(1000)}`)],
    script: () => () => null,
    ends: complete(),
  },
  {
    name: 'IMAP4rev2 only',
    job: 'backup',
    capabilities: (names) => names.map((n) => (n === 'IMAP4rev1' ? 'IMAP4rev2' : n)),
    script: () => () => null,
    ends: { state: 'complete' },
    heal: (server) => server.setCapabilities((names) => names),
  },
  {
    name: 'the password echoed in the refusal',
    job: 'backup',
    script: () =>
      always(
        'AUTHENTICATE',
        say(`$TAG NO [AUTHENTICATIONFAILED] "${Buffer.from(PASSWORD).toString('latin1')}" is not the password of anna`),
      ),
    ends: fails('authentication-failed'),
  },
  {
    name: 'the sign-in echoed in base64',
    job: 'backup',
    script: () =>
      always('AUTHENTICATE', say(`$TAG NO ${Buffer.from(`\0anna\0${PASSWORD}`).toString('base64')} refused`)),
    ends: fails('authentication-failed'),
  },
  {
    name: 'the password echoed in an alert, a refusal of a mailbox and a BYE',
    job: 'backup',
    script: () =>
      script(
        once('AUTHENTICATE', before(`* OK [ALERT] Your password ${Buffer.from(PASSWORD).toString('latin1')} is weak`)),
        always('EXAMINE', say(`$TAG NO [NOPERM] ${Buffer.from(PASSWORD).toString('latin1')}`)),
        always('LOGOUT', say(`* BYE ${Buffer.from(PASSWORD).toString('latin1')}`, '$TAG OK bye')),
      ),
    ends: { state: 'incomplete' },
  },
  {
    name: 'the password echoed in refusals of messages',
    job: 'restore',
    script: () => always('APPEND', say(`$TAG NO ${Buffer.from(PASSWORD).toString('latin1')}`)),
    ends: { state: 'incomplete' },
  },
  {
    name: 'only mechanisms that nobody knows',
    job: 'backup',
    capabilities: (names) => [...names.filter((n) => !n.startsWith('AUTH=')), 'AUTH=GSSAPI', 'LOGINDISABLED'],
    script: () => () => null,
    ends: fails('authentication-unsupported'),
    heal: (server) => server.setCapabilities((names) => names),
  },
  {
    name: 'SCRAM offered, and the server lets us in without proving that it knows the password',
    job: 'backup',
    capabilities: (names) => ['AUTH=SCRAM-SHA-256', ...names],
    script: () => once('AUTHENTICATE', say('$TAG OK Welcome')),
    ends: { state: 'failed' },
    heal: (server) => server.setCapabilities((names) => names),
  },
  {
    name: 'OK to a sign-in, and then nothing is allowed',
    job: 'backup',
    script: () => always('LIST', say('$TAG BAD Sign in before LIST')),
    ends: fails('server-refused'),
  },
  {
    name: 'the greeting of another protocol',
    job: 'backup',
    script: () => always('GREETING', say('+OK POP3 ready')),
    ends: fails('protocol-error'),
  },
  {
    name: 'a web server',
    job: 'backup',
    script: () =>
      always('GREETING', say('HTTP/1.1 400 Bad Request', 'Content-Type: text/html', '', '<h1>Bad Request</h1>')),
    ends: fails('protocol-error'),
  },
  {
    name: 'a greeting full of terminal codes',
    job: 'backup',
    script: () => always('GREETING', say('* BYE \u001b]0;owned\u0007\u001b[2J\u202eevil')),
    ends: fails('server-bye'),
  },
  {
    name: 'ID, NAMESPACE and ENABLE refused',
    job: 'backup',
    script: () => script(...['ID', 'NAMESPACE', 'ENABLE'].map((verb) => always(verb, say('$TAG BAD What?')))),
    ends: complete(),
  },
  {
    name: 'ID with megabytes of names',
    job: 'backup',
    script: () => always('ID', say(`* ID (${'"name" "x" '.repeat(10_000)})`, '$TAG OK done')),
    ends: complete(),
  },
  {
    name: 'the line cut right after the sign-in, each time',
    job: 'backup',
    script: () => always('NAMESPACE', drop),
    ends: fails('connection-lost'),
  },
  {
    name: 'the tagged OK of the sign-in comes with a BYE before it',
    job: 'backup',
    script: () => always('AUTHENTICATE', endWith('NO [UNAVAILABLE] Come back later')),
    ends: fails('server-refused'),
  },
  {
    name: 'TLS from the start, cut in every answer',
    job: 'backup',
    tls: 'implicit',
    capabilities: without('LIST-STATUS'),
    script: () => once('UID FETCH', drop),
    ends: complete(),
  },
  {
    name: 'no TLS on the port for TLS',
    job: 'backup',
    security: 'tls',
    script: () => () => null,
    ends: fails('tls-failed'),
    then: fails('tls-failed'),
  },
];

hostileSuite('sign-ins', CASES);
