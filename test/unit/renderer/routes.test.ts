import { expect, test } from 'vitest';
import { withAccount } from '../../../renderer/store/view-store.ts';

test('an account added for the new end of a move becomes the new end, and the old one stays', () => {
  const flow = { screen: 'migrate' as const, accountId: 'old', targetId: null, mailboxes: ['INBOX'] };
  expect(withAccount({ flow, end: 'targetId' }, 'new')).toEqual({ ...flow, targetId: 'new' });
});

test('an account added for a restore gets the chosen folders of the archive', () => {
  const flow = { screen: 'restore' as const, archiveId: 'a', accountId: null, mailboxes: ['Briefe'] };
  expect(withAccount({ flow, end: 'accountId' }, 'new')).toEqual({ ...flow, accountId: 'new' });
});
