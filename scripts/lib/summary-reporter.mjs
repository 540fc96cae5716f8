/** A vitest reporter that only counts: scripts/test.mjs prints the sum, after everything else that a run prints. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export default class SummaryReporter {
  /** What could not even be collected, or failed outside any test, counts as a failure of its own. */
  onTestRunEnd(modules, unhandledErrors) {
    const sum = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      sum.failed += module.errors().length;
      for (const suite of module.children.allSuites()) sum.failed += suite.errors().length;
      for (const test of module.children.allTests()) count(sum, test, relative(process.cwd(), module.moduleId));
    }
    writeFileSync(process.env.MAILFERRY_TEST_SUMMARY, JSON.stringify(sum));
  }
}

function count(sum, test, file) {
  const result = test.result();
  if (result.state === 'passed') sum.passed++;
  else if (result.state === 'skipped') sum.skipped.push({ file, test: test.fullName, reason: result.note ?? null });
  else sum.failed++;
}
