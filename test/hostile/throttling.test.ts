/** Servers that want a slower pace, are full, or forget in mid-run who we are. */
import { expect } from 'vitest';
import { doThenSay, endWith, say } from '../helpers/scripted-imap/acts.ts';
import { always, nth, once, script } from '../helpers/scripted-imap/script.ts';
import { complete, fails, incomplete, usualMail, without, type HostileCase } from './harness/case.ts';
import { hostileSuite } from './harness/suite.ts';

const BODIES = /BODY/;
const expired = say('$TAG NO [AUTHENTICATIONFAILED] The access token has expired');

const CASES: HostileCase[] = [
  {
    name: 'THROTTLED in the middle of a backup: waits and goes on',
    job: 'backup',
    script: () => nth('UID FETCH', 1, say('$TAG NO [THROTTLED] Slow down'), BODIES, 2),
    ends: complete(),
  },
  {
    name: 'THROTTLED for ever: the backup ends and says so',
    job: 'backup',
    script: () => always('UID FETCH', say('$TAG NO [THROTTLED] Slow down'), BODIES),
    ends: fails('server-throttled'),
  },
  {
    name: "Exchange's suggested back-off of 90 seconds is waited for",
    job: 'backup',
    script: () =>
      once('UID FETCH', say('$TAG BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds'), BODIES),
    ends: complete(),
  },
  {
    name: "Exchange's suggested back-off while it lists is told",
    job: 'backup',
    script: () => always('LIST', say('$TAG BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds')),
    ends: fails('server-throttled'),
  },
  {
    name: 'a back-off of a year is not believed',
    job: 'restore',
    clockFactor: 1000,
    timeouts: { connectMs: 900_000, greetingMs: 900_000, signInMs: 900_000 },
    script: () =>
      once('APPEND', say('$TAG BAD Request is throttled. Suggested Backoff Time: 31536000000 milliseconds')),
    ends: complete(),
  },
  {
    name: 'THROTTLED at each APPEND: the restore ends, and nothing is there twice later',
    job: 'restore',
    script: () => always('APPEND', say('$TAG NO [THROTTLED] Slow down')),
    ends: fails('server-throttled'),
  },
  {
    name: 'OVERQUOTA to FETCH is a daily limit, not a full mailbox',
    job: 'backup',
    script: () => once('UID FETCH', say('$TAG NO [OVERQUOTA] Account exceeded command or bandwidth limits.'), BODIES),
    ends: complete(),
  },
  {
    name: 'BYE with a bandwidth limit ends as throttled',
    job: 'backup',
    script: () => always('UID FETCH', say('* BYE [OVERQUOTA] Account exceeded bandwidth limits.'), BODIES),
    ends: fails('server-throttled'),
  },
  {
    name: 'a mailbox that fills up ends the restore resumably',
    job: 'restore',
    server: { quotaBytes: 600 },
    script: () => () => null,
    ends: fails('over-quota'),
    then: fails('over-quota'),
  },
  {
    name: 'OVERQUOTA that goes away again: the next run brings the rest',
    job: 'restore',
    script: () => nth('APPEND', 2, say('$TAG NO [OVERQUOTA] Quota exceeded'), undefined, Infinity),
    ends: fails('over-quota'),
  },
  {
    name: 'a full mailbox without a code is known by its words (Cyrus, Courier)',
    job: 'restore',
    script: () => always('APPEND', say('$TAG NO Over quota')),
    ends: fails('over-quota'),
  },
  {
    name: 'a full mailbox told by BYE',
    job: 'restore',
    script: () => always('APPEND', say('* BYE [OVERQUOTA] Full', '$TAG NO [OVERQUOTA] Full')),
    ends: fails('server-bye'),
  },
  {
    name: 'a token that expires in mid-run is asked for anew, once',
    job: 'backup',
    credential: { accessToken: 'ya29-token' },
    capabilities: (names) => [...names.filter((n) => !n.startsWith('AUTH=')), 'AUTH=XOAUTH2', 'SASL-IR'],
    script: () => script(nth('AUTHENTICATE', 1, expired)),
    ends: fails('authentication-failed'),
    then: fails('authentication-failed'),
  },
  {
    name: 'signed out in mid-run: the job ends and says that the sign-in is no longer accepted',
    job: 'backup',
    script: () => script(always('UID FETCH', say('$TAG NO [AUTHENTICATIONFAILED] Session expired'), BODIES)),
    ends: fails('authentication-failed'),
  },
  {
    name: 'the line breaks in mid-run and the password is no longer accepted',
    job: 'backup',
    script: () =>
      script(
        once('UID FETCH', say('* BYE Session expired'), BODIES),
        always('AUTHENTICATE', say('$TAG NO [AUTHENTICATIONFAILED] Password has changed')),
      ),
    ends: fails('authentication-failed'),
  },
  {
    name: 'the target forgets in mid-run who we are',
    job: 'restore',
    script: () => always('APPEND', say('$TAG NO [AUTHENTICATIONFAILED] Session expired')),
    ends: fails('authentication-failed'),
  },
  {
    name: 'BAD not authenticated in mid-run (Exchange)',
    job: 'backup',
    script: () => always('EXAMINE', say('$TAG BAD User is authenticated but not connected.')),
    ends: fails('authentication-failed'),
  },
  {
    name: 'too many connections at the sign-in',
    job: 'backup',
    script: () => always('AUTHENTICATE', say('$TAG NO [LIMIT] Too many simultaneous connections')),
    ends: fails('server-throttled'),
  },
  {
    name: 'too many connections told by BYE at the greeting of the second one',
    job: 'restore',
    script: () => always('GREETING', say('* BYE Too many connections from your IP'), undefined),
    ends: fails('server-throttled'),
  },
  {
    name: 'UNAVAILABLE once',
    job: 'backup',
    script: () => once('EXAMINE', say('$TAG NO [UNAVAILABLE] Backend down'), undefined),
    ends: complete(),
  },
  {
    name: 'SERVERBUG behind every answer: what came counts',
    job: 'backup',
    script: () => always('UID FETCH', endWith('NO [SERVERBUG] Internal error'), /\(UID FLAGS INTERNALDATE BODY/),
    ends: complete(),
  },
  {
    name: 'an APPEND that was done and answered with THROTTLED: nothing is lost',
    job: 'restore',
    script: () => once('APPEND', doThenSay('$TAG NO [THROTTLED] Slow down')),
    ends: complete(),
    mayDouble: true,
  },
  {
    name: 'an APPEND without MULTIAPPEND that was done and answered with BYE is not there twice',
    job: 'restore',
    capabilities: without('MULTIAPPEND'),
    script: () => nth('APPEND', 3, doThenSay('* BYE Bye'), undefined),
    ends: complete(),
  },
  {
    name: 'a limit of the server at CREATE',
    job: 'restore',
    script: () => always('CREATE', say('$TAG NO [LIMIT] Too many mailboxes')),
    ends: incomplete({ 'mailbox-refused': 2 }),
    look: (server) =>
      expect(server.account.find('INBOX')!.messages).toHaveLength(usualMail().mailbox('INBOX').messages.length),
  },
];

hostileSuite('throttling, quota, sign-ins that end', CASES);
