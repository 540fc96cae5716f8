/** What every command needs: the engine with this machine's ports, and where output goes. */
import os from 'node:os';
import path from 'node:path';
import { Engine } from '../engine/engine.ts';
import { silentLog, type Log } from '../engine/ports.ts';
import { systemClock } from '../node/clock.ts';
import { createTerminal, type Terminal } from './terminal.ts';

export interface GlobalOptions {
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
}

export interface CliContext {
  engine: Engine;
  terminal: Terminal;
}

export function createContext(
  { json = false, quiet = false, verbose = false }: GlobalOptions,
  stateFolder?: string,
): CliContext {
  const terminal = createTerminal({ json, quiet, stdout: process.stdout, stderr: process.stderr });
  const log = logFor({ verbose });
  return {
    engine: new Engine({ clock: systemClock, log, stateFolder: stateFolder ?? defaultStateFolder() }),
    terminal,
  };
}

export const logFor = ({ verbose = false }: GlobalOptions): Log => (verbose ? stderrLog : silentLog);

/** Where ledgers of transfers live, by the habits of each system. */
export function defaultStateFolder(): string {
  const home = os.homedir();
  if (process.platform === 'win32')
    return path.join(process.env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'Mailferry', 'transfers');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Mailferry', 'transfers');
  return path.join(process.env['XDG_STATE_HOME'] ?? path.join(home, '.local', 'state'), 'mailferry', 'transfers');
}

const stderrLog: Log = {
  debug: (event, facts) => process.stderr.write(`debug ${event} ${JSON.stringify(facts ?? {})}\n`),
  warn: (event, facts) => process.stderr.write(`warn ${event} ${JSON.stringify(facts ?? {})}\n`),
};
