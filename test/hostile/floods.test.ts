/** Answers that never end, or are larger than anything may be. */
import { endless, edit } from '../helpers/scripted-imap/acts.ts';
import { always, once, script, type Act } from '../helpers/scripted-imap/script.ts';
import { complete, fails, type HostileCase } from './harness/case.ts';
import { hostileSuite } from './harness/suite.ts';

const BODIES = /BODY/;
const ROW = '* 1 FETCH (UID 1 FLAGS () INTERNALDATE "01-May-2024 10:00:00 +0200" ';
const ZEROES = Buffer.alloc(256 * 1024, 'x').toString('latin1');
const first = (act: Act) => () => once('UID FETCH', act, BODIES);
const each = (act: Act) => () => always('UID FETCH', act, BODIES);

const CASES: HostileCase[] = [
  {
    name: 'a greeting without end',
    job: 'backup',
    script: () => always('GREETING', endless('* OK ', ZEROES)),
    ends: fails('protocol-error'),
  },
  {
    name: 'greetings without end',
    job: 'backup',
    script: () => always('GREETING', endless('', '* OK hello\r\n'.repeat(5000))),
    ends: fails('protocol-error'),
  },
  {
    name: 'continuations without end at the sign-in',
    job: 'backup',
    script: () => always('AUTHENTICATE', endless('', '+ \r\n'.repeat(5000), 50e6)),
    ends: fails('protocol-error'),
  },
  {
    name: 'a LIST row without end',
    job: 'backup',
    script: () => always('LIST', endless('* LIST () "/" ', ZEROES)),
    ends: fails('protocol-error'),
  },
  {
    name: 'a LIST name as a literal of 2 GB',
    job: 'backup',
    script: () => always('LIST', endless('* LIST () "/" {2147483648}\r\n', ZEROES)),
    ends: fails('protocol-error'),
  },
  {
    name: 'a literal that never ends: 2 GB announced, the line given up, nothing of it kept',
    job: 'backup',
    script: first(async (stage) => {
      await stage.send(`${ROW}BODY[] {2147483647}\r\n`);
      for (let n = 0; n < 100; n++) if (!(await stage.send(ZEROES))) return;
      await stage.gone;
    }),
    ends: complete(),
  },
  {
    name: 'a literal of more than 2 GB',
    job: 'backup',
    script: each(endless(`${ROW}BODY[] {2147483648}\r\n`, ZEROES)),
    ends: fails('protocol-error'),
  },
  {
    name: 'a literal of 2 GB that is no body',
    job: 'backup',
    script: each(endless('* 1 FETCH (UID 1 X {2147483647}\r\n', ZEROES)),
    ends: fails('protocol-error'),
  },
  {
    name: 'a header of 2 GB, in a listing',
    job: 'restore',
    there: undefined,
    script: () => always('UID FETCH', endless('* 1 FETCH (UID 1 BODY[HEADER] {2147483648}\r\n', ZEROES)),
    ends: fails('protocol-error'),
  },
  { name: 'a row without end', job: 'backup', script: each(endless(ROW, ZEROES)), ends: fails('protocol-error') },
  {
    name: 'a flag list without end',
    job: 'backup',
    script: each(endless('* 1 FETCH (FLAGS (', 'flag '.repeat(50_000))),
    ends: fails('protocol-error'),
  },
  {
    name: 'a line of nothing but NUL',
    job: 'backup',
    script: each(endless('', '\0'.repeat(100_000))),
    ends: fails('protocol-error'),
  },
  {
    name: 'rows without end that nobody asked for',
    job: 'backup',
    script: each(endless('', '* 1 FETCH (FLAGS ())\r\n'.repeat(1000), 8e9)),
    deadlines: { commandMs: 60_000 },
    ends: fails('server-stalled'),
  },
  {
    name: 'empty lines without end',
    job: 'backup',
    script: each(endless('', '\r\n'.repeat(20_000), 8e9)),
    deadlines: { commandMs: 60_000 },
    ends: fails('server-stalled'),
  },
  {
    name: 'a SEARCH result without end',
    job: 'backup',
    capabilities: (names) => names.filter((n) => n !== 'ESEARCH'),
    script: () =>
      always(
        'UID SEARCH',
        endless('* SEARCH', (n) => ` ${Array.from({ length: 5000 }, (_, i) => n * 5000 + i + 1).join(' ')}`, 900e6),
      ),
    ends: fails('protocol-error'),
  },
  {
    name: 'a SEARCH result of one number without end',
    job: 'backup',
    script: () => always('UID SEARCH', endless('* SEARCH ', '7'.repeat(200_000))),
    ends: fails('protocol-error'),
  },
  {
    name: 'an answer to APPEND without end',
    job: 'restore',
    script: () => always('APPEND', endless('$TAG OK ', ZEROES)),
    ends: fails('protocol-error'),
  },
  {
    name: 'an answer to LOGOUT without end',
    job: 'restore',
    script: () => always('LOGOUT', endless('* BYE ', ZEROES, 20e6)),
    ends: complete(),
  },
  {
    name: 'a thousand lines of noise before each answer',
    job: 'backup',
    script: () =>
      script(
        ...['LIST', 'EXAMINE', 'UID SEARCH', 'UID FETCH'].map((verb) =>
          always(
            verb,
            edit((a) => '* OK still here\r\n'.repeat(1000) + a),
          ),
        ),
      ),
    ends: complete(),
  },
  {
    name: 'still here, for ever',
    job: 'backup',
    script: each(endless('', '* OK still here\r\n'.repeat(100), 8e9)),
    deadlines: { commandMs: 60_000 },
    ends: fails('server-stalled'),
  },
];

hostileSuite('floods', CASES, { atOnce: false });
