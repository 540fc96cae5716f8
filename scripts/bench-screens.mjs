/** `npm run bench:screens -- ARGS`: needs Chromium; the desktop app is started too where its test runtime can be had. */
import { ensureDebianPackages } from './lib/debian.mjs';
import { ensureNodeModules } from './lib/packages.mjs';
import { runProject } from './lib/run.mjs';
import { say } from './lib/say.mjs';

ensureNodeModules();
const needed = ensureDebianPackages(['chromium']);
if (needed.missing.length > 0) {
  say(needed.reason);
  process.exit(1);
}
await runProject('test/bench-screens/screens-bench.ts', process.argv.slice(2));
