/** What no page of ours may do, whatever it was talked into. Each rule has a test in test/app/desktop-security. */
import { app, type Session, type WebContents, type WebPreferences } from 'electron';
import { MAIL_ORIGIN, PAGE_ORIGIN } from './origins.ts';
import { linkOfMail, openHarmless, openOutside } from './outside.ts';

export const WEB_PREFERENCES: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  // Its dictionaries would come from the network.
  spellcheck: false,
};

/**
 * For every page there will ever be in this app.
 *
 * @param refused the user clicked a link in a mail that leads to what is not opened
 */
export function hardenPages(refused: (url: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      const link = linkOfMail(url);
      if (link === null) openOutside(url, contents);
      else if (!openHarmless(link)) refused(link);
      return { action: 'deny' };
    });
  });
}

function denyNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame ? !isPage(event.url) : !isMail(event.url)) event.preventDefault();
  });
}

/** Permissions, downloads and the network. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, decide) => decide({ cancel: !mayLoad(request) }));
  // A remote picture that the user asked for learns nothing that it could remember the user by.
  session.webRequest.onBeforeSendHeaders((request, decide) => {
    const kept = Object.entries(request.requestHeaders).filter(([name]) => !/^(cookie|referer|origin)$/i.test(name));
    decide({ requestHeaders: Object.fromEntries(kept) });
  });
  session.webRequest.onHeadersReceived((answer, decide) => {
    const kept = Object.entries(answer.responseHeaders ?? {}).filter(([name]) => !/^set-cookie/i.test(name));
    decide({ responseHeaders: Object.fromEntries(kept) });
  });
}

interface Request {
  url: string;
  resourceType: string;
  frame?: { url: string } | null | undefined;
}

/**
 * Our own scheme; and pictures out of the network for a page of mail. Such a page's own policy, which comes from the
 * engine, lets none through unless the user asked for them.
 */
function mayLoad({ url, resourceType, frame }: Request): boolean {
  if (isPage(url) || isMail(url)) return true;
  if (url.startsWith('data:')) return true;
  return resourceType === 'image' && /^https?:/.test(url) && isMail(frame?.url ?? '');
}

function isPage(url: string): boolean {
  return url.startsWith(`${PAGE_ORIGIN}/`);
}

function isMail(url: string): boolean {
  return url.startsWith(`${MAIL_ORIGIN}/`);
}
