import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataFolder, defaultArchivesFolder } from '../../../electron/node/data-folder.ts';
import { systemLanguage } from '../../../electron/node/system-language.ts';

const home = path.resolve('/home/anna');

test.each([
  ['linux', {}, path.join(home, '.local/share/mailferry')],
  ['linux', { XDG_DATA_HOME: '/data' }, path.join('/data', 'mailferry')],
  ['linux', { XDG_DATA_HOME: 'relative' }, path.join(home, '.local/share/mailferry')],
  ['darwin', { XDG_DATA_HOME: '/data' }, path.join(home, 'Library/Application Support/Mailferry')],
  ['win32', { APPDATA: '/roaming' }, path.join('/roaming', 'Mailferry')],
  ['win32', {}, path.join(home, 'AppData/Roaming/Mailferry')],
  ['linux', { MAILFERRY_DATA: '/own', XDG_DATA_HOME: '/data' }, path.resolve('/own')],
  ['win32', { MAILFERRY_DATA: '/own', APPDATA: '/roaming' }, path.resolve('/own')],
] as const)('on %s with %j the data is in %s', (platform, env, expected) => {
  expect(dataFolder({ platform, env, home })).toBe(expected);
});

test('archives go where the user sees them', () => {
  expect(defaultArchivesFolder({ home })).toBe(path.join(home, 'Mailferry'));
});

describe('the language of the system', () => {
  test.each([
    [{ LANG: 'de_DE.UTF-8' }, 'de-DE'],
    [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'de_AT@euro' }, 'de-AT'],
    [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'en_US', LC_ALL: 'de' }, 'de'],
  ])('%j is %s', (env, expected) => {
    expect(systemLanguage(env)).toBe(expected);
  });

  test.each([{}, { LANG: 'C' }, { LC_ALL: 'POSIX' }, { LANG: 'C.UTF-8' }, { LANG: '../../etc' }])(
    'where %j names none it is that of Node',
    (env) => {
      expect(systemLanguage(env)).toBe(Intl.DateTimeFormat().resolvedOptions().locale);
    },
  );
});
