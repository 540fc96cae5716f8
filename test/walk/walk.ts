/**
 * Every screen once, with the sample mail, in either language. Who walks says what is done at each stop: a picture,
 * a look with axe. A new screen gets its stop here and so both.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import type { Locator, Page } from 'playwright-core';
import { de } from '../../renderer/i18n/de/index.ts';
import { en } from '../../renderer/i18n/en/index.ts';
import { selfSigned } from '../helpers/certificates.ts';

export type Language = 'en' | 'de';

/** @param name of the stop, in words with hyphens; the same in every language */
export type Stop = (name: string) => Promise<void>;

const TEXTS = { en, de };
const OLD = 'Jette Lorenzen';
const NEW = 'Jette, new provider';
const JOB_TIMEOUT_MS = 60_000;

/** A server whose certificate nobody vouches for; it never comes to signing in. */
export async function doubtfulServer(): Promise<{ port: number; close(): void }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-walk-'));
  const { certPath, keyPath } = selfSigned(folder);
  const server = tls.createServer({ cert: fs.readFileSync(certPath), key: fs.readFileSync(keyPath) }, (socket) =>
    socket.on('error', () => socket.destroy()).write('* OK ready\r\n'),
  );
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  fs.rmSync(folder, { recursive: true });
  return { port: (server.address() as { port: number }).port, close: () => void server.close() };
}

/** Starts on the first page, in an app that knows no account yet. */
export class Walk {
  readonly #page: Page;
  readonly #t: typeof en;
  readonly #stop: Stop;

  constructor(page: Page, language: Language, stop: Stop) {
    this.#page = page;
    this.#t = TEXTS[language];
    this.#stop = stop;
  }

  async everyScreen(doubtfulPort: number): Promise<void> {
    await this.#firstRun();
    await this.#account();
    await this.#addAccount(doubtfulPort);
    await this.#settings();
    await this.#backUp();
    await this.#archive();
    await this.#restore();
    await this.#move();
    await this.#stopped();
  }

  async #firstRun(): Promise<void> {
    await this.#page.getByRole('heading', { level: 1 }).waitFor();
    await this.#stop('first-run');
    await this.#page.getByRole('button', { name: this.#t.firstRun.trySample }).click();
    await this.#page.getByRole('treegrid').getByText('2025').waitFor();
  }

  async #account(): Promise<void> {
    const { account } = this.#t;
    await this.#stop('account');
    // A narrow window shows either the table or the picture.
    const picture = this.#page.getByRole('tab', { name: account.where });
    const isNarrow = await picture.isVisible();
    if (isNarrow) await picture.click();
    await this.#dialog(this.#button(account.largest), 'largest-messages', (dialog) => dialog.getByRole('row').nth(5));
    const connection = async () => {
      await this.#menu(account.connectionDetails);
    };
    await this.#dialog(connection, 'connection', (dialog) => dialog.getByText(account.serverProgram).first());
    await this.#dialog(() => this.#menu(account.removeAccount), 'remove-account');
    await this.#menu(account.editAccount);
    await this.#title(this.#t.connect.editTitle);
    await this.#stop('edit-account');
  }

  async #addAccount(doubtfulPort: number): Promise<void> {
    const { connect, shell } = this.#t;
    const page = this.#page;
    await this.#rail(shell.addAccount).click();
    await page.getByLabel(connect.address).fill('katharina.brandt@gmx.de');
    await page.getByLabel(connect.address).blur();
    await page.getByText('imap.gmx.net').first().waitFor();
    await this.#stop('add-account');
    await this.#button(connect.changeSettings).click();
    await page.getByLabel(connect.password, { exact: true }).fill('only for this walk');
    await page.getByLabel(connect.serverHost, { exact: true }).fill('localhost');
    await page.getByLabel(connect.port).fill(String(doubtfulPort));
    await this.#button(connect.signIn).click();
    await page.getByText(connect.compared).waitFor();
    await this.#stop('certificate');
    await this.#button(connect.dontConnect).click();
  }

  async #settings(): Promise<void> {
    const { settings, shell } = this.#t;
    await this.#rail(shell.settings).click();
    await this.#page.getByLabel(settings.speed, { exact: true }).selectOption('5000000');
    await this.#stop('settings');
    await this.#dialog(this.#button(settings.createVault), 'create-vault');
    await this.#dialog(this.#rail(shell.openArchive), 'open-archive');
  }

  async #backUp(): Promise<void> {
    const { account, backup, job } = this.#t;
    const page = this.#page;
    await this.#rail(OLD).click();
    await this.#button(account.backUp).click();
    await this.#button(backup.start).waitFor();
    await this.#stop('before-backup');
    await this.#button(backup.start).click();
    await page.locator('.job-strip i').first().waitFor({ state: 'attached' });
    await page.waitForTimeout(2800);
    await this.#stop('running-job');
    await this.#button(job.openArchive).waitFor({ timeout: JOB_TIMEOUT_MS });
    await this.#stop('report');
    await this.#button(job.verifyNow).click();
    await this.#title(job.complete.verify, JOB_TIMEOUT_MS);
    await this.#stop('verified');
  }

  async #archive(): Promise<void> {
    const { archive, job, search, shell } = this.#t;
    const page = this.#page;
    await this.#button(job.openArchive).click();
    await page.getByRole('option').first().waitFor();
    await this.#stop('archive');
    await page.getByRole('treeitem', { name: /^Newsletter/ }).click();
    await page.getByRole('option').first().click();
    await page.locator('iframe').first().waitFor();
    await page.waitForTimeout(800);
    await this.#stop('archive-message');
    await page.getByRole('treeitem').first().click();
    await page.getByLabel(archive.search).fill('Rechnung');
    await page.locator('mark').first().waitFor();
    await page.getByRole('option').first().click();
    await page.waitForTimeout(800);
    await this.#stop('archive-search');
    const everywhere = page.getByLabel(shell.searchAll);
    await everywhere.fill('Einladung');
    await everywhere.press('Enter');
    await this.#title(search.title);
    await page.locator('.search-hit').first().waitFor();
    await this.#stop('search-all');
    await this.#rail(new RegExp(`^${OLD}`), -1).click();
    await page.getByRole('option').first().waitFor();
  }

  async #restore(): Promise<void> {
    const { archive, flows, job } = this.#t;
    await this.#button(archive.restore).click();
    await this.#title(flows.restore.endsTitle);
    await this.#stop('restore-ends');
    await this.#chooseNew();
    await this.#stop('restore-preview');
    await this.#button(flows.restore.start_other).click();
    await this.#title(job.complete.restore, JOB_TIMEOUT_MS);
    await this.#stop('restored');
  }

  async #move(): Promise<void> {
    const { account, common, flows } = this.#t;
    const page = this.#page;
    await this.#rail(OLD).click();
    await this.#button(account.move).click();
    await this.#title(flows.migrate.endsTitle);
    await this.#stop('move-ends');
    await this.#chooseNew();
    const target = page.getByLabel(like(flows.plan.targetOf)).nth(4);
    await target.fill('Buchbinderei');
    await target.blur();
    await page.getByText(flows.plan.outcome.yours).first().waitFor();
    await page.getByText(common.moreOptions).click();
    await page.waitForTimeout(1500);
    await this.#stop('move-preview');
  }

  /** A backup that is stopped by hand, and how the account and the list of jobs tell it. */
  async #stopped(): Promise<void> {
    const { account, job, jobs, shell } = this.#t;
    const page = this.#page;
    await this.#rail(NEW).click();
    await page.getByRole('treegrid').waitFor();
    await this.#button(account.backUp).click();
    await this.#button(this.#t.backup.start).click();
    await this.#button(job.pause).click();
    await this.#button(job.goOn).waitFor();
    await this.#stop('paused-job');
    await this.#dialog(this.#button(job.cancel), 'stop-job', undefined, job.cancelConfirm);
    await this.#title(job.stopped.backup);
    await this.#stop('stopped-job');
    await this.#rail(NEW).click();
    await page.getByText(account.stoppedJob.backup).waitFor();
    await this.#stop('stopped-account');
    await this.#rail(like(shell.jobs)).click();
    await page.getByText(jobs.state.stopped).first().waitFor();
    await this.#stop('jobs');
  }

  async #chooseNew(): Promise<void> {
    const { common, flows } = this.#t;
    await this.#page
      .getByRole('radio', { name: new RegExp(NEW) })
      .last()
      .click();
    await this.#button(common.next).click();
    await this.#title(flows.plan.title);
    await this.#page.getByText(flows.plan.toCopy).first().waitFor();
    await this.#page.getByText(flows.plan.counting).first().waitFor({ state: 'detached' });
  }

  /** Opens it, stops there, and closes it, by Escape when no button is named. */
  async #dialog(
    open: Locator | (() => Promise<void>),
    name: string,
    whole?: (dialog: Locator) => Locator,
    closeBy?: string,
  ): Promise<void> {
    await (typeof open === 'function' ? open() : open.click());
    const dialog = this.#page.getByRole('dialog').or(this.#page.getByRole('alertdialog'));
    await dialog.waitFor();
    // What lies behind is hidden a moment later; axe must not look in between.
    await this.#page.locator('#root[aria-hidden=true]').waitFor({ state: 'attached' });
    await whole?.(dialog).waitFor();
    await this.#stop(name);
    if (closeBy === undefined) await this.#page.keyboard.press('Escape');
    else await dialog.getByRole('button', { name: closeBy, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  async #menu(item: string): Promise<void> {
    await this.#button(this.#t.common.moreActions).click();
    await this.#page.getByRole('menuitem', { name: item }).click();
  }

  #button(text: string): Locator {
    return this.#page
      .getByRole('main')
      .getByRole('button', { name: like(text) })
      .first();
  }

  /** @param nth in the rail; -1: the last, an archive where an account has its name too */
  #rail(name: string | RegExp, nth = 0): Locator {
    const places = this.#page.getByRole('navigation').first();
    const pattern = typeof name === 'string' ? new RegExp(`^${name}`) : name;
    return places.getByRole('button', { name: pattern }).nth(nth);
  }

  #title(text: string, timeout?: number): Promise<void> {
    const heading = this.#page.getByRole('heading', { level: 1, name: like(text) });
    return heading.waitFor(timeout === undefined ? {} : { timeout });
  }
}

/** A text with values in it, as a pattern of the whole. */
function like(text: string): RegExp {
  const parts = text.split(/\{\{[^}]*\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`);
}
