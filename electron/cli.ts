#!/usr/bin/env node
/** The terminal host. Starts nothing of Electron; see cli/program.ts for the commands. */
import { keepOldHeapSmall, keepYoungHeapSmall } from './cli/heap.ts';

keepYoungHeapSmall();
const { main } = await import('./cli/main.ts');
keepOldHeapSmall();
process.exitCode = await main(process.argv.slice(2));
