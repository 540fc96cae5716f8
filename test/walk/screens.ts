/**
 * `npm run screens`: a picture of every screen, in both languages and themes, into docs/screens. They are looked at by
 * people, not compared. `npm run screens -- de-dark` makes only those; `--size 960x640` another window; `--out FOLDER`.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchChromium, openApp } from '../helpers/chromium.ts';
import { ROOT } from '../helpers/cli.ts';
import { startServe } from '../helpers/serve-app.ts';
import { doubtfulServer, Walk, type Language } from './walk.ts';

const LANGUAGES: readonly Language[] = ['en', 'de'];
const THEMES = ['light', 'dark'] as const;
const LOCALES = { en: 'en_GB.UTF-8', de: 'de_DE.UTF-8' };
const WEBP_QUALITY = 0.85;

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

/** A third of the octets of a PNG: the browser that is here anyway makes them. */
async function webpMaker(browser: Browser): Promise<(png: Buffer) => Promise<Buffer>> {
  const page = await browser.newPage();
  return async (png) => {
    const text = await page.evaluate(
      async ([source, quality]) => {
        const picture = new Image();
        picture.src = `data:image/png;base64,${source}`;
        await picture.decode();
        const canvas = new OffscreenCanvas(picture.width, picture.height);
        canvas.getContext('2d')!.drawImage(picture, 0, 0);
        const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
        const octets = new Uint8Array(await blob.arrayBuffer());
        let letters = '';
        for (const octet of octets) letters += String.fromCharCode(octet);
        return btoa(letters);
      },
      [png.toString('base64'), WEBP_QUALITY] as const,
    );
    return Buffer.from(text, 'base64');
  };
}

async function take(language: Language, colorScheme: (typeof THEMES)[number]): Promise<void> {
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'jette-'));
  const served = await startServe({ dataFolder, env: { HOME: dataFolder, LANG: LOCALES[language] } });
  const doubtful = await doubtfulServer();
  const browser = await launchChromium(language);
  try {
    const [width = 1280, height = 820] = values.size.split('x').map(Number);
    const locale = language === 'de' ? 'de-DE' : 'en-GB';
    const { page } = await openApp(browser, served.url, { colorScheme, locale, viewport: { width, height } });
    page.setDefaultTimeout(20_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const webp = await webpMaker(browser);
    let number = 0;
    const stop = async (name: string) => {
      await page.mouse.move(0, 400);
      await page.evaluate('document.fonts.ready');
      await page.waitForTimeout(400);
      const file = `${language}-${colorScheme}-${String(++number).padStart(2, '0')}-${name}`;
      const png = await page.screenshot();
      const picture = values.png ? { octets: png, ending: 'png' } : { octets: await webp(png), ending: 'webp' };
      fs.writeFileSync(path.join(values.out, `${file}.${picture.ending}`), picture.octets);
      console.log(`${file}.${picture.ending}`);
    };
    await new Walk(page, language, stop).everyScreen(doubtful.port);
  } finally {
    doubtful.close();
    await browser.close();
    await served.stop();
    fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
