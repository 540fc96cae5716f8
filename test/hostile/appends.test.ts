/** What a target may say about a message that it is given. */
import { expect } from 'vitest';
import { fill, largeLetter, letter } from '../crash/scenarios/mail.ts';
import { MemoryStore } from '../helpers/memory.ts';
import { drop, dropAfter, edit, endWith, replace, say, silence } from '../helpers/scripted-imap/acts.ts';
import { always, nth, once, script } from '../helpers/scripted-imap/script.ts';
import { complete, fails, incomplete, usualMail, without, withNames, type HostileCase } from './harness/case.ts';
import { hostileSuite } from './harness/suite.ts';

/** Recognised by any scanner, harmful to none. Put together, so that this file is no virus. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join('');

function withEicar(): MemoryStore {
  const store = usualMail();
  store.mailbox('INBOX').add(letter(70, INFECTED));
  fill(store, 'INBOX', 71, 72);
  return store;
}

/** No other letter is as long. */
const INFECTED = `${EICAR}\r\n${'-'.repeat(400)}`;
const isEicar = new RegExp(`\\{${letter(70, INFECTED).length}\\}`);

function withLarge(): MemoryStore {
  const store = usualMail();
  store.mailbox('INBOX').add(largeLetter(50, 700_000), ['\\Seen'], '2024-07-01T00:00:00Z');
  fill(store, 'INBOX', 51, 52);
  return store;
}

const isLarge = /\{700000\}/;
const inSingle = without('MULTIAPPEND');
const waiting = without('MULTIAPPEND', 'LITERAL+');
const noUidPlus = without('UIDPLUS');

const CASES: HostileCase[] = [
  {
    ...{ name: 'a virus found in one message of a batch: the others are stored', job: 'restore', mail: withEicar },
    script: () => always('APPEND', say('$TAG NO [CANNOT] Virus found: Eicar-Test-Signature'), isEicar),
    ends: incomplete({ 'message-refused': 1 }),
  },
  {
    ...{ name: 'a virus found before it was sent', job: 'restore', mail: withEicar, capabilities: waiting },
    script: () => always('APPEND {', say('$TAG NO Message infected'), isEicar),
    ends: incomplete({ 'message-refused': 1 }),
  },
  {
    ...{ name: 'a server that cuts the line at each virus is not asked for ever', job: 'restore', mail: withEicar },
    script: () => always('APPEND', drop, isEicar),
    ends: fails('connection-lost'),
  },
  {
    ...{ name: 'TOOBIG for the large message only', job: 'restore', mail: withLarge },
    script: () => always('APPEND', say('$TAG NO [TOOBIG] Too large'), isLarge),
    ends: incomplete({ 'message-too-large': 1 }),
  },
  {
    ...{ name: 'too large, in words only', job: 'restore', mail: withLarge, capabilities: inSingle },
    script: () => always('APPEND', say('$TAG NO Message exceeds maximum message size'), isLarge),
    ends: incomplete({ 'message-too-large': 1 }),
  },
  {
    ...{
      name: 'APPENDLIMIT in the capabilities: the large message is not sent at all',
      job: 'restore',
      mail: withLarge,
    },
    capabilities: withNames('APPENDLIMIT=500000'),
    script: () => always('APPEND', drop, isLarge),
    ends: incomplete({ 'message-too-large': 1 }),
    heal: (server) => server.setCapabilities((names) => names),
  },
  {
    ...{ name: 'APPENDLIMIT of each mailbox, told by STATUS', job: 'restore', mail: withLarge },
    capabilities: withNames('APPENDLIMIT'),
    script: () =>
      script(
        always('STATUS', say('* STATUS INBOX (APPENDLIMIT 500000)', '$TAG OK done'), /APPENDLIMIT/),
        always('APPEND', drop, isLarge),
      ),
    ends: incomplete({ 'message-too-large': 1 }),
    heal: (server) => server.setCapabilities((names) => names),
  },
  {
    ...{ name: 'APPENDLIMIT=0 refuses everything, and says so of each', job: 'restore' },
    capabilities: withNames('APPENDLIMIT=0'),
    script: () => () => null,
    ends: incomplete({ 'message-too-large': 9 }),
    heal: (server) => server.setCapabilities((names) => names),
  },
  {
    ...{ name: 'TRYCREATE: the mailbox is made again, the batch stored', job: 'restore' },
    script: () => once('APPEND', say('$TAG NO [TRYCREATE] No such mailbox')),
    ends: complete(),
  },
  {
    ...{ name: 'TRYCREATE for ever is that mailbox alone', job: 'restore' },
    script: () => always('APPEND', say('$TAG NO [TRYCREATE] No such mailbox'), /AMQ/),
    ends: incomplete({ 'mailbox-missing': 1 }),
    look: (server) => expect(server.account.find('INBOX')!.messages).toHaveLength(6),
  },
  {
    ...{ name: 'a mailbox that takes some messages and then nothing more is that mailbox alone', job: 'restore' },
    capabilities: inSingle,
    script: () => nth('APPEND', 3, say('$TAG NO [NOPERM] Read-only now'), /AMQ/, Infinity),
    ends: incomplete({ 'mailbox-refused': 1 }),
    look: (server) => expect(server.account.find('INBOX')!.messages).toHaveLength(6),
  },
  {
    ...{ name: 'a mailbox that refuses in the middle of a migration is that mailbox alone', job: 'to' },
    script: () => always('APPEND', say('$TAG NO [NOPERM] Read-only now'), /INBOX/),
    ends: incomplete({ 'mailbox-refused': 1 }),
    look: (server) => expect(server.account.find('Projekte/Ärger')!.messages).toHaveLength(3),
  },
  {
    ...{ name: 'what was stored is not handed out to prove it: told, and not sent again', job: 'restore' },
    script: () => always('UID FETCH', say('$TAG NO Not now'), /BODY/),
    ends: complete({ 'message-unreadable': 9 }),
  },
  {
    ...{ name: 'what was stored cannot be opened to prove it', job: 'restore' },
    script: () => always('EXAMINE', say('$TAG NO [NOPERM] No')),
    ends: incomplete({ 'mailbox-refused': 2 }),
  },
  {
    ...{ name: 'TRYCREATE at a large message', job: 'restore', mail: withLarge },
    script: () => once('APPEND', say('$TAG NO [TRYCREATE] No such mailbox'), isLarge),
    ends: complete(),
  },
  {
    ...{ name: 'TRYCREATE at a large message for ever', job: 'restore', mail: withLarge },
    script: () => always('APPEND', say('$TAG NO [TRYCREATE] No such mailbox'), isLarge),
    ends: fails('connection-lost'),
  },
  {
    ...{ name: 'PERMANENTFLAGS without \\*: keywords are told as not kept', job: 'restore', ignoring: ['flags'] },
    script: () =>
      always(
        'SELECT',
        edit((answer) => answer.replace(/ \\\*\)/, ')').replace(/\$Forwarded |Urlaub /g, '')),
      ),
    ends: complete({ 'flags-not-kept': 4 }),
  },
  {
    ...{ name: 'PERMANENTFLAGS () keeps no flag at all', job: 'restore', ignoring: ['flags'] },
    script: () => always('SELECT', replace(/\[PERMANENTFLAGS \([^)]*\)/, '[PERMANENTFLAGS ()')),
    ends: { state: 'complete' },
  },
  {
    ...{ name: 'flags refused by BAD: the message is stored without them', job: 'restore', capabilities: inSingle },
    script: () => always('APPEND', say('$TAG BAD Invalid flag list'), /Urlaub|Forwarded/),
    ignoring: ['flags'],
    ends: complete({ 'flags-not-kept': 4 }),
  },
  {
    ...{ name: 'a date that the server does not like: stored without it', job: 'restore', capabilities: inSingle },
    script: () => always('APPEND', say('$TAG BAD Invalid date-time'), /"0?2-May-2024/),
    ignoring: ['date'],
    ends: complete({ 'date-not-kept': 1 }),
  },
  {
    ...{ name: 'APPENDUID of another mailbox generation: the place counts as unknown', job: 'restore' },
    script: () => always('APPEND', replace(/APPENDUID \d+/, 'APPENDUID 99')),
    ends: complete(),
  },
  {
    ...{ name: 'APPENDUID with fewer UIDs than messages', job: 'restore' },
    script: () => always('APPEND', replace(/(APPENDUID \d+) \S+\]/, '$1 1]')),
    ends: complete(),
  },
  {
    ...{ name: 'APPENDUID with UIDs of other messages', job: 'restore' },
    script: () => always('APPEND', replace(/(APPENDUID \d+) 1:6\]/, '$1 101:106]')),
    ends: { state: 'incomplete' },
    then: { state: 'complete' },
    mayDouble: true,
  },
  {
    ...{ name: 'APPENDUID that is nonsense', job: 'restore' },
    script: () => always('APPEND', endWith('OK [APPENDUID 18446744073709551616 0:*] done')),
    ends: complete(),
  },
  {
    ...{ name: 'APPENDUID of four thousand million messages', job: 'restore' },
    script: () => always('APPEND', replace(/(APPENDUID \d+) \S+\]/, '$1 1:4294967295]')),
    ends: complete(),
  },
  {
    ...{ name: 'APPENDUID though UIDPLUS is not offered', job: 'restore', capabilities: noUidPlus },
    script: () => () => null,
    ends: complete(),
  },
  {
    ...{
      name: 'no APPENDUID at all: places are found by looking',
      job: 'restore',
      server: { capabilities: { UIDPLUS: false } },
    },
    script: () => once('APPEND', dropAfter),
    ends: complete(),
  },
  {
    ...{ name: 'stored, and the line cut before the answer: not there twice', job: 'restore' },
    script: () => once('APPEND', dropAfter),
    ends: complete(),
  },
  {
    ...{ name: 'stored, and the line cut before the answer, each time', job: 'restore' },
    script: () => always('APPEND', dropAfter),
    ends: complete(),
  },
  {
    ...{ name: 'stored, and never answered', job: 'restore' },
    script: () =>
      once('APPEND', async (stage) => {
        await stage.obey();
        await stage.gone;
      }),
    ends: complete(),
  },
  {
    ...{ name: 'a literal that is never asked for', job: 'restore', capabilities: waiting },
    script: () => once('APPEND {', silence),
    ends: complete(),
  },
  {
    ...{ name: 'a literal that is asked for twice', job: 'restore', capabilities: waiting },
    script: () =>
      nth(
        'APPEND {',
        1,
        edit((answer) => answer + answer),
        undefined,
        3,
      ),
    ends: complete(),
  },
  {
    ...{ name: 'continuations that nobody waits for', job: 'restore' },
    script: () =>
      always(
        'APPEND',
        edit((answer) => `+ go on\r\n+ more\r\n${answer}`),
      ),
    ends: complete(),
  },
  {
    ...{ name: 'OK instead of the request for the literal', job: 'restore' },
    capabilities: without('MULTIAPPEND', 'LITERAL+', 'UIDPLUS'),
    server: { capabilities: { UIDPLUS: false } },
    script: () => nth('APPEND {', 2, say('$TAG OK already here')),
    ends: incomplete({ 'message-missing-at-target': 1 }),
  },
  {
    ...{ name: 'OK to everything, and nothing is stored', job: 'restore' },
    script: () => always('APPEND', say('$TAG OK done')),
    ends: incomplete({ 'message-missing-at-target': 9 }),
  },
  {
    ...{ name: 'the target alters each message: told of each, kept once', job: 'restore' },
    script: () => always('UID FETCH', replace(/Body of letter/g, 'Copy of letter'), /BODY/),
    ends: complete({ 'message-altered': 9 }),
  },
  {
    ...{ name: 'the message is refused with two thousand octets of abuse', job: 'restore' },
    script: () => always('APPEND', say(`$TAG NO ${'\u001b[31mYou have been \u0007 hacked '.repeat(80)}`)),
    ends: incomplete({ 'message-refused': 9 }),
  },
  {
    ...{ name: 'the answer to APPEND has another tag', job: 'restore' },
    script: () => once('APPEND', say('XYZ OK done')),
    ends: complete(),
  },
  {
    ...{ name: 'CREATE says OK and makes nothing', job: 'restore' },
    script: () => always('CREATE', say('$TAG OK done')),
    ends: incomplete({ 'mailbox-refused': 2 }),
  },
  {
    ...{ name: 'the mailbox goes away between two messages', job: 'restore', capabilities: inSingle },
    script: (server) => {
      let done = false;
      return ({ verb, args }) => {
        if (
          verb === 'APPEND' &&
          /AMQ/.test(args) &&
          !done &&
          server.account.find('Projekte/Ärger')!.messages.length > 0
        ) {
          done = true;
          server.account.delete('Projekte/Ärger');
        }
        return null;
      };
    },
    ends: complete(),
  },
];

hostileSuite('appends', CASES);
