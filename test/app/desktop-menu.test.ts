/// <reference lib="dom" />
/** The menu in both languages, and what each of its entries does. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf, fillInbox } from '../helpers/app-user.ts';
import { DesktopUser } from '../helpers/desktop-user.ts';
import { describeDesktop } from '../helpers/electron-app.ts';
import { chooseMenu, readMenu } from '../helpers/electron-spies.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

const ENGLISH = {
  File: [
    'Add account… CmdOrCtrl+N',
    'Open archive… CmdOrCtrl+O',
    'Back up CmdOrCtrl+B',
    'Save… CmdOrCtrl+S',
    'Print… CmdOrCtrl+P',
    'Settings… Ctrl+,',
    'Quit Mailferry Ctrl+Q',
  ],
  Edit: [
    'Undo',
    'Redo',
    'Cut',
    'Copy',
    'Paste',
    'Select all',
    'Find here CmdOrCtrl+F',
    'Search all archives CmdOrCtrl+K',
  ],
  View: [
    'Read sizes again CmdOrCtrl+R',
    'Next pane F6',
    'Previous pane Shift+F6',
    'Actual size',
    'Larger',
    'Smaller',
    'Full screen',
  ],
  Go: ['Jobs CmdOrCtrl+J'],
  Help: ['About Mailferry'],
};

const GERMAN = {
  Datei: [
    'Konto hinzufügen… CmdOrCtrl+N',
    'Archiv öffnen… CmdOrCtrl+O',
    'Sichern CmdOrCtrl+B',
    'Speichern… CmdOrCtrl+S',
    'Drucken… CmdOrCtrl+P',
    'Einstellungen… Ctrl+,',
    'Mailferry beenden Ctrl+Q',
  ],
  Bearbeiten: [
    'Rückgängig',
    'Wiederholen',
    'Ausschneiden',
    'Kopieren',
    'Einfügen',
    'Alles auswählen',
    'Hier suchen CmdOrCtrl+F',
    'Alle Archive durchsuchen CmdOrCtrl+K',
  ],
  Ansicht: [
    'Größen neu lesen CmdOrCtrl+R',
    'Nächster Bereich F6',
    'Voriger Bereich Shift+F6',
    'Originalgröße',
    'Größer',
    'Kleiner',
    'Vollbild',
  ],
  'Gehe zu': ['Aufträge CmdOrCtrl+J'],
  Hilfe: ['Über Mailferry'],
};

describeWith(['dovecot'], 'with a mail server', () =>
  describeDesktop('the menu', () => {
    const user = new DesktopUser();
    let server: TestServer;
    let account: TestUser;
    let address: string;

    beforeAll(async () => {
      server = await dovecot({ format: 'maildir' });
      account = await server.user();
      address = addressOf(account);
      await fillInbox(server, account, 5);
      await user.start();
    });
    afterAll(() => user.clean());

    const choose = (label: string) => chooseMenu(user.desktop.app, label);
    const focused = () => user.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);

    test('speaks English on an English system', async () => {
      expect(await readMenu(user.desktop.app)).toEqual(ENGLISH);
    });

    test('leads to the places by name, once there are some', async () => {
      await user.chooseBackup();
      await user.addAccount(server, account);
      await user.startBackup(account);
      await user.heading(`${address} is backed up`);
      const go = async () => (await readMenu(user.desktop.app))['Go'];
      await expect
        .poll(go)
        .toEqual(['Jobs CmdOrCtrl+J', `${address} CmdOrCtrl+1`, expect.stringMatching(/ CmdOrCtrl\+2$/)]);
    });

    describe('on a report', () => {
      test('prints it', async () => {
        const { page } = user;
        await page.evaluate(() => {
          window.print = () => void Object.assign(globalThis, { printed: true });
        });
        await choose('Print…');
        await page.waitForFunction(() => 'printed' in globalThis);
      });

      test('saves it where the user says', async () => {
        const file = path.join(user.dataFolder, 'report.html');
        await user.desktop.app.evaluate(({ dialog }, filePath) => {
          dialog.showSaveDialog = async () => ({ canceled: false, filePath });
        }, file);
        await choose('Save…');
        await user.page.getByText(`The report is saved: ${file}`).waitFor();
        expect(fs.readFileSync(file, 'utf8')).toContain(address);
      });
    });

    describe('leads', () => {
      test.each([
        ['Jobs', 'Jobs'],
        ['Settings…', 'Settings'],
        ['Add account…', 'Add account'],
      ])('with %s to the page %s', async (label, heading) => {
        await choose(label);
        await user.heading(heading);
      });

      test('with Open archive to the folder that the user chooses', async () => {
        await user.desktop.app.evaluate(
          ({ dialog }, folder) => {
            dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
          },
          path.join(user.dataFolder, 'archives', address),
        );
        await choose('Open archive…');
        await user.page.getByLabel('Search this archive').waitFor();
      });

      test('with a place to that place', async () => {
        await choose('CmdOrCtrl+1');
        await user.page.getByRole('treegrid').getByText('Inbox').waitFor();
        await choose('CmdOrCtrl+2');
        await user.page.getByLabel('Search this archive').waitFor();
      });
    });

    describe('on an account', () => {
      beforeAll(async () => {
        await choose('CmdOrCtrl+1');
        await user.page.getByRole('treegrid').getByText('Inbox').waitFor();
      });

      test('finds here and everywhere', async () => {
        await choose('Find here');
        await expect.poll(focused).toMatch(/folder/i);
        await choose('Search all archives');
        await expect.poll(focused).toBe('Search all archives');
      });

      test('goes round the panes, there and back', async () => {
        const before = await focused();
        await choose('Next pane');
        await expect.poll(focused).not.toBe(before);
        await choose('Previous pane');
        await expect.poll(focused).toBe(before);
      });

      test('cuts, copies, pastes and takes back', async () => {
        const search = user.page.getByLabel('Search all archives');
        const value = () => search.inputValue();
        await search.fill('a');
        await choose('Select all');
        await choose('Cut');
        await expect.poll(value).toBe('');
        await choose('Undo');
        await expect.poll(value).toBe('a');
        await choose('Redo');
        await expect.poll(value).toBe('');
        await choose('Paste');
        await expect.poll(value).toBe('a');
        await search.press('Escape');
      });

      test('makes everything larger and smaller', async () => {
        const zoom = () =>
          user.desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.zoomLevel);
        await choose('Larger');
        await expect.poll(zoom).toBeGreaterThan(0);
        await choose('Actual size');
        await expect.poll(zoom).toBe(0);
        await choose('Smaller');
        await expect.poll(zoom).toBeLessThan(0);
        await choose('Actual size');
      });

      test('reads the sizes again', async () => {
        const signIns = () => server.log().split('Login: ').length;
        const before = signIns();
        await choose('Read sizes again');
        await expect.poll(signIns).toBeGreaterThan(before);
      });

      test('begins a backup', async () => {
        await choose('Back up');
        await user.page.getByText('left as it was').waitFor();
        await user.heading(`${address} is backed up`);
      });
    });

    test('changes with the language, at once', async () => {
      await choose('Settings…');
      await user.page.getByLabel('Language').selectOption('de');
      await user.heading('Einstellungen');
      await expect.poll(async () => Object.keys(await readMenu(user.desktop.app))).toEqual(Object.keys(GERMAN));
    });

    test('quits', async () => {
      expect(user.desktop.problems).toEqual([]);
      await choose('Mailferry beenden');
      await user.desktop.ended;
    });

    test('speaks German on a German system', async () => {
      const german = new DesktopUser();
      const language = { LANG: 'de_DE.UTF-8', LANGUAGE: 'de_DE', LC_ALL: 'de_DE.UTF-8' };
      const { app, problems } = await german.start([], language);
      try {
        await german.heading(/Mail/);
        expect(await readMenu(app)).toEqual(GERMAN);
        await chooseMenu(app, 'Einstellungen…');
        await german.heading('Einstellungen');
        await chooseMenu(app, 'Aufträge');
        await german.heading('Aufträge');
        expect(problems).toEqual([]);
      } finally {
        await german.clean();
      }
    });
  }),
);
