/** The application without a window: calls are made directly, and the host is one that only remembers. */
import { createRouterClient } from '@orpc/server';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { JobView } from '../../shared/job-request.ts';
import { createApp, type App } from '../../electron/app/app.ts';
import type { Activity, EndOfJob, Host } from '../../electron/app/host.ts';
import type { AppClient } from '../../electron/app/router.ts';
import { silentLog } from '../../electron/engine/ports.ts';
import { systemClock } from '../../electron/node/clock.ts';

export interface TestHost extends Host {
  activities: Activity[];
  ends: EndOfJob[];
  opened: string[];
  /** What the next dialogs answer. */
  answers: (string | null)[];
}

export function createTestHost(shell: Host['shell'] = 'desktop'): TestHost {
  const host: TestHost = {
    shell,
    keychain: {
      seal: async (text) => Buffer.from(text).reverse(),
      open: async (sealed) => Buffer.from(sealed).reverse().toString(),
    },
    hasDialogs: shell === 'desktop',
    activities: [],
    ends: [],
    opened: [],
    answers: [],
    chooseFolder: async () => host.answers.shift() ?? null,
    chooseSave: async () => host.answers.shift() ?? null,
    openPath: async (file) => void host.opened.push(file),
    showFolder: async (folder) => void host.opened.push(folder),
    openExternal: async (url) => void host.opened.push(url),
    activity: (activity) => void host.activities.push(activity),
    jobEnded: (end) => void host.ends.push(end),
  };
  return host;
}

export interface TestApp {
  app: App;
  calls: AppClient;
  host: TestHost;
  dataFolder: string;
  archivesFolder: string;
  close(): Promise<void>;
}

/** @param dataFolder of an earlier one, to see what survives */
export function createTestApp(dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mailferry-app-'))): TestApp {
  const host = createTestHost();
  const file = path.join(dataFolder, 'document.json');
  const archivesFolder = path.join(dataFolder, 'archives');
  const app = createApp({
    host,
    store: {
      read: () => (fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as unknown) : undefined),
      write: (document) => fs.writeFileSync(file, JSON.stringify(document)),
    },
    dataFolder,
    clock: systemClock,
    log: silentLog,
    version: '0.0.0-test',
    systemLanguage: 'en-GB',
    homeFolder: dataFolder,
    defaultArchivesFolder: archivesFolder,
    contentBase: 'app://mail/',
  });
  return { app, calls: createRouterClient(app.router), host, dataFolder, archivesFolder, close: () => app.close() };
}

/** The job as it ended. */
export async function watchToEnd(calls: AppClient, id: string): Promise<JobView> {
  let last: JobView | null = null;
  for await (const view of await calls.jobs.watch({ id })) last = view;
  if (!last) throw new Error(`Job ${id} was never seen.`);
  return last;
}

export async function firstOf<T>(stream: AsyncIterable<T>): Promise<T> {
  for await (const value of stream) return value;
  throw new Error('Nothing came.');
}

export async function lastOf<T>(stream: AsyncIterable<T>): Promise<T> {
  let last: { value: T } | null = null;
  for await (const value of stream) last = { value };
  if (!last) throw new Error('Nothing came.');
  return last.value;
}
