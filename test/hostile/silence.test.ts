/** Answers that never come, come too slowly, or break off. */
import { drip, halfClose, sayThenSilence, silence, silenceAt, cutAt } from '../helpers/scripted-imap/acts.ts';
import { always, nth, once, type Act } from '../helpers/scripted-imap/script.ts';
import { complete, fails, type HostileCase } from './harness/case.ts';
import { hostileSuite } from './harness/suite.ts';

const BODIES = /BODY/;
const first = (act: Act) => () => once('UID FETCH', act, BODIES);
const each = (act: Act) => () => always('UID FETCH', act, BODIES);

const CASES: HostileCase[] = [
  { name: 'no greeting', job: 'backup', script: () => always('GREETING', silence), ends: fails('connection-timeout') },
  {
    name: 'half a greeting',
    job: 'backup',
    script: () => always('GREETING', sayThenSilence('* OK [CAPA')),
    ends: fails('connection-timeout'),
  },
  {
    name: 'a greeting one octet at a time, too slowly',
    job: 'backup',
    script: () => always('GREETING', drip(40)),
    ends: fails('connection-timeout'),
  },
  {
    name: 'no answer to the sign-in',
    job: 'backup',
    script: () => always('AUTHENTICATE', silence),
    ends: fails('connection-timeout'),
  },
  {
    name: 'no answer to LIST',
    job: 'backup',
    timeouts: { commandMs: 60_000 },
    script: () => always('LIST', silence),
    ends: fails('server-stalled'),
  },
  { name: 'no answer to EXAMINE, once', job: 'backup', script: () => once('EXAMINE', silence), ends: complete() },
  {
    name: 'no answer to EXAMINE, each time',
    job: 'backup',
    script: () => always('EXAMINE', silence),
    ends: fails('server-stalled'),
  },
  { name: 'no answer to FETCH, once', job: 'backup', script: first(silence), ends: complete() },
  { name: 'half an answer to FETCH, once', job: 'backup', script: first(silenceAt(700)), ends: complete() },
  {
    name: 'half an answer to FETCH, each time at another message: goes on to the end',
    job: 'backup',
    script: each(silenceAt(700)),
    ends: complete(),
  },
  { name: 'half a message, each time', job: 'backup', script: each(silenceAt(150)), ends: fails('server-stalled') },
  { name: 'a message one octet at a time', job: 'backup', script: first(drip(15, 100)), ends: complete() },
  { name: 'half an answer and the sending side closed', job: 'backup', script: first(halfClose), ends: complete() },
  {
    name: 'the line cut in the middle of a body, each time',
    job: 'backup',
    script: each(cutAt(150)),
    ends: fails('connection-lost'),
  },
  {
    name: 'no answer to APPEND, each time',
    job: 'restore',
    script: () => always('APPEND', silence),
    ends: fails('server-stalled'),
  },
  {
    name: 'an answer to APPEND one octet at a time',
    job: 'restore',
    script: () => once('APPEND', drip(15)),
    ends: complete(),
  },
  {
    name: 'no answer to CREATE',
    job: 'restore',
    timeouts: { commandMs: 60_000 },
    script: () => once('CREATE', silence),
    ends: complete(),
  },
  { name: 'no answer to LOGOUT', job: 'backup', script: () => always('LOGOUT', silence), ends: complete() },
  {
    name: 'no answer to the second FETCH of a migration',
    job: 'from',
    script: () => nth('UID FETCH', 2, silence),
    ends: complete(),
  },
];

hostileSuite('silence', CASES);
