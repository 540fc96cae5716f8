import { describe, expect, it } from 'vitest';
import type { PlannedPair } from '../../../../shared/job-request.ts';
import {
  chosenPaths,
  countByMailbox,
  lacksSpace,
  makeRequest,
  NO_CHOICES,
  outcomeOf,
  pathOf,
  together,
  type Task,
} from '../../../../renderer/screens/flows/choices.ts';
import { folderLabel } from '../../../../renderer/lib/folder-label.ts';

function pair(path: string, more: Partial<PlannedPair> = {}): PlannedPair {
  return {
    ...{ path, delimiter: '/', specialUse: null, messages: 1, sizeBytes: 100 },
    ...{ targetPath: path, targetDelimiter: '.', reason: 'same', changed: null, targetExists: false },
    ...more,
  };
}

const PAIRS = [
  pair('INBOX', { specialUse: 'inbox' }),
  pair('Work/A'),
  pair('Bin', { specialUse: 'trash' }),
  pair('Bin/Old'),
  pair('Binders'),
  pair('Spam', { specialUse: 'junk' }),
];

const MOVE: Task = { kind: 'migrate', accountId: 'a', targetId: 'b', only: null };

describe('chosenPaths', () => {
  it('leaves junk and trash behind with all below them, and nothing else', () => {
    expect(chosenPaths(PAIRS, null, new Map())).toEqual(['INBOX', 'Work/A', 'Binders']);
  });

  it('takes exactly what the page was opened with, trash too', () => {
    expect(chosenPaths(PAIRS, ['Bin'], new Map())).toEqual(['Bin']);
  });

  it('follows every tick of the user', () => {
    const ticks = new Map([
      ['INBOX', false],
      ['Spam', true],
    ]);
    expect(chosenPaths(PAIRS, null, ticks)).toEqual(['Work/A', 'Binders', 'Spam']);
  });
});

describe('makeRequest', () => {
  it('counts no folder before the folders are known', () => {
    expect(makeRequest(MOVE, null, NO_CHOICES).mailboxes).toEqual([]);
  });

  it('names the ticked folders, or none when all are ticked', () => {
    expect(makeRequest(MOVE, PAIRS, NO_CHOICES).mailboxes).toEqual(['INBOX', 'Work/A', 'Binders']);
    const ticks = new Map(PAIRS.map(({ path }) => [path, true]));
    expect(makeRequest(MOVE, PAIRS, { ...NO_CHOICES, ticks }).mailboxes).toBeNull();
  });

  it('carries changed targets and the folder that all goes below', () => {
    const renames = new Map([['Work/A', 'Office.A']]);
    expect(makeRequest(MOVE, PAIRS, { ...NO_CHOICES, renames, into: ' Old mail ' })).toMatchObject({
      renames: [{ from: 'Work/A', to: 'Office.A' }],
      into: 'Old mail',
    });
  });

  it('of chosen messages names their folders and nothing else', () => {
    const messages = [
      { mailbox: 'Bin', uidValidity: 1, uid: 4 },
      { mailbox: 'Bin', uidValidity: 1, uid: 5 },
    ];
    const task: Task = { kind: 'restore', archiveId: 'x', accountId: 'a', only: null, messages };
    expect(makeRequest(task, PAIRS, NO_CHOICES)).toMatchObject({ mailboxes: ['Bin'], messages });
    expect(countByMailbox(messages)).toEqual(new Map([['Bin', 2]]));
  });
});

describe('outcomeOf', () => {
  it.each([
    ['stays', pair('A'), false, []],
    ['yours', pair('A', { reason: 'rule' }), true, [['A', 'B']]],
    ['taken', pair('A', { reason: 'collision', changed: 'the name was taken' }), true, []],
    ['adjusted', pair('A', { changed: 'characters were replaced' }), true, []],
    ['paired', pair('A', { reason: 'special-use', targetExists: true }), true, []],
    ['exists', pair('A', { targetExists: true }), true, []],
    ['new', pair('A'), true, []],
  ] as const)('says %s', (outcome, of, isTicked, renames) => {
    expect(outcomeOf(of, isTicked, new Map(renames))).toBe(outcome);
  });
});

describe('labels of targets', () => {
  const known = ['INBOX', 'Sent Items', 'Work.A', 'a/b'];

  it.each([
    ['INBOX', 'Posteingang'],
    ['Work.A', 'Work / A'],
    ['a/b', 'a/b'],
  ])('%s reads %s and means the same folder again', (path, label) => {
    expect(folderLabel(path, '.', 'Posteingang')).toBe(label);
    expect(pathOf(label, known, '.', 'Posteingang')).toBe(path);
  });

  it('a path without levels stays as it is', () => {
    expect(folderLabel('A/B', null, 'Inbox')).toBe('A/B');
  });

  it('a typed one may be new, with levels', () => {
    expect(pathOf(' Büro / Rechnungen / ', known, '.', 'Inbox')).toBe('Büro.Rechnungen');
    expect(pathOf('Büro / X', known, null, 'Inbox')).toBe('Büro / X');
    expect(pathOf('  ', known, '.', 'Inbox')).toBe('');
  });
});

describe('the numbers', () => {
  const plan = {
    ...{ pairs: [], targetPaths: [], toCopy: 7, alreadyThere: 2, tooLarge: null, maxMessageBytes: null },
    ...{ bytes: 100, newFolders: 0, targetFreeBytes: 99 },
  };

  it('together are every message of the chosen folders', () => {
    expect(together(plan)).toBe(9);
    expect(together({ ...plan, tooLarge: 1 })).toBe(10);
  });

  it('lack space only where the provider says how much is free', () => {
    expect(lacksSpace(plan)).toBe(true);
    expect(lacksSpace({ ...plan, targetFreeBytes: 100 })).toBe(false);
    expect(lacksSpace({ ...plan, targetFreeBytes: null })).toBe(false);
  });
});
