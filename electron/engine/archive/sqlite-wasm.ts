/**
 * node-sqlite3-wasm, for runtimes without node:sqlite (Electron before 35). It locks by making a folder, which a killed
 * process leaves behind and which a read-only disk refuses: its locks are switched off (see catalog-driver.ts).
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { EngineError } from '../errors.ts';
import type { Database, Row, Statement, Value } from './catalog-driver.ts';
import { told, toldRows } from './sqlite-error.ts';

/** Its inside as far as we need it; the version is pinned and a test holds both drivers beside each other. */
interface WasmStatement {
  run(values: Value[]): void;
  finalize(): void;
  _assertReady(): void;
  _bind(values: Value[]): void;
  _step(): boolean;
  _reset(): boolean;
  _getRow(names: number[], expand: false): Record<number, Value>;
  _getColumnNames(): string[];
}

interface WasmDatabase {
  exec(sql: string): void;
  prepare(sql: string): WasmStatement;
  close(): void;
}

interface WasmModule {
  Database: new (file: string, options: { readOnly: boolean }) => WasmDatabase;
}

/** Attached so that nothing can change them: opened for reading, and their rollback journals are not seen. */
const readOnlyFiles = new Set<string>();
let loaded: WasmModule | null = null;

export function openWasm(file: string, readOnly: boolean): Database {
  loaded ??= load();
  const { Database } = loaded;
  const db = told(file, () => new Database(file, { readOnly }));
  const statements = new Set<WasmStatement>();
  return {
    exec: (sql) => {
      told(file, () => {
        db.exec(sql);
      });
    },
    prepare: (sql) => {
      const statement = told(file, () => db.prepare(sql));
      statements.add(statement);
      return wrap(file, statement);
    },
    withAttached: (other, name, act) => {
      const before = steadyState(other);
      readOnlyFiles.add(path.resolve(other));
      try {
        told(other, () => {
          attach(db, other, name);
        });
        const result = act();
        if (before === null || steadyState(other) !== before) throw beingWritten(other);
        return result;
      } finally {
        readOnlyFiles.delete(path.resolve(other));
        db.exec(`DETACH ${name}`);
      }
    },
    define: null,
    close: () => {
      for (const statement of statements) statement.finalize();
      statements.clear();
      db.close();
    },
  };
}

function attach(db: WasmDatabase, file: string, name: string): void {
  const statement = db.prepare(`ATTACH ? AS ${name}`);
  try {
    statement.run([file]);
  } finally {
    statement.finalize();
  }
}

/** SQLite counts each transaction at octet 24 of the file (sqlite.org/fileformat2.html §1.3.5). null: one is under way. */
function steadyState(file: string): string | null {
  if (fs.existsSync(`${file}-journal`)) return null;
  const fd = fs.openSync(file, 'r');
  try {
    const counter = Buffer.alloc(4);
    fs.readSync(fd, counter, 0, 4, 24);
    return `${counter.readUInt32BE()} ${fs.fstatSync(fd).size}`;
  } finally {
    fs.closeSync(fd);
  }
}

function beingWritten(file: string): EngineError {
  return new EngineError('archive-locked', `${file} is being written. Try again in a moment.`, {
    scope: 'archive',
    retry: 'now',
  });
}

function wrap(file: string, statement: WasmStatement): Statement {
  // Columns are named by number: two may have one name.
  const names = statement._getColumnNames().map((_, i) => i);
  function* walk(values: Value[]): Generator<Row> {
    statement._assertReady();
    statement._bind(values);
    try {
      while (statement._step()) yield Object.values(statement._getRow(names, false));
    } finally {
      // A statement in the middle of its rows keeps the transaction open.
      statement._reset();
    }
  }
  return {
    run: (...values) => {
      told(file, () => {
        statement.run(values);
        statement._reset();
      });
    },
    get: (...values) =>
      told(file, () => {
        for (const row of walk(values)) return row;
        return undefined;
      }),
    all: (...values) => told(file, () => [...walk(values)]),
    iterate: (...values) => toldRows(file, () => walk(values)),
  };
}

const FOLDER = 'sqlite';

/** In a build its two files are in a folder beside the bundle (vite.config.ts), else where npm has put them. */
function load(): WasmModule {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const candidates = [here, path.dirname(here)].map((folder) => path.join(folder, FOLDER, 'node-sqlite3-wasm.cjs'));
  const file =
    candidates.find((name) => fs.existsSync(name)) ?? createRequire(import.meta.url).resolve('node-sqlite3-wasm');
  const module = { exports: {} as WasmModule };
  const run = compileFunction(
    fs.readFileSync(file, 'utf8'),
    ['module', 'exports', 'require', '__filename', '__dirname'],
    { filename: file },
  ) as (...given: unknown[]) => void;
  const require = createRequire(file);
  const given = (name: string): unknown => (name === 'node:fs' ? lockless : (require(name) as unknown));
  run(module, module.exports, given, file, path.dirname(file));
  return module.exports;
}

const lockless = Object.assign(Object.create(fs) as typeof fs, {
  mkdirSync: () => undefined,
  rmdirSync: () => undefined,
  openSync(file: string, flags: number, mode: number): number {
    return fs.openSync(file, readOnlyFiles.has(file) ? fs.constants.O_RDONLY : flags, mode);
  },
  accessSync(file: string, mode: number): void {
    if (file.endsWith('-journal') && readOnlyFiles.has(file.slice(0, -'-journal'.length))) throw new Error('hidden');
    fs.accessSync(file, mode);
  },
});
