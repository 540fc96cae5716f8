/** `npm run setup`: everything that `npm test`, `npm run demo` and `npm run bench` would install when they need it. */
import { ensureNode24, ensureNodeModules } from './lib/packages.mjs';
import { prepareServers, sayUnavailable } from './lib/servers.mjs';
import { say } from './lib/say.mjs';

ensureNodeModules();
ensureNode24();
const unavailable = prepareServers();
sayUnavailable(unavailable);
say(Object.keys(unavailable).length === 0 ? 'everything is in place.' : 'the rest is in place.');
