/** `npm run -s mailferry -- ARGS`: the command line from the sources. Prints nothing of its own. */
import { runProject } from './lib/run.mjs';

await runProject('electron/cli.ts', process.argv.slice(2));
