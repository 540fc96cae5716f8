/** Mailbox names and listings that no file system and no standard knows. */
import fs from 'node:fs';
import { expect } from 'vitest';
import { edit, replace, say } from '../helpers/scripted-imap/acts.ts';
import { always, script, type Script } from '../helpers/scripted-imap/script.ts';
import { complete, fails, incomplete, without, type HostileCase } from './harness/case.ts';
import { hostileSuite } from './harness/suite.ts';

/** The rows of these mailboxes beside the real ones; none of them can be opened. */
function listed(...names: string[]): Script {
  const rows = names.map(
    (name, i) =>
      `* LIST () "/" ${name}\r\n* STATUS ${name} (MESSAGES 6 UIDNEXT 7 UIDVALIDITY ${700 + i} UNSEEN 0 SIZE 1201)\r\n`,
  );
  return script(
    always(
      'LIST',
      edit((answer) => rows.join('') + answer),
    ),
    always('EXAMINE', replace(/^(\S+) (NO|BAD) .*\r\n$/, '$1 NO [NONEXISTENT] No such mailbox\r\n')),
  );
}

/** Each name gives one mailbox that cannot be opened: named, the others stored, nothing outside of the archive. */
const odd = (name: string, ...names: string[]): HostileCase => ({
  name,
  job: 'backup',
  script: () => listed(...names),
  ends: incomplete({ 'mailbox-missing': names.length }),
  look: (_server, archive) => expect(fs.existsSync(`${archive}/mail`)).toBe(true),
});

const deep = Array.from({ length: 900 }, () => 'd').join('/');

const CASES: HostileCase[] = [
  odd('a LIST name of two dots', '".."'),
  odd(
    'LIST names that climb out of the folder',
    '"../../../../owned"',
    '"a/../../b"',
    '"./."',
    '"/etc/passwd"',
    '"//"',
  ),
  odd(
    'LIST names as Windows has them',
    '"..\\\\..\\\\owned"',
    '"C:\\\\owned"',
    '"CON"',
    '"aux.txt"',
    '"nul."',
    '"trailing. "',
  ),
  odd('LIST names with octets that are no UTF-7', '"caf\u00e9"', '"a&b"', '"&zz"', '"&2D3cqA-"', '"&AGEAYg-"'),
  odd('LIST names in UTF-8, valid and not', '"\u00c3\u00a4"', '"\u00ff\u00fe"', '"\u00c0\u00af\u00c0\u00af"'),
  odd('LIST names that differ only in what disks fold', '"Sent"', '"SENT"', '"sent"', '"Se&AL8-nt"'),
  odd('LIST names with quotes, backslashes and wildcards', '"a\\"b"', '"a\\\\b"', '"a*b"', '"a%b"'),
  odd(
    'a LIST name that is another one with what the archive adds',
    '"INBOX.sbd"',
    '"INBOX.sbd/x"',
    '"state"',
    '"x.new"',
    '"x.part"',
  ),
  odd('a LIST name of nine hundred levels, deeper than a disk goes', `"${deep}"`),
  odd('LIST names with emoji and marks that turn the writing round', '"&2D3eAA-"', '"&IC4-gpj.exe"', '"&IAs-"'),
  {
    name: 'a LIST name with NUL is listed and cannot be opened',
    job: 'backup',
    script: () => listed('{5}\r\nab\u0000cd'),
    ends: incomplete({ 'mailbox-refused': 1 }),
  },
  {
    name: 'a LIST name with CR LF and a command behind it: nothing of it is sent',
    job: 'backup',
    script: () => listed('{21}\r\nab\r\nA1 DELETE "INBOX"'),
    ends: incomplete({ 'mailbox-refused': 1 }),
    look: (server) => expect(server.heard('DELETE')).toBe(0),
  },
  {
    name: 'a LIST name of 60,000 octets',
    job: 'backup',
    script: () => listed(`"${'n'.repeat(60_000)}"`),
    ends: incomplete({ 'protocol-error': 1 }),
  },
  {
    name: 'the same mailbox listed a hundred times',
    job: 'backup',
    script: () =>
      always(
        'LIST',
        edit(
          (answer) =>
            answer
              .split(/(?<=\r\n)/)
              .slice(0, -1)
              .join('')
              .repeat(100) + answer,
        ),
      ),
    ends: complete(),
  },
  {
    name: 'inbox in four spellings is one mailbox',
    job: 'backup',
    script: () =>
      always(
        'LIST',
        edit((answer) => `* LIST () "/" inbox\r\n* LIST () "/" "InBoX"\r\n* LIST () "/" {5}\r\nINBOX\r\n${answer}`),
      ),
    ends: complete(),
  },
  {
    name: 'LIST rows that cannot be read are told, the others stored',
    job: 'backup',
    script: () =>
      always(
        'LIST',
        edit((answer) => `* LIST\r\n* LIST () "/"\r\n* LIST (\\Noselect "/" x\r\n* LIST () "//" y\r\n${answer}`),
      ),
    ends: incomplete({ 'protocol-error': 3 }),
  },
  {
    name: 'no row at all: the archive keeps what it has',
    job: 'backup',
    before: true,
    script: () => always('LIST', say('$TAG OK done')),
    ends: fails('protocol-error'),
  },
  {
    name: 'a listing without INBOX: its mail is marked as gone, and no longer when it is back',
    before: true,
    job: 'backup',
    script: () => always('LIST', replace(/\* (LIST|STATUS)[^\r\n]*INBOX[^\r\n]*\r\n/g, '')),
    ends: complete(),
  },
  {
    name: 'another delimiter in each row',
    job: 'backup',
    script: () =>
      always(
        'LIST',
        edit((answer) =>
          answer.replace(/"\/" "?Projekte/, '"." "Projekte').replace(/(LIST [^\r\n]*Projekte[^\r\n"]*)\r\n/, '$1"\r\n'),
        ),
      ),
    ends: { state: 'complete' },
  },
  {
    name: 'NIL and odd delimiters',
    job: 'backup',
    script: () =>
      always(
        'LIST',
        edit((answer) => answer.replace(/"\/"/, 'NIL').replace(/"\/"/, '"\\\\"')),
      ),
    ends: { state: 'complete' },
  },
  {
    name: 'STATUS of a mailbox that was not asked for, and none of the one that was',
    job: 'backup',
    capabilities: without('LIST-STATUS'),
    script: () => always('STATUS', replace(/\* STATUS \S+/, '* STATUS "Elsewhere"')),
    ends: complete(),
  },
  {
    name: 'STATUS with numbers that are none',
    job: 'backup',
    script: () =>
      always(
        'LIST',
        edit((answer) =>
          answer.replace(/MESSAGES \d+/g, 'MESSAGES -1').replace(/UIDNEXT \d+/g, 'UIDNEXT 99999999999999999999'),
        ),
      ),
    ends: complete(),
  },
  {
    name: 'everything is \\Noselect',
    job: 'backup',
    script: () => always('LIST', replace(/\* LIST \(/g, '* LIST (\\Noselect ')),
    ends: complete(),
  },
  {
    name: 'all folders claim to be the sent mail',
    job: 'from',
    script: () => always('LIST', replace(/\* LIST \(/g, '* LIST (\\Sent \\Trash \\All \\Junk ')),
    ends: { state: 'complete' },
    then: complete(),
    ignoring: ['path'],
  },
  {
    name: 'a target whose listing climbs out of the folder',
    job: 'restore',
    script: () => listed('"../../../../owned"', '".."'),
    ends: complete(),
  },
  {
    name: 'a namespace prefix that climbs',
    job: 'restore',
    script: () => always('NAMESPACE', say('* NAMESPACE (("../../" "/")) NIL NIL', '$TAG OK done')),
    ends: { state: 'complete' },
    then: complete(),
    mayDouble: true,
    ignoring: ['path'],
  },
  {
    name: 'a namespace that is no namespace',
    job: 'backup',
    script: () => always('NAMESPACE', say('* NAMESPACE ((((((("x" NIL', '$TAG OK done')),
    ends: complete(),
  },
];

hostileSuite('names', CASES);
