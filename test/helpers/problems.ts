import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';

/** Runs in the page before anything of its own. */
const REPORT_POLICY = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy: ' + [event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber].join(' '));
});`;

/**
 * Everything a page must never say: errors on the console, exceptions nobody caught, reports of its policy, and
 * requests to anywhere but where it came from.
 *
 * @param isOwn of a URL: may be asked for
 * @returns one line each, growing
 */
export async function collectProblems(
  context: BrowserContext,
  page: Page,
  isOwn: (url: string) => boolean,
): Promise<string[]> {
  const problems: string[] = [];
  await page.addInitScript({ content: REPORT_POLICY });
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  context.on('request', (request) => {
    if (!isOwn(request.url())) problems.push(`request to ${request.url()}`);
  });
  return problems;
}
