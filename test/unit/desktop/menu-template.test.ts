import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { menuTemplate } from '../../../electron/desktop/menu-template.ts';
import { de, en, type Words } from '../../../electron/desktop/word-table.ts';
import type { ShellCommand } from '../../../shared/shell.ts';

type Item = MenuItemConstructorOptions;

function template(words: Words, isMac: boolean, places: string[] = [], run: (name: ShellCommand) => void = () => {}) {
  return menuTemplate({ words, places, run, isMac, showAbout: () => {} });
}

function entries(menus: Item[]): Item[] {
  return menus.flatMap((menu) => menu.submenu as Item[]).filter((item) => item.type !== 'separator');
}

const systems = [
  ['macOS', true],
  ['Windows and Linux', false],
] as const;

describe.each(systems)('the menu on %s', (_system, isMac) => {
  test('names every entry itself: what the system adds would be in its language, not in the chosen one', () => {
    for (const item of [...template(de, isMac), ...entries(template(de, isMac))]) expect(item.label).toBeTruthy();
  });

  test('has nothing in English when it is German', () => {
    const labels = (words: Words) => entries(template(words, isMac)).map((item) => item.label);
    const english = labels(en);
    expect(labels(de).filter((label, i) => label === english[i])).toEqual([]);
  });

  test('gives each shortcut to one entry', () => {
    const keys = entries(template(en, isMac, ['a', 'b'])).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('leads to the places of the rail by their names, nine at most', () => {
    const chosen: string[] = [];
    const places = ['Anna & Co', ...Array.from({ length: 11 }, (_, i) => `Place ${i}`)];
    const go = template(en, isMac, places, (name) => chosen.push(name)).find((menu) => menu.label === 'Go')!;
    const items = (go.submenu as Item[]).filter((item) => /^CmdOrCtrl\+\d$/.test(String(item.accelerator)));
    expect(items).toHaveLength(9);
    expect(items[0]).toMatchObject({ label: 'Anna && Co', accelerator: 'CmdOrCtrl+1' });
    (items[8]!.click as () => void)();
    expect(chosen).toEqual(['go-9']);
  });
});

test('settings and quitting are where each system has them', () => {
  const place = (isMac: boolean, label: string) =>
    template(en, isMac).find((menu) => (menu.submenu as Item[]).some((item) => item.label === label))?.label;
  expect([place(true, 'Settings…'), place(true, 'Quit Mailferry')]).toEqual(['Mailferry', 'Mailferry']);
  expect([place(false, 'Settings…'), place(false, 'Quit Mailferry')]).toEqual(['File', 'File']);
});
