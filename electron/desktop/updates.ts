/** Updates of the app itself: prepared, and off in every build that names no feed. */
import { app } from 'electron';

/** https address of a generic electron-updater feed, set when a release is built; '' asks nobody for anything. */
const FEED = process.env.MAILFERRY_UPDATE_FEED ?? '';

/** Once at start. Downloads nothing by itself and stays silent where the feed cannot be reached. */
export function lookForUpdates(): void {
  if (!app.isPackaged || !FEED.startsWith('https://')) return;
  void check();
}

async function check(): Promise<void> {
  const { autoUpdater } = (await import('electron-updater')).default;
  autoUpdater.autoDownload = false;
  autoUpdater.setFeedURL({ provider: 'generic', url: FEED });
  autoUpdater.on('error', () => undefined);
  try {
    await autoUpdater.checkForUpdatesAndNotify();
  } catch {
    // No line, or no such feed: the next start asks again.
  }
}
