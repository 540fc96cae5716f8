/** `npm run soak -- ARGS`: needs Dovecot. */
import { ensureDebianPackages } from './lib/debian.mjs';
import { ensureNodeModules } from './lib/packages.mjs';
import { runProject } from './lib/run.mjs';
import { say } from './lib/say.mjs';

ensureNodeModules();
const needed = ensureDebianPackages(['dovecot-imapd']);
if (needed.missing.length > 0) {
  say(needed.reason);
  process.exit(1);
}
await runProject('test/soak/soak.ts', process.argv.slice(2));
