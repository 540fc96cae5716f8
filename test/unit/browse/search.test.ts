import { describe, expect, test } from 'vitest';
import { cleanUp, freshPath, archiveWith } from '../archive/kit.ts';
import { ALL, closeViews, indexed, letter, uids, view, type Letter } from './kit.ts';

cleanUp();
closeViews();

async function archive(...letters: Letter[]): Promise<string> {
  const dir = freshPath();
  await archiveWith(dir, 'mbox', { INBOX: letters.map((given, i) => letter(i + 1, { day: 1 + i, ...given })) });
  return dir;
}

describe('a search', () => {
  test('needs every word, and the beginning of a word is enough', async () => {
    const found = await indexed(
      await archive({ body: 'Brennofen Lieferung' }, { body: 'Brennofen' }, { body: 'Ofen' }),
    );
    expect(uids(found, { text: 'brenn' })).toEqual([2, 1]);
    expect(uids(found, { text: 'lief BRENN' })).toEqual([1]);
    expect(uids(found, { text: 'ofen' })).toEqual([3]);
  });

  test('finds words of one message in different parts of it', async () => {
    const found = await indexed(
      await archive({ from: 'Rosa <rosa@example.org>', subject: 'kiln', body: 'clay' }, { body: 'clay' }),
    );
    expect(uids(found, { text: 'rosa kiln clay' })).toEqual([1]);
  });

  test('takes a quoted phrase as it is', async () => {
    const found = await indexed(await archive({ body: 'red kiln glaze' }, { body: 'kiln red' }, { body: 'red kilns' }));
    expect(uids(found, { text: '"red kiln"' })).toEqual([1]);
    expect(uids(found, { text: '„red kiln“' })).toEqual([1]);
    expect(uids(found, { text: '"red kil' })).toEqual([3, 1]);
  });

  test('finds umlauts and their other spellings both ways', async () => {
    const found = await indexed(
      await archive(
        { body: 'Müller' },
        { body: 'Mueller' },
        { body: 'Muller' },
        { body: 'Straße' },
        { body: 'Strasse' },
      ),
    );
    expect(uids(found, { text: 'müller' })).toEqual([3, 2, 1]);
    expect(uids(found, { text: 'mueller' })).toEqual([3, 2, 1]);
    expect(uids(found, { text: 'MULLER' })).toEqual([3, 1]);
    expect(uids(found, { text: 'straße' })).toEqual([5, 4]);
    expect(uids(found, { text: 'strasse' })).toEqual([5, 4]);
  });

  test('finds words inside a line of Chinese, which has no blanks', async () => {
    const found = await indexed(await archive({ body: '我们明天开会讨论预算' }, { body: '明年开会' }));
    expect(uids(found, { text: '开会' })).toEqual([2, 1]);
    expect(uids(found, { text: '明天开会' })).toEqual([1]);
  });

  test('looks only where it is told to', async () => {
    const mixed = [
      '--b',
      'Content-Type: text/plain',
      '',
      'see the plan',
      '--b',
      'Content-Type: application/pdf',
      'Content-Disposition: attachment; filename="plan.pdf"',
      '',
      'x',
      '--b--',
    ].join('\r\n');
    const found = await indexed(
      await archive(
        { from: 'Plan <p@example.org>' },
        { subject: 'the plan' },
        { body: mixed, type: 'multipart/mixed; boundary=b' },
      ),
    );
    expect(uids(found, { text: 'plan' })).toEqual([3, 2, 1]);
    expect(uids(found, { text: 'plan', field: 'people' })).toEqual([1]);
    expect(uids(found, { text: 'plan', field: 'subject' })).toEqual([2]);
    expect(uids(found, { text: 'plan', field: 'attachments' })).toEqual([3]);
    expect(uids(found, { attachment: true })).toEqual([3]);
  });

  test('puts messages first that have the words in their header, when asked for relevance', async () => {
    const found = await indexed(await archive({ subject: 'kiln' }, { body: 'kiln' }));
    expect(uids(found, { text: 'kiln' })).toEqual([2, 1]);
    expect(uids(found, { text: 'kiln', sort: 'relevance' })).toEqual([1, 2]);
  });

  test('marks the hits, in the words around them', async () => {
    const body = `${'nothing to see here, '.repeat(30)}then a brennofen, ${'and more of it '.repeat(30)}`;
    const found = await indexed(await archive({ subject: 'Brennofen', body }));
    const [row] = found.messages({ ...ALL, text: 'brenn' }, 0, 10).rows;
    const [from, to] = row!.hits.snippet[0]!;
    expect(row!.snippet.slice(from, to).toLowerCase()).toBe('brennofen');
    expect(row!.hits.subject).toEqual([[0, 9]]);
  });

  test('searches headers at once, and says what it lacks', async () => {
    const dir = await archive({ subject: 'kiln' }, { body: 'kiln' });
    const fresh = await view(dir);
    expect(uids(fresh, { text: 'kil' })).toEqual([1]);
    expect(fresh.messages({ ...ALL, text: 'kil' }, 0, 1).unindexed).toBe(2);
  });

  test('counts hits in every folder, whichever is looked at', async () => {
    const dir = freshPath();
    await archiveWith(dir, 'mbox', {
      INBOX: [letter(1, { body: 'kiln' }), letter(2, { body: 'kiln' })],
      __proto__x: [letter(1, { body: 'kiln' }), letter(2, {})],
    });
    const found = await indexed(dir);
    const page = found.messages({ ...ALL, mailbox: 'INBOX', text: 'kiln' }, 0, 10);
    expect(page.total).toBe(2);
    expect({ ...page.perMailbox }).toEqual({ INBOX: 2, __proto__x: 1 });
  });
});
