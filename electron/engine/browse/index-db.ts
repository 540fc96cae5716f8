/** The index's connection, with its statements kept. */
import type { Database, Statement } from '../archive/catalog-driver.ts';

/** Called for each row with its numbers. Must not ask the index. */
export type Take = (...numbers: number[]) => void;

export class IndexDb {
  readonly db: Database;
  readonly #statements = new Map<string, Statement>();
  #take: Take = () => undefined;

  constructor(db: Database) {
    this.db = db;
    db.define?.('took', (...numbers) => {
      this.#take(...(numbers as number[]));
      return 0;
    });
  }

  /** Not for walks that another question may interrupt. */
  statement(sql: string): Statement {
    let found = this.#statements.get(sql);
    if (!found) {
      found = this.db.prepare(sql);
      this.#statements.set(sql, found);
    }
    return found;
  }

  exec(sql: string): void {
    this.db.exec(sql);
  }

  info(name: string): string | null {
    return (this.statement('SELECT value FROM info WHERE name = ?').get(name)?.[0] as string | undefined) ?? null;
  }

  count(table: 'entry' | 'sortKey' | 'body'): number {
    return this.statement(`SELECT count(*) FROM ${table}`).get()![0] as number;
  }

  /**
   * Whole numbers of many rows. A row at a time as a result costs ten times as much as a function that SQLite calls, or,
   * where it cannot, one text of all of them.
   *
   * @param from the question after its columns: FROM …
   */
  each(columns: readonly string[], from: string, values: (string | number)[], take: Take): void {
    if (this.db.define) {
      this.#take = take;
      this.statement(`SELECT count(took(${columns.join(', ')})) ${from}`).get(...values);
      return;
    }
    const row = this.statement(`SELECT group_concat(${columns.join(` || ',' || `)}) ${from}`).get(...values);
    const numbers = parseNumbers((row?.[0] as string | null | undefined) ?? '');
    for (let i = 0; i < numbers.length; i += columns.length) take(...numbers.slice(i, i + columns.length));
  }

  close(): void {
    this.#statements.clear();
    this.db.close();
  }
}

function parseNumbers(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let negative = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2c) {
      numbers.push(negative ? -value : value);
      value = 0;
      negative = false;
    } else if (code === 0x2d) negative = true;
    else value = value * 10 + code - 0x30;
  }
  if (text !== '') numbers.push(negative ? -value : value);
  return numbers;
}
