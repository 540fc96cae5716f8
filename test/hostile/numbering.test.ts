/** UIDVALIDITY, UIDNEXT, counts and mod-sequences that are missing, lie, or change under way. */
import { expect } from 'vitest';
import { openArchive } from '../../electron/engine/archive/open-archive.ts';
import { letter } from '../crash/scenarios/mail.ts';
import { afterRow, before, edit, endWith, replace, say } from '../helpers/scripted-imap/acts.ts';
import { always, nth, once, script } from '../helpers/scripted-imap/script.ts';
import type { ScriptedImap } from '../helpers/scripted-imap/scripted-imap.ts';
import { complete, incomplete, without, type HostileCase } from './harness/case.ts';
import { hostileSuite } from './harness/suite.ts';

const BODIES = /BODY/;
const plain = without('LIST-STATUS', 'LIST-EXTENDED', 'CONDSTORE', 'ESEARCH');
const noValidity = edit((a) =>
  a.replace(/\* OK \[UIDVALIDITY \d+\][^\r\n]*\r\n/g, '').replace(/ UIDVALIDITY \d+/g, ''),
);
/** The same in what a mailbox says when it is opened and when it is listed. */
const wherever = (what: RegExp, by: string) =>
  script(always('EXAMINE', replace(what, by)), always('LIST', replace(what, by)));
const inbox = (server: ScriptedImap) => server.account.find('INBOX')!;

const CASES: HostileCase[] = [
  {
    name: 'no UIDVALIDITY anywhere: the mail is stored, and later matched instead of fetched',
    job: 'backup',
    capabilities: plain,
    script: () => script(always('EXAMINE', noValidity), always('STATUS', noValidity)),
    ends: complete(),
    heal: (server) => server.setCapabilities((names) => names),
  },
  {
    name: 'UIDVALIDITY 0',
    job: 'backup',
    script: () => wherever(/UIDVALIDITY \d+/g, 'UIDVALIDITY 0'),
    ends: complete(),
  },
  {
    name: 'UIDVALIDITY larger than 32 bits',
    job: 'backup',
    script: () => wherever(/UIDVALIDITY \d+/g, 'UIDVALIDITY 99999999999'),
    ends: complete(),
  },
  {
    name: 'UIDVALIDITY lost between two runs: nothing is fetched as if it were known',
    job: 'backup',
    before: true,
    capabilities: plain,
    script: () => script(always('EXAMINE', noValidity), always('STATUS', noValidity)),
    ends: complete(),
  },
  {
    name: 'another UIDVALIDITY at EXAMINE than in the listing is that mailbox alone',
    job: 'backup',
    script: () => always('EXAMINE', replace(/UIDVALIDITY \d+/, 'UIDVALIDITY 7')),
    ends: incomplete({ 'mailbox-renumbered': 2 }),
  },
  {
    name: 'renumbered between listing and fetching',
    job: 'backup',
    script: () => nth('EXAMINE', 2, replace(/UIDVALIDITY \d+/, 'UIDVALIDITY 7'), undefined, 2),
    ends: incomplete({ 'mailbox-renumbered': 1 }),
  },
  {
    name: 'another UIDVALIDITY in each connection: ends, and nothing is stored twice',
    job: 'backup',
    script: () => {
      let next = 100;
      return always(
        'EXAMINE',
        edit((a) => a.replace(/UIDVALIDITY \d+/, `UIDVALIDITY ${++next}`)),
      );
    },
    ends: incomplete({ 'mailbox-renumbered': 2 }),
  },
  {
    name: 'renumbered between two runs: matched without a second copy',
    job: 'backup',
    before: true,
    meanwhile: (server) => inbox(server).renumber(9999, 40),
    script: () => () => null,
    ends: complete(),
  },
  {
    name: 'renumbered, and the headers cannot be had: fetched again, nothing lost',
    job: 'backup',
    before: true,
    meanwhile: (server) => inbox(server).renumber(9999, 40),
    script: () => always('UID FETCH', say('$TAG NO Not now'), /BODY\.PEEK\[HEADER\]/),
    ends: complete(),
  },
  {
    name: 'the target of a restore is renumbered between two runs',
    job: 'restore',
    before: true,
    meanwhile: (server) => inbox(server).renumber(9999, 40),
    script: () => () => null,
    ends: complete(),
  },
  {
    name: 'no UIDNEXT anywhere',
    job: 'backup',
    capabilities: plain,
    script: () =>
      script(
        always('EXAMINE', replace(/\* OK \[UIDNEXT[^\r\n]*\r\n/, '')),
        always('STATUS', replace(/ UIDNEXT \d+/, '')),
      ),
    ends: complete(),
  },
  {
    name: 'UIDNEXT below the highest UID',
    job: 'backup',
    script: () => wherever(/UIDNEXT \d+/g, 'UIDNEXT 2'),
    ends: complete(),
  },
  {
    name: 'UIDs with gaps of thousands of millions',
    job: 'backup',
    script: (server) => {
      inbox(server).uidNext = 4_294_967_290;
      inbox(server).append({ raw: letter(90), flags: [], internalDate: '01-May-2024 10:00:00 +0200' });
      return () => null;
    },
    ends: complete(),
  },
  {
    name: 'UIDNEXT at the end of all numbers',
    job: 'backup',
    script: () => always('EXAMINE', replace(/UIDNEXT \d+/, 'UIDNEXT 4294967295')),
    ends: complete(),
  },
  {
    name: 'EXPUNGE in the middle of a FETCH: what is gone is told as gone',
    job: 'backup',
    script: (server) =>
      once(
        'UID FETCH',
        async (stage) => {
          inbox(server).expunge(new Set(inbox(server).messages.slice(2, 3)));
          const answer = await stage.obey();
          await stage.send(answer.replace(/\* 3 FETCH [\s\S]*?(?=\* 4 FETCH)/, '* 3 EXPUNGE\r\n'));
        },
        BODIES,
      ),
    ends: complete({ 'message-vanished': 1 }),
  },
  {
    name: 'EXISTS in the middle of a FETCH: the new message comes with the next run',
    job: 'backup',
    script: (server) =>
      once(
        'UID FETCH',
        async (stage) => {
          inbox(server).append({ raw: letter(91), flags: [], internalDate: '01-May-2024 10:00:00 +0200' });
          await afterRow(2, '* 7 EXISTS', '* 1 RECENT')(stage);
        },
        BODIES,
      ),
    ends: complete(),
  },
  {
    name: 'EXPUNGE told a thousand times',
    job: 'backup',
    script: () => always('UID FETCH', afterRow(1, ...Array.from({ length: 1000 }, () => '* 1 EXPUNGE')), BODIES),
    ends: complete(),
  },
  {
    name: 'VANISHED though nobody asked for it',
    job: 'backup',
    script: () => always('UID FETCH', before('* VANISHED (EARLIER) 1:4294967295', '* VANISHED 1:3')),
    ends: complete(),
  },
  {
    name: 'EXISTS says fewer messages than there are',
    job: 'backup',
    script: () => always('EXAMINE', replace(/\* \d+ EXISTS/, '* 1 EXISTS')),
    ends: complete(),
  },
  {
    name: 'EXISTS says thousands of millions',
    job: 'backup',
    script: () => always('EXAMINE', replace(/\* \d+ EXISTS/, '* 4294967295 EXISTS')),
    ends: complete(),
  },
  {
    name: 'EXISTS says none: nothing is marked as gone',
    job: 'backup',
    before: true,
    meanwhile: (server) =>
      inbox(server).append({ raw: letter(92), flags: [], internalDate: '01-May-2024 10:00:00 +0200' }),
    script: () => always('EXAMINE', replace(/\* \d+ EXISTS/, '* 0 EXISTS')),
    ends: complete(),
    look: async (_server, folder) => {
      const archive = await openArchive(folder, { mode: 'read' });
      expect([...archive.messages('INBOX')].filter((m) => m.missingOnSource)).toEqual([]);
      await archive.close();
    },
  },
  {
    name: 'SEARCH cut off after three',
    job: 'backup',
    capabilities: plain,
    script: () =>
      always(
        'UID SEARCH',
        edit((a) => a.replace(/^\* SEARCH.*/m, '* SEARCH 1 2 3')),
      ),
    ends: complete(),
  },
  {
    name: 'SEARCH with each number a hundred times, in any order',
    job: 'backup',
    capabilities: plain,
    script: () =>
      always(
        'UID SEARCH',
        edit((a) =>
          a.replace(
            /^\* SEARCH (.*)\r$/m,
            (_, list: string) => `* SEARCH ${`${list.split(' ').reverse().join(' ')} `.repeat(100)}\r`,
          ),
        ),
      ),
    ends: complete(),
  },
  {
    name: 'SEARCH names messages that are not there',
    job: 'backup',
    script: () => once('UID SEARCH', say('* SEARCH 1 2 3 4 5 6 7 77 777 4294967295', '$TAG OK done')),
    ends: complete({ 'message-vanished': 4 }),
  },
  {
    name: 'ESEARCH names all numbers there are',
    job: 'backup',
    script: () => once('UID SEARCH', say('* ESEARCH (TAG "$TAG") UID ALL 1:4294967295', '$TAG OK done')),
    ends: complete(),
  },
  {
    name: 'SEARCH that is no list of numbers',
    job: 'backup',
    script: () => once('UID SEARCH', say('* SEARCH one two', '$TAG OK done')),
    ends: complete(),
  },
  {
    name: 'HIGHESTMODSEQ that goes down',
    job: 'backup',
    before: true,
    meanwhile: (server) => inbox(server).setFlags(inbox(server).messages[0]!, ['\\Flagged']),
    script: () =>
      script(
        always('LIST', replace(/HIGHESTMODSEQ \d+/g, 'HIGHESTMODSEQ 1')),
        always('EXAMINE', replace(/HIGHESTMODSEQ \d+/g, 'HIGHESTMODSEQ 1')),
      ),
    ends: complete(),
  },
  {
    name: 'NOMODSEQ though CONDSTORE is offered',
    job: 'backup',
    before: true,
    meanwhile: (server) => inbox(server).setFlags(inbox(server).messages[0]!, ['\\Flagged']),
    script: () => always('EXAMINE', replace(/\[HIGHESTMODSEQ \d+\]/, '[NOMODSEQ]')),
    ends: complete(),
  },
  {
    name: 'CHANGEDSINCE refused',
    job: 'backup',
    before: true,
    meanwhile: (server) => inbox(server).setFlags(inbox(server).messages[0]!, ['\\Flagged']),
    script: () => always('UID FETCH', endWith('BAD What?'), /CHANGEDSINCE/),
    ends: { state: 'incomplete' },
    look: (server) => expect(server.heard('EXAMINE')).toBeGreaterThan(0),
  },
  {
    name: 'a mailbox deleted between listing and opening is that mailbox alone',
    job: 'backup',
    script: (server) => {
      let deleted = false;
      return ({ verb, args }) => {
        if (verb === 'EXAMINE' && /AMQ/.test(args) && !deleted) {
          deleted = true;
          server.account.delete('Projekte/Ärger');
        }
        return null;
      };
    },
    ends: incomplete({ 'mailbox-missing': 1 }),
  },
  {
    name: 'the source of a migration is renumbered in mid-run',
    job: 'from',
    script: () => nth('EXAMINE', 2, replace(/UIDVALIDITY \d+/, 'UIDVALIDITY 7'), undefined, 9),
    ends: { state: 'incomplete' },
  },
];

hostileSuite('numbering', CASES);
