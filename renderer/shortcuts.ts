/** Keys and menu entries as commands. Pure: it knows keys and names, and nothing of screens. */
import type { ShellCommand } from '../shared/shell.ts';

export type Command =
  | 'search-all'
  | 'find-here'
  | 'back-up'
  | 'read-again'
  | 'add-account'
  | 'open-archive'
  | 'settings'
  | 'jobs'
  | 'save'
  | 'print'
  | 'next-pane'
  | 'previous-pane'
  | 'go-back'
  | `place-${number}`;

/** What of a KeyboardEvent counts. */
export interface KeyPress {
  key: string;
  /** Physical key, so that digits work on every layout. */
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export interface Keyboard {
  shell: 'desktop' | 'browser';
  platform: 'linux' | 'darwin' | 'win32';
}

const BY_LETTER: Readonly<Record<string, Command>> = {
  k: 'search-all',
  f: 'find-here',
  b: 'back-up',
  r: 'read-again',
  n: 'add-account',
  o: 'open-archive',
  j: 'jobs',
  s: 'save',
  p: 'print',
  ',': 'settings',
};

/** A browser keeps these for itself, so its pages take Alt instead. */
const OWNED_BY_BROWSERS: ReadonlySet<string> = new Set(['n', 'r', '1', '2', '3', '4', '5', '6', '7', '8', '9']);

function digitOf(press: KeyPress): string | null {
  return /^Digit[1-9]$/.test(press.code) ? press.code.slice(5) : null;
}

/** @returns null when the keys mean nothing here */
export function commandOf(press: KeyPress, keyboard: Keyboard): Command | null {
  const main = keyboard.platform === 'darwin' ? press.metaKey : press.ctrlKey;
  const other = keyboard.platform === 'darwin' ? press.ctrlKey : press.metaKey;
  if (press.key === 'F6' && !main && !press.altKey) return press.shiftKey ? 'previous-pane' : 'next-pane';
  if (press.shiftKey) return null;
  if (press.altKey && !main && !other && press.key === 'ArrowLeft') return 'go-back';
  if (other) return null;
  const letter = digitOf(press) ?? letterOf(press);
  const wantsAlt = keyboard.shell === 'browser' && OWNED_BY_BROWSERS.has(letter);
  if (wantsAlt ? !press.altKey || main : !main || press.altKey) return null;
  if (digitOf(press)) return `place-${Number(letter)}`;
  return BY_LETTER[letter] ?? null;
}

/** Alt changes the character on some keyboards; the physical key tells the letter then. */
function letterOf(press: KeyPress): string {
  if (press.altKey && /^Key[A-Z]$/.test(press.code)) return press.code.slice(3).toLowerCase();
  return press.key.toLowerCase();
}

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(BY_LETTER).map(([letter, command]) => [command, letter]),
);

/** `Ctrl+K`, `Strg+K`, `⌘K`; for tooltips and the search box. */
export function shortcutText(command: Command, keyboard: Keyboard, language: 'en' | 'de'): string {
  if (command === 'next-pane') return 'F6';
  const key = command.startsWith('place-') ? command.slice(6) : (LETTERS[command] ?? '');
  const withAlt = keyboard.shell === 'browser' && OWNED_BY_BROWSERS.has(key);
  if (keyboard.platform === 'darwin') return `${withAlt ? '⌥' : '⌘'}${key.toUpperCase()}`;
  const modifier = withAlt ? 'Alt' : language === 'de' ? 'Strg' : 'Ctrl';
  return `${modifier}+${key.toUpperCase()}`;
}

const BY_MENU_NAME = {
  'add-account': 'add-account',
  'open-archive': 'open-archive',
  'back-up': 'back-up',
  'read-sizes': 'read-again',
  save: 'save',
  print: 'print',
  search: 'search-all',
  find: 'find-here',
  'next-pane': 'next-pane',
  'previous-pane': 'previous-pane',
  jobs: 'jobs',
  settings: 'settings',
} as const satisfies Record<Exclude<ShellCommand, `go-${number}`>, Command>;

/** What an entry of the desktop's menu means here. */
export function menuCommand(name: ShellCommand): Command {
  const place = /^go-([1-9])$/.exec(name);
  return place ? `place-${Number(place[1])}` : BY_MENU_NAME[name as keyof typeof BY_MENU_NAME];
}
