/** node:sqlite. Looked up when first used: the module is missing in Electron 33. */
import type { Database, Row } from './catalog-driver.ts';
import { fromSqlite, told, toldRows } from './sqlite-error.ts';

/** A reader holds its lock for one question only: who writes waits for it, and gives up only when it does not end. */
const BUSY_MS = 5000;

export function openNative(file: string, readOnly: boolean): Database {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const db = told(file, () => new DatabaseSync(file, { readOnly }));
  if (!readOnly && file !== ':memory:') db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
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
          // Not with `told`: for each message that would be one function more.
          try {
            statement.run(...values);
          } catch (error) {
            throw fromSqlite(error, file);
          }
        },
        get: (...values) => told(file, () => statement.get(...values) as Row | undefined),
        all: (...values) => told(file, () => statement.all(...values) as unknown as Row[]),
        iterate: (...values) => toldRows(file, () => statement.iterate(...values) as unknown as Iterable<Row>),
      };
    },
    withAttached: (other, name, act) => {
      const uri = `file:${encodeURI(other).replace(/[?#]/g, encodeURIComponent)}?mode=ro`;
      told(other, () => db.prepare(`ATTACH ? AS ${name}`).run(uri));
      try {
        return act();
      } finally {
        db.exec(`DETACH ${name}`);
      }
    },
    define: (name, act) => {
      db.function(name, { varargs: true }, act);
    },
    close: () => {
      db.close();
    },
  };
}
