/** What SQLite reports, as errors of ours. */
import { EngineError, toEngineError } from '../errors.ts';

/** Run something that may end in an error of SQLite. @throws EngineError */
export function told<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw fromSqlite(error, file);
  }
}

/** Rows that SQLite reads while they are asked for: it may report something in the middle. @throws EngineError */
export function* toldRows<T>(file: string, rows: () => Iterable<T>): Generator<T, undefined> {
  try {
    yield* rows();
  } catch (error) {
    throw fromSqlite(error, file);
  }
}

/** The WebAssembly build tells no codes: texts of sqlite3ErrStr. */
const BY_TEXT: [RegExp, number][] = [
  [/is full/, 13],
  [/readonly database/, 8],
  [/is locked/, 5],
  [/disk I\/O error/, 10],
  [/unable to open|could not open/i, 14],
  [/malformed/, 11],
  [/not a database/, 26],
  [/constraint failed/, 19],
  [/no such (table|column)/, 1],
];

/** Primary result code (sqlite.org/rescode.html); 0: none. */
function resultCode(error: unknown): number {
  const { errcode, name, message } = error as { errcode?: number; name?: string; message?: string };
  if (errcode !== undefined) return errcode & 0xff;
  if (name !== 'SQLite3Error') return 0;
  return BY_TEXT.find(([text]) => text.test(message ?? ''))?.[1] ?? 0;
}

/** Our statements fit our tables: a column that is missing, or a value that may not be, is damage of the file. */
function isForeignToUs(error: unknown, code: number, file: string): boolean {
  if (file === ':memory:') return false;
  return code === 19 || (code === 1 && /no such (table|column)/.test((error as Error).message));
}

const IN_SCOPE = { scope: 'archive' } as const;

export function fromSqlite(error: unknown, file: string): EngineError {
  const code = resultCode(error);
  if (code === 13)
    return new EngineError(
      'disk-full',
      `The disk is full: ${file} could not be written. Free some space and run again.`,
      { ...IN_SCOPE, retry: 'later', cause: error },
    );
  if (code === 8)
    return new EngineError('path-not-writable', `You may not change ${file}. Change its permissions.`, {
      ...IN_SCOPE,
      cause: error,
    });
  if (code === 5 || code === 6)
    return new EngineError('archive-locked', `${file} is in use by another program. Try again when it has finished.`, {
      ...IN_SCOPE,
      retry: 'later',
      cause: error,
    });
  if (code === 10 || code === 14)
    return new EngineError('io-error', `The disk failed at ${file}. Check the disk and run again.`, {
      ...IN_SCOPE,
      retry: 'later',
      cause: error,
    });
  if (code === 11 || code === 26 || isForeignToUs(error, code, file))
    return new EngineError(
      'archive-damaged',
      `${file} is damaged. Run mailferry repair; it is built anew from the journal.`,
      { ...IN_SCOPE, cause: error },
    );
  return toEngineError(error, file);
}
