/** Runs one scenario and kills itself at the nth durable step: node child.ts NAME ROOT N [PORT]. */
import { setDurableHook } from '../../../electron/engine/fs/durable.ts';
import type { Scenario } from './scenario.ts';
import { backupScenarios } from '../scenarios/backups.ts';

const [name, root, nth, port] = process.argv.slice(2);
const scenario = (port === undefined ? backupScenarios() : await uploadsAt(Number(port))).find((s) => s.name === name);
if (!scenario || root === undefined) throw new Error(`There is no scenario ${name}.`);

let steps = 0;
setDurableHook(() => {
  if (++steps === Number(nth)) process.kill(process.pid, 'SIGKILL');
});
await scenario.run(root);

/** Loaded only where they are needed: a child is started for each kill. */
async function uploadsAt(serverPort: number): Promise<Scenario[]> {
  const { uploadScenarios } = await import('../scenarios/uploads.ts');
  const scenarios = uploadScenarios();
  for (const { world } of scenarios) world.attach(serverPort);
  return scenarios;
}
