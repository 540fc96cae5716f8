/** A person at the desktop app, over several starts of it with one data folder. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addressOf, AppUser } from './app-user.ts';
import { launchDesktop, type Desktop } from './electron-app.ts';
import { filesBelow } from './files-below.ts';
import type { TestServer, TestUser } from './servers/server.ts';

const ENGLISH = { LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB', LC_ALL: 'en_GB.UTF-8' };

export class DesktopUser extends AppUser {
  readonly dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-desktop-'));
  #desktop: Desktop | null = null;

  constructor() {
    super(() => this.desktop.page);
  }

  get desktop(): Desktop {
    if (!this.#desktop) throw new Error('The app was not started.');
    return this.#desktop;
  }

  /** @param args such as the path of an archive */
  async start(args: string[] = [], env: Record<string, string> = ENGLISH): Promise<Desktop> {
    const { dataFolder } = this;
    this.#desktop = await launchDesktop({ dataFolder, args, env: { ...env, HOME: dataFolder } });
    this.page.setDefaultTimeout(60_000);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    return this.#desktop;
  }

  /** The app with one account, and its backup in the middle. */
  async startWithRunningBackup(server: TestServer, user: TestUser, least = 10): Promise<Desktop> {
    const desktop = await this.start();
    await this.chooseBackup();
    await this.addAccount(server, user);
    await this.limitSpeed();
    await this.backUpSome(user, least);
    return desktop;
  }

  /** What the account's archive holds, one line for each message, sorted. */
  subjectsIn(user: TestUser): string[] {
    const folder = path.join(this.dataFolder, 'archives', addressOf(user));
    const text = filesBelow(path.join(folder, 'mail'))
      .map((file) => fs.readFileSync(file, 'utf8'))
      .join('\n');
    return [...text.matchAll(/^Subject: (.*?)\r?$/gm)].map((found) => found[1]!).sort();
  }

  /** As the history on disk has them: a job that was cut off by a crash is running there. */
  jobStates(): string[] {
    return filesBelow(path.join(this.dataFolder, 'jobs')).map((file) => {
      const record = JSON.parse(fs.readFileSync(file, 'utf8')) as { view: { snapshot: { state: string } } };
      return record.view.snapshot.state;
    });
  }

  /** The engine's process. */
  async enginePid(): Promise<number | undefined> {
    const metrics = await this.desktop.app.evaluate(({ app }) => app.getAppMetrics());
    return metrics.find((metric) => metric.type === 'Utility' && metric.name === 'Mailferry engine')?.pid;
  }

  /** As a crash, or as the system ending it for want of memory. */
  async killEngine(): Promise<void> {
    process.kill((await this.enginePid())!, 'SIGKILL');
  }

  async clean(): Promise<void> {
    await this.#desktop?.kill();
    fs.rmSync(this.dataFolder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  }
}

/** @param count of messages as fillInbox makes them */
export function subjectsOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `Angebot ${i}`).sort();
}
