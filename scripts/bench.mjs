/** `npm run bench -- ARGS`: needs Dovecot; mbsync is compared when it is there. */
import { ensureDebianPackages } from './lib/debian.mjs';
import { ensureNodeModules } from './lib/packages.mjs';
import { runProject } from './lib/run.mjs';
import { say } from './lib/say.mjs';

ensureNodeModules();
const needed = ensureDebianPackages(['dovecot-imapd', 'openssl']);
if (needed.missing.length > 0) {
  say(needed.reason);
  process.exit(1);
}
const optional = ensureDebianPackages(['isync']);
if (optional.missing.length > 0) say(`${optional.reason} The comparison with mbsync is left out.`);
await runProject('test/bench/bench.ts', process.argv.slice(2));
