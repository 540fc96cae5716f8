#!/usr/bin/env node
/** The terminal host. Starts nothing of Electron; see cli/program.ts for the commands. */
import { main } from './cli/main.ts';

process.exitCode = await main(process.argv.slice(2));
