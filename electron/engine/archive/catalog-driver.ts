/** The only file that knows which SQLite there is. */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { EngineError, toEngineError } from '../errors.ts';

export type Value = SQLInputValue;
export type Row = SQLOutputValue[];

/** Rows are arrays in the order of the columns. */
export interface Statement {
  run(...values: Value[]): void;
  get(...values: Value[]): Row | undefined;
  all(...values: Value[]): Row[];
  iterate(...values: Value[]): IterableIterator<Row>;
}

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** @param file `:memory:` for one that leaves nothing behind @throws EngineError for what SQLite reports, here and later */
export function openDatabase(file: string, options: { readOnly: boolean }): Database {
  const db = told(file, () => new DatabaseSync(file, { readOnly: options.readOnly }));
  return {
    exec: (sql) => {
      told(file, () => {
        db.exec(sql);
      });
    },
    prepare: (sql) => {
      const statement = told(file, () => db.prepare(sql));
      statement.setReturnArrays(true);
      return {
        run: (...values) => {
          told(file, () => statement.run(...values));
        },
        get: (...values) => told(file, () => statement.get(...values) as Row | undefined),
        all: (...values) => told(file, () => statement.all(...values) as unknown as Row[]),
        iterate: (...values) => statement.iterate(...values) as unknown as IterableIterator<Row>,
      };
    },
    close: () => {
      db.close();
    },
  };
}

function told<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw fromSqlite(error, file);
  }
}

const IN_SCOPE = { scope: 'archive' } as const;

/** By primary result code (sqlite.org/rescode.html). */
function fromSqlite(error: unknown, file: string): EngineError {
  const code = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
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
  if (code === 11 || code === 26)
    return new EngineError(
      'archive-damaged',
      `${file} is damaged. Run mailferry repair; it is built anew from the journal.`,
      { ...IN_SCOPE, cause: error },
    );
  return toEngineError(error, file);
}
