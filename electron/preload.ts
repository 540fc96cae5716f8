/** Hands the page what the shell sends, and gives it nothing else: no function, no object, no way back. */
import { ipcRenderer } from 'electron';

declare const window: { postMessage(message: unknown, targetOrigin: string, ports: readonly unknown[]): void };
declare const location: { origin: string };

ipcRenderer.on('shell', (event, news: unknown) => window.postMessage(news, location.origin, event.ports));
