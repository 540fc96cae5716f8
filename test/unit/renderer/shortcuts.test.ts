import { expect, test } from 'vitest';
import { commandOf, menuCommand, shortcutText, type Keyboard } from '../../../renderer/shortcuts.ts';

const press = (keys: string) => {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  return {
    key,
    code: /^[1-9]$/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`,
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Cmd'),
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
  };
};

const desktop: Keyboard = { shell: 'desktop', platform: 'linux' };
const browser: Keyboard = { shell: 'browser', platform: 'win32' };
const mac: Keyboard = { shell: 'desktop', platform: 'darwin' };

test.each([
  [desktop, 'Ctrl+k', 'search-all'],
  [desktop, 'Ctrl+n', 'add-account'],
  [desktop, 'Ctrl+,', 'settings'],
  [desktop, 'Ctrl+3', 'place-3'],
  [desktop, 'F6', 'next-pane'],
  [desktop, 'Shift+F6', 'previous-pane'],
  [desktop, 'Alt+ArrowLeft', 'go-back'],
  [mac, 'Cmd+b', 'back-up'],
  [browser, 'Ctrl+f', 'find-here'],
  [browser, 'Alt+n', 'add-account'],
  [browser, 'Alt+2', 'place-2'],
] as const)('%o: %s', (keyboard, keys, command) => {
  expect(commandOf(press(keys), keyboard)).toBe(command);
});

test.each([
  [desktop, 'k'],
  [desktop, 'Alt+n'],
  [desktop, 'Ctrl+Shift+s'],
  [desktop, 'Ctrl+Alt+k'],
  [desktop, 'Delete'],
  [mac, 'Ctrl+k'],
  [browser, 'Ctrl+n'],
  [browser, 'Ctrl+r'],
  [browser, 'Ctrl+1'],
] as const)('%o: %s means nothing', (keyboard, keys) => {
  expect(commandOf(press(keys), keyboard)).toBeNull();
});

test('a keyboard whose Alt changes the letter still reaches the command', () => {
  expect(commandOf({ ...press('Alt+n'), key: '˜' }, browser)).toBe('add-account');
});

test('shortcuts are written as the keyboard has them', () => {
  expect(shortcutText('search-all', desktop, 'en')).toBe('Ctrl+K');
  expect(shortcutText('search-all', desktop, 'de')).toBe('Strg+K');
  expect(shortcutText('search-all', mac, 'de')).toBe('⌘K');
  expect(shortcutText('add-account', browser, 'en')).toBe('Alt+N');
});

test('menu entries are the same commands', () => {
  expect(menuCommand('read-sizes')).toBe('read-again');
  expect(menuCommand('go-4')).toBe('place-4');
});
