/** axe-core on a page whose policy lets no foreign script in: it runs in a world of its own, as an extension would. */
import fs from 'node:fs';
import path from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';
import { ROOT } from './cli.ts';

const SOURCE = fs.readFileSync(path.join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Fluent's sentinels around a dialog's focus: they hand it on at once, and go with the dialog. */
const WHERE = JSON.stringify({ exclude: [['[data-tabster-dummy]']] });

/** Mail in frames is other people's work, and no script may run there. */
const OPTIONS = JSON.stringify({ iframes: false, resultTypes: ['violations'] });

/** @returns one line for each element that breaks a rule; empty: all is well */
export async function axeViolations(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const results = await runAxe(session);
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')}: ${(node.failureSummary ?? '').replace(/\s+/g, ' ')}`),
    );
  } finally {
    await session.detach();
  }
}

async function runAxe(session: CDPSession): Promise<AxeResults> {
  const { frameTree } = await session.send('Page.getFrameTree');
  const world = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const evaluate = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId: world.executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await evaluate(`${SOURCE};0`);
  return (await evaluate(`axe.run(${WHERE}, ${OPTIONS})`)) as AxeResults;
}

/** Both themes, by what the system prefers; the page is left in light. */
export async function axeInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const violation of await axeViolations(page)) found.push(`${colorScheme}: ${violation}`);
  }
  return found;
}
