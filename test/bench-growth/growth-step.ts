/** STEP FOLDER MESSAGES; prints one line of JSON. The heap is kept small as the command line does it, before all else. */
import { keepOldHeapSmall, keepYoungHeapSmall } from '../../electron/cli/heap.ts';
import type { GrowthStep } from './growth-steps.ts';

keepYoungHeapSmall();
const { measureStep } = await import('./growth-steps.ts');
keepOldHeapSmall();
const [step, folder, count] = process.argv.slice(2) as [GrowthStep, string, string];
process.stdout.write(`${JSON.stringify(await measureStep(step, folder, Number(count)))}\n`);
