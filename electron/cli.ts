#!/usr/bin/env node
/** The terminal host. Starts nothing of Electron; see cli/program.ts for the commands. */
import { useSmallHeap } from './cli/heap.ts';

useSmallHeap();
// Loaded after that, so that the heap has not grown before it is kept small.
const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
