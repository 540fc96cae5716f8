import { Notification, type BrowserWindow } from 'electron';
import type { EndOfJob } from '../app/host.ts';

/** Shown until the system takes them away; one that is collected loses its click. */
const shown = new Set<Notification>();

/** Tell that a job has ended, unless the user is looking at the window. */
export function notifyEnd({ title, body }: EndOfJob, window: BrowserWindow | null, clicked: () => void): void {
  if (window?.isFocused() || !Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  shown.add(notification);
  const forget = () => shown.delete(notification);
  notification.on('click', () => {
    forget();
    clicked();
  });
  notification.on('close', forget);
  notification.on('failed', forget);
  notification.show();
  window?.flashFrame(true);
}
