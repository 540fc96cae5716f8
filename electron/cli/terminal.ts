/** Where output goes. Text for people to stdout or stderr, JSON lines to stdout; never both at once. */
import { styleText } from 'node:util';
import type { Failure } from '../../shared/failure.ts';

type Style = Parameters<typeof styleText>[0];

export interface Terminal {
  readonly json: boolean;
  /** stdout is a terminal that a progress line may be redrawn on. */
  readonly live: boolean;
  readonly columns: number;
  /** A line for people; nothing with --json or --quiet. */
  say: (line?: string) => void;
  /** A result that was asked for; with --json it goes out as an object by `object`. */
  print: (text: string) => void;
  object: (value: object) => void;
  error: (failure: Pick<Failure, 'message' | 'code' | 'details'>) => void;
  style: (style: Style, text: string) => string;
}

export interface TerminalOptions {
  json: boolean;
  quiet: boolean;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

export function createTerminal({ json, quiet, stdout, stderr }: TerminalOptions): Terminal {
  const style = (s: Style, text: string) => styleText(s, text, { stream: stdout });
  return {
    json,
    live: stdout.isTTY && !json && !quiet,
    columns: stdout.columns ?? 100,
    say: (line = '') => {
      if (!json && !quiet) stdout.write(`${line}\n`);
    },
    print: (text) => {
      if (!json) stdout.write(text);
    },
    object: (value) => {
      if (json) stdout.write(`${JSON.stringify(value)}\n`);
    },
    error: ({ message, code, details }) => {
      if (json) stdout.write(`${JSON.stringify({ type: 'error', code, message, ...(details && { details }) })}\n`);
      stderr.write(`mailferry: ${message}\n`);
    },
    style,
  };
}
