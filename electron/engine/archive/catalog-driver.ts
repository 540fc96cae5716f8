/** The only folder that knows which SQLite there is: Node's own where the runtime has it, else one in WebAssembly. */
import { openNative } from './sqlite-native.ts';
import { openWasm } from './sqlite-wasm.ts';

export type Value = null | number | bigint | string | Uint8Array;
export type Row = Value[];

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
  /**
   * ATTACH for the time of `act`, so that nothing done here can change the file.
   *
   * @throws EngineError 'archive-locked' when somebody was writing to it: what was read may be of two states
   */
  withAttached<T>(file: string, name: string, act: () => T): T;
  /**
   * A function that SQL can call, with any number of arguments; null: this driver has none.
   *
   * @param act must not use the connection
   */
  define: ((name: string, act: (...values: Value[]) => number) => void) | null;
  close(): void;
}

export type SqliteKind = 'native' | 'wasm';

/**
 * native: several connections may read and one write, kept apart by SQLite's file locks.
 * wasm: no locks at all. Who writes must hold a lock of ours; who reads copies with `withAttached`, which sees that nobody wrote.
 */
export function sqliteKind(): SqliteKind {
  // Tests force the one that this runtime would not choose.
  if (process.env['MAILFERRY_SQLITE'] === 'wasm') return 'wasm';
  return process.getBuiltinModule('node:sqlite') === undefined ? 'wasm' : 'native';
}

/** @param file `:memory:` for one that leaves nothing behind @throws EngineError for what SQLite reports, here and later */
export function openDatabase(file: string, options: { readOnly: boolean }): Database {
  return sqliteKind() === 'native' ? openNative(file, options.readOnly) : openWasm(file, options.readOnly);
}
