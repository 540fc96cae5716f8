/** The index's connection, with its statements kept. */
import type { Database, Statement } from '../archive/catalog-driver.ts';

export class IndexDb {
  readonly db: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Database) {
    this.db = db;
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
   * Whole numbers, all rows and columns in one list: a row at a time costs ten times as much.
   *
   * @param sql gives one text: numbers with commas between them
   */
  numbers(sql: string, ...values: (string | number)[]): number[] {
    return parseNumbers((this.statement(sql).get(...values)?.[0] as string | null | undefined) ?? '');
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
