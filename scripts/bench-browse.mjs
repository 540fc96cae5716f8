/** `npm run bench:browse -- ARGS`: with `--beside` it needs Dovecot. */
import { ensureDebianPackages } from './lib/debian.mjs';
import { ensureNodeModules } from './lib/packages.mjs';
import { runProject } from './lib/run.mjs';
import { say } from './lib/say.mjs';

ensureNodeModules();
const args = process.argv.slice(2);
const needed = args.includes('--beside') ? ensureDebianPackages(['dovecot-imapd', 'openssl']) : { missing: [] };
if (needed.missing.length > 0) {
  say(needed.reason);
  process.exit(1);
}
await runProject('test/bench-browse/bench-browse.ts', args);
