/** A person at the app, by what is on the screen. */
import type { Page } from 'playwright-core';
import { RawImap } from './imap-raw.ts';
import type { TestServer, TestUser } from './servers/server.ts';

export class AppUser {
  readonly #page: () => Page;

  /** @param page the one that is on the screen now: an app that was started again has another */
  constructor(page: () => Page) {
    this.#page = page;
  }

  get page(): Page {
    return this.#page();
  }

  press(name: string | RegExp): Promise<void> {
    return this.page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
  }

  heading(name: string | RegExp): Promise<void> {
    return this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** To an entry of the rail. */
  go(entry: string): Promise<void> {
    return this.page.getByRole('navigation').getByText(entry, { exact: true }).first().click();
  }

  /** From the first page to the form of a new account. */
  chooseBackup(): Promise<void> {
    return this.page.getByRole('button', { name: /Back up an account/ }).click();
  }

  /** Into the form of a new account. */
  async fillAccount(server: Pick<TestServer, 'port'>, user: TestUser): Promise<void> {
    const { page } = this;
    await page.getByLabel('Email address').fill(addressOf(user));
    await page.getByLabel('Password', { exact: true }).fill(user.password);
    await page.getByLabel('Server', { exact: true }).fill('127.0.0.1');
    await page.getByLabel('Encryption').selectOption('none');
    await page.getByLabel('Port').fill(String(server.port));
    await page.getByLabel('Sign in as').fill(user.name);
  }

  /** @param look what there is to see once the sign-in has succeeded */
  async addAccount(server: TestServer, user: TestUser, look: () => Promise<void> = async () => {}): Promise<void> {
    await this.fillAccount(server, user);
    await this.press('Sign in');
    await look();
    await this.page.locator('main').getByRole('button', { name: 'Add account' }).click();
    await this.heading(addressOf(user));
  }

  /** Half a megabyte a second: a job has a middle then. */
  async limitSpeed(): Promise<void> {
    await this.go('Settings');
    await this.page.getByLabel('Speed limit').selectOption({ index: 1 });
  }

  /** Where a password is asked for. */
  async givePassword(user: TestUser): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill(user.password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });
    await this.page.locator('#root:not([aria-hidden])').waitFor();
  }

  async startBackup(user: TestUser): Promise<void> {
    await this.go(addressOf(user));
    await this.press('Back up');
    await this.press('Start the backup');
  }

  /** Into the middle of a backup. @param least messages that are stored by then */
  async backUpSome(user: TestUser, least: number): Promise<void> {
    await this.startBackup(user);
    await this.heading(/^Backing up/);
    await this.waitForStored(least);
  }

  async waitForStored(least: number, timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while ((await this.storedSoFar()) < least) {
      if (Date.now() > deadline) throw new Error(`Less than ${least} messages are stored after ${timeoutMs} ms.`);
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }

  /** From the sentence beside the percentage. */
  async storedSoFar(): Promise<number> {
    const text = await this.page
      .getByText(/ of [\d,]+ messages/)
      .first()
      .innerText();
    return Number(/([\d,]+) of [\d,]+ messages/.exec(text)?.[1]?.replace(',', '') ?? 0);
  }
}

export const addressOf = (user: TestUser): string => `${user.name}@example.org`;

/** Some 30 KB each, with the subjects `Angebot 0`, `Angebot 1` and so on. */
export async function fillInbox(server: TestServer, user: TestUser, messages: number): Promise<void> {
  const imap = await RawImap.signIn(server, user);
  const body = `${'Der Brennofen ist gebraucht und warm. '.repeat(2)}\r\n`.repeat(400);
  for (let i = 0; i < messages; i++) {
    const head = `From: Ofenbau Wessel <verkauf@wessel.example>\r\nTo: anna@example.org\r\nSubject: Angebot ${i}\r\n`;
    await imap.append('INBOX', Buffer.from(`${head}Date: Tue, 18 Mar 2014 09:41:00 +0100\r\n\r\n${body}`));
  }
  await imap.close();
}
