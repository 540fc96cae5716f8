/** Parse, run, and turn whatever goes wrong into one sentence and an exit code. */
import { CommanderError } from 'commander';
import { EngineError, toEngineError } from '../engine/errors.ts';
import { EXIT, exitCodeOfFailure } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { createTerminal } from './terminal.ts';

export async function main(args: string[]): Promise<number> {
  ignoreClosedPipe();
  let code: number = EXIT.complete;
  const program = createProgram((exitCode) => (code = exitCode));
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.complete : EXIT.usage;
    const failure: EngineError = toEngineError(error);
    const terminal = createTerminal({
      json: args.includes('--json'),
      quiet: false,
      stdout: process.stdout,
      stderr: process.stderr,
    });
    terminal.error(failure);
    if (failure.code === 'internal' && process.env['MAILFERRY_DEBUG']) console.error(error);
    return exitCodeOfFailure(failure.code);
  }
}

/** `mailferry list … | head` is no error. */
function ignoreClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(EXIT.complete);
  });
}
