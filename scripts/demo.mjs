/** `npm run demo`: the whole story on embedded servers. Installs what is missing first. */
import { runProject } from './lib/run.mjs';

await runProject('electron/cli.ts', ['demo', ...process.argv.slice(2)]);
