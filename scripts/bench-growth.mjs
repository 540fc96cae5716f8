/** `npm run bench:growth -- ARGS`. */
import { ensureNodeModules } from './lib/packages.mjs';
import { runProject } from './lib/run.mjs';

ensureNodeModules();
await runProject('test/bench-growth/growth-bench.ts', process.argv.slice(2));
