/** What a person does with wheel, keys and pointer, as often as they come from a real device. */
import type { Page } from 'playwright-core';

const WHEEL_PX = 240;
const WHEEL_EVERY_MS = 25;
/** Thirty a second: what systems repeat a held key with. */
const KEY_EVERY_MS = 33;

/** Down for two thirds of the steps, then up again. */
export async function wheel(page: Page, selector: string, steps: number): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`There is no ${selector} to scroll.`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let i = 0; i < steps; i++) {
    await page.mouse.wheel(0, i < (steps * 2) / 3 ? WHEEL_PX : -WHEEL_PX);
    await page.waitForTimeout(WHEEL_EVERY_MS);
  }
}

export async function hold(page: Page, key: string, repeats: number): Promise<void> {
  for (let i = 0; i < repeats; i++) {
    await page.keyboard.down(key);
    await page.waitForTimeout(KEY_EVERY_MS);
  }
  await page.keyboard.up(key);
}

/** Drags the thumb of a scroller by its place: a real thumb is drawn by the browser and cannot be taken hold of. */
export async function drag(page: Page, selector: string, to: number, steps: number): Promise<void> {
  const scroller = page.locator(selector);
  for (let i = 1; i <= steps; i++) {
    await scroller.evaluate((element, part) => (element.scrollTop = element.scrollHeight * part), (to * i) / steps);
    await page.waitForTimeout(30);
  }
}
