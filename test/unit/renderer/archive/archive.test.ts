import { describe, expect, it } from 'vitest';
import type { ArchiveFolder, Attachment } from '../../../../shared/browse.ts';
import { archiveTree } from '../../../../renderer/screens/archive/folders.ts';
import {
  asked,
  dayOrNull,
  EVERYTHING,
  indexAfter,
  isFiltered,
  NO_FILTERS,
  refKey,
  sortsFor,
} from '../../../../renderer/screens/archive/query.ts';
import {
  fullNames,
  namesOf,
  offeredAttachments,
  repliesElsewhere,
  shownView,
} from '../../../../renderer/screens/archive/reading.ts';
import { fileNameOf } from '../../../../renderer/screens/archive/saving.ts';

describe('a query', () => {
  it('is sent without blanks around its text and within the limit', () => {
    expect(asked({ ...EVERYTHING, text: '  kiln ' }).text).toBe('kiln');
    expect(asked({ ...EVERYTHING, text: 'x'.repeat(5000) }).text).toHaveLength(1000);
  });

  it('goes by hits only while there are any', () => {
    expect(asked({ ...EVERYTHING, text: 'kiln', sort: 'relevance' }).sort).toBe('relevance');
    expect(asked({ ...EVERYTHING, text: ' ', sort: 'relevance' }).sort).toBe('newest');
    expect(sortsFor('')).not.toContain('relevance');
    expect(sortsFor('kiln')).toContain('relevance');
  });

  it('knows whether a filter is set', () => {
    expect(isFiltered(NO_FILTERS)).toBe(false);
    expect(isFiltered({ ...NO_FILTERS, before: '2014-03-31' })).toBe(true);
    expect(isFiltered({ ...NO_FILTERS, unread: true })).toBe(true);
  });

  it('takes whole days only', () => {
    expect(dayOrNull('2014-03-18')).toBe('2014-03-18');
    expect(dayOrNull('')).toBeNull();
    expect(dayOrNull('12014-03-18')).toBeNull();
  });
});

describe('keys in a list', () => {
  const list = { count: 100, page: 8, singleKeys: true };

  it('go up and down, by pages and to the ends, and no further', () => {
    expect(indexAfter('ArrowDown', 4, list)).toBe(5);
    expect(indexAfter('ArrowUp', 4, list)).toBe(3);
    expect(indexAfter('PageDown', 95, list)).toBe(99);
    expect(indexAfter('PageUp', 3, list)).toBe(0);
    expect(indexAfter('End', 0, list)).toBe(99);
    expect(indexAfter('Home', 50, list)).toBe(0);
  });

  it('begin at the top when nothing is chosen', () => {
    expect(indexAfter('ArrowDown', -1, list)).toBe(0);
    expect(indexAfter('ArrowUp', -1, list)).toBe(0);
  });

  it('are J and K too, unless single keys are off', () => {
    expect(indexAfter('j', 4, list)).toBe(5);
    expect(indexAfter('K', 4, list)).toBe(3);
    expect(indexAfter('j', 4, { ...list, singleKeys: false })).toBeNull();
  });

  it('mean nothing in an empty list or when they are others', () => {
    expect(indexAfter('ArrowDown', -1, { ...list, count: 0 })).toBeNull();
    expect(indexAfter('x', 4, list)).toBeNull();
  });
});

describe('messages', () => {
  it('are told apart by folder and number, whatever the folder is called', () => {
    expect(refKey({ mailbox: '2:3', uidValidity: 1, uid: 2 })).not.toBe(
      refKey({ mailbox: '3', uidValidity: 1, uid: 22 }),
    );
  });
});

describe('folders of an archive', () => {
  const folder = (path: string, messages: number): ArchiveFolder => ({
    ...{ path, delimiter: '/', specialUse: null, selectable: true, subscribed: true },
    ...{ messages, unread: 0, sizeBytes: 0, missing: 0 },
  });
  const folders = [folder('Werkstatt', 10), folder('Werkstatt/Lieferanten', 31), folder('Steuer', 5)];

  it('count their messages, and those below', () => {
    const tree = archiveTree(folders, null);
    expect(tree.byPath.get('Werkstatt')).toMatchObject({ own: { messages: 10 }, total: { messages: 41 } });
  });

  it('count hits instead while something is searched for', () => {
    const tree = archiveTree(folders, { 'Werkstatt/Lieferanten': 3 });
    expect(tree.byPath.get('Werkstatt')?.total.messages).toBe(3);
    expect(tree.byPath.get('Steuer')?.total.messages).toBe(0);
  });
});

describe('the open message', () => {
  const papa = { name: 'Papa', address: 'papa@brandt.example' };
  const list = { name: '', address: 'list@guild.example' };

  it('names people by name, or by address where they have none', () => {
    expect(namesOf([papa, list])).toBe('Papa, list@guild.example');
    expect(fullNames([papa, list])).toBe('Papa <papa@brandt.example>, list@guild.example');
  });

  it('says where replies go only when that is elsewhere', () => {
    expect(repliesElsewhere({ from: [papa], replyTo: [{ name: '', address: 'PAPA@brandt.example' }] })).toEqual([]);
    expect(repliesElsewhere({ from: [papa], replyTo: [list] })).toEqual([list]);
  });

  it('is shown as text when it has no formatting', () => {
    expect(shownView('html', { htmlUrl: null })).toBe('text');
    expect(shownView('html', { htmlUrl: '/content/1' })).toBe('html');
    expect(shownView('source', { htmlUrl: null })).toBe('source');
  });

  it('offers pictures of its page as files only when there is no page', () => {
    const file = (index: number, inline: boolean): Attachment => ({
      ...{ index, name: 'a.png', originalName: null, mimeType: 'image/png', sizeBytes: 1, risky: false, inline },
    });
    const attachments = [file(0, true), file(1, false)];
    expect(offeredAttachments({ attachments, htmlUrl: '/content/1' })).toEqual([attachments[1]]);
    expect(offeredAttachments({ attachments, htmlUrl: null })).toEqual(attachments);
  });
});

describe('a saved file', () => {
  it('is named by the last part of its path, on every system', () => {
    expect(fileNameOf('/home/kb/Mail/a.eml')).toBe('a.eml');
    expect(fileNameOf('C:\\Users\\kb\\a.eml')).toBe('a.eml');
  });
});
