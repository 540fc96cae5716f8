/** Runs one scenario and kills itself at the nth durable step: node child.ts NAME ROOT N [PORT]. */
import { setDurableHook } from '../../../electron/engine/fs/durable.ts';
import { backupScenarios } from '../scenarios/backups.ts';
import { uploadScenarios } from '../scenarios/uploads.ts';

const [name, root, nth, port] = process.argv.slice(2);
const uploads = port === undefined ? [] : uploadScenarios();
for (const { world } of uploads) world.attach(Number(port));
const scenario = [...backupScenarios(), ...uploads].find((s) => s.name === name);
if (!scenario || root === undefined) throw new Error(`There is no scenario ${name}.`);

let steps = 0;
setDurableHook(() => {
  if (++steps === Number(nth)) process.kill(process.pid, 'SIGKILL');
});
await scenario.run(root);
