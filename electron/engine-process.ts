/** The engine's process below Electron: the app, served on the port of each page that main hands over. */
import { RPCHandler } from '@orpc/server/message-port';
import { createApp, type App } from './app/app.ts';
import { systemClock } from './node/clock.ts';
import { lockDataFolder } from './node/data-folder-lock.ts';
import { openFileLog } from './node/file-log.ts';
import { answerContent } from './desktop/content-answer.ts';
import { HostProxy } from './desktop/host-proxy.ts';
import { MAIL_ORIGIN } from './desktop/origins.ts';
import type { EngineStart, FromEngine, ToEngine } from './desktop/messages.ts';
import { followState } from './desktop/follow-state.ts';

const main = process.parentPort;
const say = (message: FromEngine) => main.postMessage(message);
const proxy = new HostProxy(say);
let app: Promise<App> | null = null;
let unlock = (): void => undefined;

// Ctrl+C and the end of a session reach every process at once. When this one ends, after its jobs, main says.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

main.on('message', ({ data, ports }) => {
  const message = data as ToEngine;
  const port = ports[0];
  switch (message.type) {
    case 'start':
      app = start(message);
      // Told when a page asks, by `withApp`.
      app.catch(() => undefined);
      break;
    case 'page':
      if (port) void withApp((running) => servePage(running, port));
      break;
    case 'content':
      if (port) void withApp((running) => answerContent(running, message.path, port));
      break;
    case 'result':
    case 'error':
      proxy.settle(message);
      break;
    case 'close':
      void close();
      break;
  }
});

async function start(config: EngineStart): Promise<App> {
  const { version, dataFolder, homeFolder, defaultArchivesFolder, systemLanguage } = config;
  unlock = lockDataFolder(dataFolder);
  let current = config.document;
  const created = createApp({
    ...{ version, dataFolder, homeFolder, defaultArchivesFolder, systemLanguage },
    contentBase: `${MAIL_ORIGIN}/`,
    host: proxy.host(config),
    clock: systemClock,
    log: openFileLog(dataFolder),
    store: {
      read: () => current,
      write: (changed) => {
        current = changed;
        say({ type: 'document', document: changed });
      },
    },
  });
  followState(created, say);
  say({ type: 'ready' });
  return created;
}

/** An app that cannot be made is told once and ends this process: nothing here could be of use without it. */
async function withApp(act: (running: App) => unknown): Promise<void> {
  try {
    if (app) await act(await app);
  } catch (error) {
    say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    setTimeout(() => process.exit(), 100);
  }
}

function servePage(running: App, port: Electron.MessagePortMain): void {
  new RPCHandler(running.router).upgrade(port, { context: {} });
  port.start();
}

/** Jobs come to a durable stop first. */
async function close(): Promise<void> {
  try {
    const running = await app;
    await running?.close();
  } finally {
    unlock();
    say({ type: 'closed' });
  }
}
