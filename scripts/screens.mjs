/** `npm run screens`: pictures of every screen. Needs Chromium, and installs it where it may. */
import { ensureDebianPackages } from './lib/debian.mjs';
import { ensureNodeModules } from './lib/packages.mjs';
import { runProject } from './lib/run.mjs';
import { say } from './lib/say.mjs';

ensureNodeModules();
const needed = ensureDebianPackages(['chromium', 'openssl']);
if (needed.missing.length > 0) {
  say(needed.reason);
  process.exit(1);
}
// Folders of the sample mail have names with pictures, and a German window has German date fields.
ensureDebianPackages(['fonts-noto-color-emoji', 'chromium-l10n']);
await runProject('test/walk/screens.ts', process.argv.slice(2));
