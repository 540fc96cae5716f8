/**
 * `node scripts/icons.mjs`: every icon in build/ from the two drawings there. Run it after a change of a drawing; the
 * results are kept in the repository, so that a build needs no browser.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { icns, ico } from './lib/icon-files.mjs';
import { root } from './lib/packages.mjs';
import { say } from './lib/say.mjs';

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const SIZES = [16, 20, 24, 32, 40, 48, 64, 96, 128, 256, 512, 1024];
const SMALL_UP_TO = 20;
const TRAY_LEVELS = 5;

const build = join(root, 'build');
const drawings = { large: read('icon.svg'), small: read('icon-small.svg') };
const executablePath = process.env.MAILFERRY_CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
if (!executablePath) {
  say('the icons are drawn by Chromium, and there is none: install it, or name it in MAILFERRY_CHROMIUM.');
  process.exit(1);
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await drawAll(await browser.newPage());
} finally {
  await browser.close();
}

async function drawAll(page) {
  for (const folder of ['icons', 'desktop']) {
    rmSync(join(build, folder), { recursive: true, force: true });
    mkdirSync(join(build, folder), { recursive: true });
  }
  const pictures = new Map();
  for (const size of SIZES)
    pictures.set(size, await draw(page, size <= SMALL_UP_TO ? drawings.small : drawings.large, size));
  for (const [size, png] of pictures) if (size <= 512) write(`icons/${size}x${size}.png`, png);
  write('icon.png', pictures.get(1024));
  write('icon.ico', ico([16, 20, 24, 32, 40, 48, 64, 128, 256].map((size) => [size, pictures.get(size)])));
  write('icon.icns', icns(pictures));
  write('desktop/icon-256.png', pictures.get(256));
  for (let level = 0; level < TRAY_LEVELS; level++)
    for (const [name, scale] of [
      ['', 1],
      ['@2x', 2],
    ]) {
      write(`desktop/tray-${level}${name}.png`, await draw(page, tray(level, false), 16 * scale));
      write(`desktop/tray-${level}-Template${name}.png`, await draw(page, tray(level, true), 16 * scale));
    }
}

/** The water rises by two pixels a level. A template (macOS) has black and holes only. */
function tray(level, isTemplate) {
  const top = 13 - 2 * level;
  const colours = isTemplate
    ? { tile: 'none', hull: '#000', flap: '#fff', water: '#000' }
    : { tile: '#0b6379', hull: '#fff', flap: '#0b6379', water: '#88c3d6' };
  const hull = `<path d="M2 3h12v5l-2.5 4h-7L2 8z" fill="${colours.hull}"/>`;
  const flap = `<path d="M2 3.2l6 5 6-5" fill="none" stroke="${colours.flap}" stroke-width="1.5"/>`;
  const water = `<path d="M0 ${top}h16v${16 - top}H0z" fill="${colours.water}"/>`;
  const afloat = isTemplate
    ? `<mask id="m"><path d="M0 0h16v16H0z" fill="#fff"/>${flap.replace('#fff', '#000')}<path d="M0 ${top - 1}h16v17H0z" fill="#000"/></mask><g mask="url(#m)">${hull}</g>${water}`
    : `<clipPath id="c"><rect width="16" height="16" rx="3.5"/></clipPath><g clip-path="url(#c)"><path d="M0 0h16v16H0z" fill="${colours.tile}"/>${hull}${flap}<g opacity=".88">${water}</g></g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${afloat}</svg>`;
}

async function draw(page, svg, size) {
  await page.setViewportSize({ width: size, height: size });
  const image = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(
    `<body style="margin:0;background:transparent"><img src="${image}" width="${size}" height="${size}" style="display:block"></body>`,
  );
  await page.locator('img').evaluate((img) => img.decode());
  return page.screenshot({ omitBackground: true });
}

function read(name) {
  return readFileSync(join(build, name), 'utf8');
}

function write(name, bytes) {
  writeFileSync(join(build, name), bytes);
}
