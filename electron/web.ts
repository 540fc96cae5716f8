/** The app in a browser on this machine: composition root of the loopback host. */
import fs from 'node:fs';
import os from 'node:os';
import { createApp } from './app/app.ts';
import { EngineError, toEngineError } from './engine/errors.ts';
import type { Log } from './engine/ports.ts';
import { systemClock } from './node/clock.ts';
import { lockDataFolder } from './node/data-folder-lock.ts';
import { dataFolder, defaultArchivesFolder, type Surroundings } from './node/data-folder.ts';
import { openDocumentStore } from './node/document-store.ts';
import { systemLanguage } from './node/system-language.ts';
import { createAdmission } from './web/admission.ts';
import { createBrowserHost } from './web/browser-host.ts';
import { openLink } from './web/open-link.ts';
import { CONTENT_BASE, startWebServer } from './web/server.ts';
import { findRendererFolder } from './web/static-files.ts';

export interface ServeOptions {
  version: string;
  /** 0: any that is free. */
  port: number;
  log: Log;
}

export interface Served {
  /** A link that lets one page in; the one before works no longer, if nobody used it. */
  newLink(): string;
  /** In the user's browser. @throws EngineError when none could be started */
  open(link: string): Promise<void>;
  /** Stops running jobs so that they can go on next time. @returns how many there were */
  close(): Promise<number>;
}

/**
 * @throws EngineError
 *   'archive-locked' another Mailferry has the data folder open
 *   'usage'          the port cannot be had, or the page was not built
 */
export async function serve({ version, port, log }: ServeOptions): Promise<Served> {
  const surroundings: Surroundings = { platform: process.platform, env: process.env, home: os.homedir() };
  const folder = dataFolder(surroundings);
  const rendererFolder = findRendererFolder(import.meta.dirname);
  if (!rendererFolder) throw new EngineError('usage', 'The page is missing. Run `npm run build`, then try again.');
  makePrivateFolder(folder);
  const unlock = lockDataFolder(folder);
  try {
    return await open({ folder, rendererFolder, surroundings, version, port, log }, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

interface Opening extends ServeOptions {
  folder: string;
  rendererFolder: string;
  surroundings: Surroundings;
}

async function open(opening: Opening, unlock: () => void): Promise<Served> {
  const { folder, rendererFolder, surroundings, version, port, log } = opening;
  const host = createBrowserHost();
  const app = createApp({
    host,
    store: openDocumentStore(folder),
    dataFolder: folder,
    clock: systemClock,
    log,
    version,
    systemLanguage: systemLanguage(surroundings.env),
    homeFolder: surroundings.home,
    defaultArchivesFolder: defaultArchivesFolder(surroundings),
    contentBase: CONTENT_BASE,
  });
  const admission = createAdmission(() => systemClock.now());
  const server = await startWebServer({ app, admission, rendererFolder, port, log }).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const opened: (() => void)[] = [];
  return {
    newLink: () => `http://127.0.0.1:${server.port}/#token=${admission.newToken()}`,
    async open(link) {
      opened.push(await openLink(link, folder));
    },
    async close() {
      const { running } = host;
      for (const remove of opened) remove();
      await server.close();
      await app.close();
      unlock();
      return running;
    },
  };
}

function makePrivateFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toEngineError(error, folder);
  }
}
