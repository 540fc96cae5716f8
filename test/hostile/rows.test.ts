/** FETCH rows as no standard has them. */
import { afterRow, atEnd, before, edit, editRow, endWith, replace, say } from '../helpers/scripted-imap/acts.ts';
import { always, once, type Act } from '../helpers/scripted-imap/script.ts';
import { complete, fails, incomplete, type HostileCase } from './harness/case.ts';
import { hostileSuite } from './harness/suite.ts';

const BODIES = /BODY/;
/** The first FETCH of bodies, of INBOX with its six letters. */
const first = (act: Act) => () => once('UID FETCH', act, BODIES);
const each = (act: Act) => () => always('UID FETCH', act, BODIES);

const taggedFirst: Act = async (stage) => {
  const answer = await stage.obey();
  const at = answer.lastIndexOf('\r\n', answer.length - 3) + 2;
  await stage.send(answer.slice(at) + answer.slice(0, at));
};
const NIL_BODY = (row: string): string => row.replace(/BODY\[\] \{\d+\}\r\n[\s\S]*\)\r\n$/, 'BODY[] NIL)\r\n');
const withBody = (row: string, change: (body: string) => string): string => {
  const [, head = '', body = ''] = /^([\s\S]*?BODY\[\] )\{\d+\}\r\n([\s\S]*)\)\r\n$/.exec(row) ?? [];
  return `${head}${change(body)})\r\n`;
};
const literal = (text: string, size = text.length): string => `{${size}}\r\n${text}`;

const CASES: HostileCase[] = [
  {
    name: 'each row twice: each message once',
    job: 'backup',
    script: each(editRow(0, (row) => row + row)),
    ends: complete(),
  },
  {
    name: 'a row twice with other octets: the first counts',
    job: 'backup',
    script: first(editRow(2, (row) => row + withBody(row, (b) => literal(b.replace('Body', 'Else'))))),
    ends: complete(),
  },
  {
    name: 'rows nobody asked for, with bodies',
    job: 'backup',
    script: each(before('* 99 FETCH (UID 990 FLAGS () INTERNALDATE "01-Jan-2024 00:00:00 +0000" BODY[] {5}', 'Hello)')),
    ends: complete(),
  },
  {
    name: 'rows of flags in the middle of everything',
    job: 'backup',
    script: each(
      afterRow(1, '* 1 FETCH (FLAGS (\\Seen))', '* 5 FETCH (UID 5 FLAGS (\\Deleted) MODSEQ (9))', '* 3 FETCH (UID 3)'),
    ),
    ends: complete(),
  },
  {
    name: 'rows in the opposite order',
    job: 'backup',
    script: each(
      edit((a) => {
        const rows = a.split(/(?=^\* \d+ FETCH )/m);
        const last = /\)\r\n(?=\S+ OK[^\r\n]*\r\n$)/.exec(rows.at(-1)!)!;
        const tagged = rows.at(-1)!.slice(last.index + 3);
        rows[rows.length - 1] = rows.at(-1)!.slice(0, last.index + 3);
        return rows.reverse().join('') + tagged;
      }),
    ),
    ends: complete(),
  },
  { name: 'a NIL body once is asked for again', job: 'backup', script: first(editRow(3, NIL_BODY)), ends: complete() },
  {
    name: 'a NIL body each time is that message alone',
    job: 'backup',
    script: each(replace(/(UID 3 [^\r\n]*BODY\[\]) \{\d+\}\r\n[\s\S]*?\)\r\n(?=\* 4 FETCH|\S+ OK)/, '$1 NIL)\r\n')),
    ends: incomplete({ 'message-unreadable': 2 }),
  },
  {
    name: 'no row for one message, each time, though SEARCH lists it',
    job: 'backup',
    script: each(replace(/\* \d+ FETCH \(UID 2 [\s\S]*?\)\r\n(?=\* \d+ FETCH|\S+ OK)/, '')),
    ends: incomplete({ 'message-unreadable': 2 }),
  },
  {
    name: 'OK without any row, once',
    job: 'backup',
    script: first(say('$TAG OK done')),
    ends: complete(),
  },
  {
    name: 'OK without any row, each time: each message named, none lost',
    job: 'backup',
    script: each(say('$TAG OK done')),
    ends: incomplete({ 'message-unreadable': 9 }),
  },
  {
    name: 'an empty body',
    job: 'backup',
    script: first(editRow(2, (row) => withBody(row, () => literal('')))),
    ends: complete(),
  },
  {
    name: 'a body as a quoted string',
    job: 'backup',
    script: first(editRow(2, (row) => withBody(row, () => '"Subject: quoted \\"body\\""'))),
    ends: complete(),
  },
  {
    name: 'a body before its UID, flags and date',
    job: 'backup',
    script: each(
      editRow(0, (row) => {
        const [, number = '', head = '', body = ''] =
          /^(\* \d+ FETCH )\(([\s\S]*?) (BODY\[\] \{\d+\}\r\n[\s\S]*)\)\r\n$/.exec(row)!;
        return `${number}(${body} ${head})\r\n`;
      }),
    ),
    ends: complete(),
  },
  {
    name: 'two bodies in one row',
    job: 'backup',
    script: first(editRow(2, (row) => row.replace(/\)\r\n$/, ` BODY[] {4}\r\nElse)\r\n`))),
    ends: complete(),
  },
  {
    name: 'a row that says another UID behind the body than before it',
    job: 'backup',
    script: first(editRow(2, (row) => row.replace(/\)\r\n$/, ' UID 4)\r\n'))),
    ends: complete(),
  },
  {
    name: 'a short partial instead of the body is asked for again',
    job: 'backup',
    script: first(editRow(2, (row) => withBody(row, (b) => literal(b.slice(0, 40))))),
    ends: complete(),
  },
  {
    name: 'bodies cut short each time, and odd rows: named, none stored as if it were the message',
    job: 'backup',
    script: each(editRow(0, (row) => withBody(row, (b) => `${literal(b.slice(0, 40))} ODD NIL`))),
    ends: incomplete({ 'message-unreadable': 9 }),
  },
  {
    name: 'sizes that are estimates: everything is stored, the first few asked for twice',
    job: 'backup',
    script: each(replace(/RFC822\.SIZE \d/g, 'RFC822.SIZE 9')),
    ends: complete(),
  },
  {
    name: 'BODY[]<0> instead of BODY[]',
    job: 'backup',
    script: first(edit((a) => a.replaceAll('BODY[]', 'BODY[]<0>'))),
    ends: complete(),
  },
  {
    name: 'a literal announced ten octets too long swallows what follows: the line is given up, nothing wrong stored',
    job: 'backup',
    script: first(editRow(2, (row) => withBody(row, (b) => literal(b, b.length + 10)))),
    ends: complete(),
  },
  {
    name: 'a literal announced ten octets too short',
    job: 'backup',
    script: first(editRow(2, (row) => withBody(row, (b) => literal(b, b.length - 10)))),
    ends: complete(),
  },
  {
    name: 'a literal announced too short each time: the mailbox cannot be gone on with',
    job: 'backup',
    script: each(editRow(1, (row) => withBody(row, (b) => literal(b, b.length - 10)))),
    ends: fails('protocol-error'),
  },
  {
    name: 'a literal of a size that is no number',
    job: 'backup',
    script: first(editRow(2, (row) => row.replace(/\{\d+\}/, '{12x}'))),
    ends: complete(),
  },
  {
    name: 'a literal of a size of twenty digits',
    job: 'backup',
    script: each(editRow(1, (row) => row.replace(/\{\d+\}/, '{99999999999999999999}'))),
    ends: fails('protocol-error'),
  },
  {
    name: 'a literal of negative size',
    job: 'backup',
    script: first(editRow(2, (row) => row.replace(/\{\d+\}/, '{-5}'))),
    ends: complete(),
  },
  {
    name: 'INTERNALDATE NIL',
    job: 'backup',
    script: first(editRow(2, (row) => row.replace(/INTERNALDATE "[^"]*"/, 'INTERNALDATE NIL'))),
    ends: complete(),
    ignoring: ['date'],
  },
  {
    name: 'INTERNALDATE of the 31st of February',
    job: 'backup',
    script: first(
      editRow(2, (row) => row.replace(/INTERNALDATE "[^"]*"/, 'INTERNALDATE "31-Feb-2024 10:00:00 +0000"')),
    ),
    ends: complete(),
    ignoring: ['date'],
  },
  {
    name: 'flags that are no flags',
    job: 'backup',
    script: first(editRow(2, (row) => row.replace(/FLAGS \([^)]*\)/, 'FLAGS (\\Seen ] "q" \\* () {x} \u00ff\u00fe)'))),
    ends: complete(),
    ignoring: ['flags'],
  },
  {
    name: 'ten thousand flags',
    job: 'backup',
    script: first(
      editRow(2, (row) =>
        row.replace(/FLAGS \([^)]*\)/, `FLAGS (${Array.from({ length: 5000 }, (_, n) => `k${n}`).join(' ')})`),
      ),
    ),
    ends: complete(),
    ignoring: ['flags'],
  },
  {
    name: 'a UID that is none',
    job: 'backup',
    script: first(editRow(2, (row) => row.replace(/UID \d+/, 'UID 99999999999'))),
    ends: complete(),
  },
  {
    name: 'no UID in any row',
    job: 'backup',
    script: each(editRow(0, (row) => row.replace(/UID \d+ /, ''))),
    ends: incomplete({ 'message-unreadable': 9 }),
  },
  {
    name: 'a FETCH row that breaks off',
    job: 'backup',
    script: first(editRow(2, (row) => `${row.slice(0, 30)}\r\n`)),
    ends: complete(),
  },
  {
    name: 'nested parentheses, a thousand deep',
    job: 'backup',
    script: first(before(`* 1 FETCH (X ${'('.repeat(1000)}${')'.repeat(1000)})`)),
    ends: complete(),
  },
  {
    name: 'a thousand literals in one row',
    job: 'backup',
    script: first(before(`* 1 FETCH (X (${'{1}\r\na '.repeat(1000)}))`)),
    ends: complete(),
  },
  {
    name: 'an envelope and a structure nobody asked for',
    job: 'backup',
    script: each(
      before(
        '* 1 FETCH (ENVELOPE (NIL {3}\r\na"b NIL NIL NIL NIL NIL NIL NIL NIL) BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 3 1))',
      ),
    ),
    ends: complete(),
  },
  {
    name: 'NO behind all the rows: what came counts',
    job: 'backup',
    script: each(endWith('NO Some of the requested messages no longer exist.')),
    ends: complete(),
  },
  { name: 'the tagged line before the rows', job: 'backup', script: first(taggedFirst), ends: complete() },
  {
    name: 'BAD untagged in the middle',
    job: 'backup',
    script: each(afterRow(2, '* BAD internal', '* NO disk soon full', '* OK [ALERT] Hello')),
    ends: complete(),
  },
  {
    name: 'the same tag answered twice',
    job: 'backup',
    script: first(edit((a) => a + a.slice(a.lastIndexOf('\r\n', a.length - 3) + 2))),
    ends: complete(),
  },
  {
    name: 'octets that are nothing',
    job: 'backup',
    script: first(atEnd('\u0000\u0001\u00ff', 'HTTP/1.1 200 OK')),
    ends: complete(),
  },
  {
    name: 'rows of a migration twice and out of turn',
    job: 'from',
    script: each(editRow(0, (row) => row + row)),
    ends: complete(),
  },
  {
    name: 'a literal too short in a migration',
    job: 'from',
    script: first(editRow(2, (row) => withBody(row, (b) => literal(b, b.length - 10)))),
    ends: complete(),
  },
];

hostileSuite('rows', CASES);
