/** How long the message list takes to show what was asked for, seen from inside the page. */
import type { Page } from 'playwright-core';

export interface Answer {
  /** From the last key or click to the call. */
  askedMs: number;
  /** From the last key or click to the frame that shows the answer. */
  shownMs: number;
}

interface Watch {
  /** Of the last key or click, the last call, and the last frame with an answer. */
  begun: number;
  asked: number;
  shown: number;
  end: () => void;
}

declare global {
  interface Window {
    benchWatch?: Watch;
  }
}

/** Long enough for a call that waits for the one before it. */
const CALM_MS = 250;

/** @throws Error when nothing was asked or answered in time */
export async function answerTo(page: Page, act: () => Promise<void>): Promise<Answer> {
  await page.evaluate(() => {
    const pane = document.querySelector('.archive-messages')!;
    const watch: Watch = { begun: 0, asked: 0, shown: 0, end: () => undefined };
    window.benchWatch = watch;
    const begin = (event: Event) => {
      // One that waits for the answer before it is asked as soon as it can be.
      const asked = pane.ariaBusy === 'true' ? event.timeStamp : 0;
      Object.assign(watch, { begun: event.timeStamp, asked, shown: 0 });
    };
    const observer = new MutationObserver(() => {
      if (pane.ariaBusy === 'true') {
        watch.asked ||= performance.now();
        watch.shown = 0;
      } else requestAnimationFrame(() => setTimeout(() => (watch.shown = performance.now())));
    });
    observer.observe(pane, { attributeFilter: ['aria-busy'] });
    for (const type of ['input', 'click']) document.addEventListener(type, begin, true);
    watch.end = () => {
      observer.disconnect();
      for (const type of ['input', 'click']) document.removeEventListener(type, begin, true);
    };
  });
  await act();
  await page.waitForFunction((calmMs) => {
    const { asked, shown } = window.benchWatch!;
    return asked > 0 && shown > 0 && performance.now() - shown > calmMs;
  }, CALM_MS);
  return page.evaluate(() => {
    const { begun, asked, shown, end } = window.benchWatch!;
    end();
    return { askedMs: asked - begun, shownMs: shown - begun };
  });
}
