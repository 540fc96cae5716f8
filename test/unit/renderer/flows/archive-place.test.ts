import { expect, test } from 'vitest';
import { folderNameOf, newArchiveFolder } from '../../../../renderer/screens/flows/archive-place.ts';

test.each([
  ['Katharina Brandt', 'Katharina Brandt'],
  ['a/b\\c:d', 'a b c d'],
  ['CON', 'Mail CON'],
  ['Ende. . ', 'Ende'],
  ['..', 'Mail'],
  ['', 'Mail'],
  ['Müller & Söhne', 'Müller & Söhne'],
])('the account %j has its archive in %j', (name, folder) => expect(folderNameOf(name)).toBe(folder));

test('an archive goes beside those that are there, whatever the case of their names', () => {
  expect(newArchiveFolder('/home/k/Mail/', 'Jette', ['/home/k/Mail/jette', '/home/k/Mail/Jette 2'])).toBe(
    '/home/k/Mail/Jette 3',
  );
  expect(newArchiveFolder('C:\\Users\\k\\Mail', 'Jette', [])).toBe('C:\\Users\\k\\Mail\\Jette');
});
