/**
 * `npm run screens`: a picture of every screen, in both languages and themes, into docs/screens. They are looked at by
 * people, not compared. `npm run screens -- de-dark` makes only those; `--size 960x640` another window; `--out FOLDER`.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium, openApp } from '../helpers/chromium.ts';
import { ROOT } from '../helpers/cli.ts';
import { startServe } from '../helpers/serve-app.ts';
import { doubtfulServer, Walk, type Language } from './walk.ts';

const LANGUAGES: readonly Language[] = ['en', 'de'];
const THEMES = ['light', 'dark'] as const;
const LOCALES = { en: 'en_GB.UTF-8', de: 'de_DE.UTF-8' };
const JPEG = { type: 'jpeg', quality: 82 } as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: path.join(ROOT, 'docs/screens') },
    size: { type: 'string', default: '1280x820' },
    png: { type: 'boolean', default: false },
  },
});

fs.mkdirSync(values.out, { recursive: true });
for (const language of LANGUAGES) {
  for (const theme of THEMES) {
    if (positionals.length === 0 || positionals.includes(`${language}-${theme}`)) await take(language, theme);
  }
}

async function take(language: Language, colorScheme: (typeof THEMES)[number]): Promise<void> {
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-screens-'));
  const served = await startServe({ dataFolder, env: { HOME: dataFolder, LANG: LOCALES[language] } });
  const doubtful = await doubtfulServer();
  const browser = await launchChromium(language);
  try {
    const [width = 1280, height = 820] = values.size.split('x').map(Number);
    const locale = language === 'de' ? 'de-DE' : 'en-GB';
    const { page } = await openApp(browser, served.url, { colorScheme, locale, viewport: { width, height } });
    page.setDefaultTimeout(20_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    let number = 0;
    const stop = async (name: string) => {
      await page.mouse.move(0, 400);
      await page.evaluate('document.fonts.ready');
      await page.waitForTimeout(400);
      const file = `${language}-${colorScheme}-${String(++number).padStart(2, '0')}-${name}`;
      const picture = values.png ? { path: `${file}.png` } : { path: `${file}.jpg`, ...JPEG };
      await page.screenshot({ ...picture, path: path.join(values.out, picture.path) });
      console.log(picture.path);
    };
    await new Walk(page, language, stop).everyScreen(doubtful.port);
  } finally {
    doubtful.close();
    await browser.close();
    await served.stop();
    fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
