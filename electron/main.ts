/** The desktop app's main process: puts the parts together. What they do is in desktop/ and, for mail, in the engine. */
import { isAbsolute, join } from 'node:path';
import { app, dialog, nativeTheme, session as sessions } from 'electron';
import { ActivityShow } from './desktop/activity.ts';
import { archiveOf, pathsIn } from './desktop/archive-path.ts';
import { mayPause, mayShowAgain, tellNotInArchive } from './desktop/dialogs.ts';
import { EngineLink } from './desktop/engine-link.ts';
import { hostCalls } from './desktop/host-calls.ts';
import { Leaving } from './desktop/leaving.ts';
import { applyMenu, describeApp } from './desktop/menu.ts';
import type { Preferences } from './desktop/messages.ts';
import { notifyEnd } from './desktop/notify.ts';
import { MAIL_LINK_BASE } from './desktop/outside.ts';
import { registerScheme, serveApp } from './desktop/protocol.ts';
import { openKeychain } from './desktop/secrets.ts';
import { hardenPages, hardenSession } from './desktop/security.ts';
import { DesktopSettings } from './desktop/settings.ts';
import { Shell } from './desktop/shell.ts';
import { lookForUpdates } from './desktop/updates.ts';
import { systemLanguage, words as wordsFor } from './desktop/words.ts';

/** A folder of its own for tests and for trying things: settings, accounts, ledgers and new archives go there. */
const ownData = process.env.MAILFERRY_DATA;
if (ownData && isAbsolute(ownData)) app.setPath('userData', ownData);

const waitingPaths = pathsIn(process.argv, process.cwd(), app.getAppPath());
let openPath = (path: string): void => void waitingPaths.push(path);
let refuseLink = (_url: string): void => undefined;

registerScheme();
hardenPages((url) => refuseLink(url));
// Files come from the system before the app is ready, too.
app.on('open-file', (event, path) => {
  event.preventDefault();
  openPath(path);
});
if (app.requestSingleInstanceLock()) app.on('ready', () => void start());
else app.quit();

async function start(): Promise<void> {
  const out = join(app.getAppPath(), 'out');
  const icon = join(out, 'icons/icon-256.png');
  const dataFolder = app.getPath('userData');
  const settings = new DesktopSettings(dataFolder);
  const words = () => wordsFor(settings.preferences);
  // In memory: nothing of a page, a picture or a cookie is kept on disk.
  const session = sessions.fromPartition('mailferry');
  const keychain = await openKeychain();

  const shell: Shell = new Shell({
    session,
    preload: join(out, 'preload.cjs'),
    icon,
    settings,
    words,
    loaded: (window) => {
      engine.connect(window.webContents);
      activity.show();
    },
    mayClose: () => leaving.mayCloseWindow(),
    askAfterDeaths: (window) => mayShowAgain(window, words()),
    quit: () => app.quit(),
  });
  const window = () => shell.window;
  let places: readonly string[] = [];
  const activity = new ActivityShow({ window, words, iconFolder: join(out, 'icons'), show: () => shell.show() });
  const engine = new EngineLink(
    join(out, 'engine-process.js'),
    () => ({
      type: 'start',
      version: app.getVersion(),
      dataFolder,
      homeFolder: app.getPath('home'),
      defaultArchivesFolder: ownData ? join(dataFolder, 'archives') : join(app.getPath('documents'), 'Mailferry'),
      systemLanguage: systemLanguage(),
      keychain: keychain !== null,
      linkBase: MAIL_LINK_BASE,
      document: settings.document,
    }),
    {
      calls: hostCalls({ window, words, keychain }),
      told: (message) => {
        if (message.type === 'document') settings.document = message.document;
        else if (message.type === 'activity') activity.show(message.activity);
        else if (message.type === 'preferences') obey((settings.preferences = message.preferences));
        else if (message.type === 'places') showPlaces(message.names);
        else
          notifyEnd(message.end, shell.window, () => {
            shell.show();
            shell.tell({ mailferry: 'open-job', jobId: message.end.jobId });
          });
      },
      ended: (again, reason) => {
        activity.show({ running: 0, doneFraction: null, keepAwake: false });
        // A page that is still loading will get its first port from the new engine and has missed nothing.
        if (shell.page || !again) shell.tell({ mailferry: 'engine', state: again ? 'stopped' : 'failed' });
        if (!again && reason) dialog.showErrorBox(words().cannotStart, reason);
        if (again && shell.page) engine.connect(shell.page);
      },
    },
  );
  const leaving: Leaving = new Leaving({
    running: () => activity.running,
    ask: () => mayPause(shell.window, words()),
    close: () => engine.close(),
  });

  function obey(preferences: Preferences): void {
    nativeTheme.themeSource = preferences.theme;
    showPlaces(places);
  }

  function showPlaces(names: readonly string[]): void {
    places = names;
    applyMenu(words(), places, (name) => shell.tell({ mailferry: 'command', name }));
  }

  openPath = (path) => {
    const folder = archiveOf(path);
    shell.show();
    if (folder) shell.tell({ mailferry: 'open-archive', folder });
    else void tellNotInArchive(shell.window, words());
  };

  refuseLink = (url) => shell.tell({ mailferry: 'link-refused', url });

  // The engine first: it is ready last, and the page waits for it.
  engine.start();
  hardenSession(session);
  serveApp(session, join(out, 'renderer'), (path) => engine.content(path));
  nativeTheme.themeSource = settings.preferences.theme;
  shell.show();
  // The menu is made while the page loads.
  setImmediate(() => {
    describeApp(icon);
    obey(settings.preferences);
  });
  for (const path of waitingPaths) openPath(path);
  app.on('second-instance', (_event, argv, folder) => {
    shell.show();
    for (const path of pathsIn(argv, folder, app.getAppPath())) openPath(path);
  });
  app.on('activate', () => shell.show());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') leaving.leave(false);
  });
  lookForUpdates();
}
