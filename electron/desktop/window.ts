/** The one window. Its title bar is drawn by the page; the system draws its buttons over it. */
import { BrowserWindow, nativeTheme, screen, type Session } from 'electron';
import { PAGE_ORIGIN } from './origins.ts';
import { followInput } from './outside.ts';
import { WEB_PREFERENCES } from './security.ts';
import { fitPlace, LEAST_SIZE, USUAL_SIZE, type WindowPlace } from './window-place.ts';

const TITLE_BAR_HEIGHT = 40;
const COLOURS = {
  light: { color: '#f1f4f6', symbolColor: '#1b2529' },
  dark: { color: '#12181b', symbolColor: '#f1f5f6' },
};

export interface WindowOptions {
  session: Session;
  preload: string;
  icon: string;
  place: WindowPlace | null;
  /** Each time the page was loaded: it has no port yet. */
  loaded(window: BrowserWindow): void;
  moved(place: WindowPlace): void;
}

export function openWindow(options: WindowOptions): BrowserWindow {
  const { session, preload, icon } = options;
  const place = fitPlace(
    options.place,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...USUAL_SIZE,
    ...(place && { x: place.x, y: place.y, width: place.width, height: place.height }),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: 'Mailferry',
    show: false,
    autoHideMenuBar: true,
    backgroundColor: colours().color,
    ...titleBar(),
    ...(process.platform === 'linux' && { icon }),
    webPreferences: { ...WEB_PREFERENCES, session, preload },
  });
  if (place?.maximised) window.maximize();
  followInput(window.webContents);
  followPlace(window, (changed) => options.moved(changed));
  followTheme(window);
  window.once('ready-to-show', () => window.show());
  window.webContents.on('did-finish-load', () => options.loaded(window));
  void window.loadURL(`${PAGE_ORIGIN}/`);
  return window;
}

/** To the front, wherever it was. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function titleBar(): Electron.BrowserWindowConstructorOptions {
  if (process.platform === 'darwin') return { titleBarStyle: 'hiddenInset', trafficLightPosition: { x: 14, y: 13 } };
  return { titleBarStyle: 'hidden', titleBarOverlay: { ...colours(), height: TITLE_BAR_HEIGHT } };
}

function colours(): { color: string; symbolColor: string } {
  return nativeTheme.shouldUseDarkColors ? COLOURS.dark : COLOURS.light;
}

function followTheme(window: BrowserWindow): void {
  const apply = () => {
    window.setBackgroundColor(colours().color);
    if (process.platform !== 'darwin') window.setTitleBarOverlay({ ...colours(), height: TITLE_BAR_HEIGHT });
  };
  nativeTheme.on('updated', apply);
  window.once('closed', () => nativeTheme.off('updated', apply));
}

function followPlace(window: BrowserWindow, moved: (place: WindowPlace) => void): void {
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    clearTimeout(timer);
    if (!window.isDestroyed()) moved({ ...window.getNormalBounds(), maximised: window.isMaximized() });
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(tell, 500);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('close', tell);
}
