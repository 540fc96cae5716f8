/** The numbers of every message in memory, by position; texts stay on disk. */
import type { IndexDb } from './index-db.ts';
import { MARK } from './index-schema.ts';

/** Rows read at once: a text of a few megabytes. */
const STEP = 50_000;
const WIDTH = 6;
/** For messages without any date: they come last among the newest. Before 1833 there was no mail to lose. */
export const NO_DATE = -4_294_967_296;

/** Aligned, ascending by id. */
export class Columns {
  readonly size: number;
  readonly ids: Uint32Array;
  readonly mailboxes: Uint32Array;
  readonly marks: Uint8Array;
  /** Seconds since 1970; NO_DATE: unknown. */
  readonly dates: Float64Array;
  readonly sizes: Float64Array;
  /** 255: that many or more. Before a body is indexed, a guess from its header. */
  readonly attachments: Uint8Array;
  readonly #positions: Uint32Array;

  private constructor(size: number, maxId: number) {
    this.size = size;
    this.ids = new Uint32Array(size);
    this.mailboxes = new Uint32Array(size);
    this.marks = new Uint8Array(size);
    this.dates = new Float64Array(size);
    this.sizes = new Float64Array(size);
    this.attachments = new Uint8Array(size);
    this.#positions = new Uint32Array(maxId + 1);
  }

  static load(index: IndexDb): Columns {
    const maxId = index.statement('SELECT coalesce(max(id), 0) FROM entry').get()![0] as number;
    const columns = new Columns(index.count('entry'), maxId);
    let at = 0;
    for (let from = 0; from <= maxId; from += STEP) {
      const numbers = index.numbers(LOAD, from, from + STEP - 1);
      for (let i = 0; i < numbers.length; i += WIDTH) columns.#set(at++, numbers, i);
    }
    return columns;
  }

  #set(at: number, numbers: number[], i: number): void {
    const id = numbers[i]!;
    const marks = numbers[i + 2]!;
    const counted = numbers[i + 5]!;
    this.ids[at] = id;
    this.mailboxes[at] = numbers[i + 1]!;
    this.marks[at] = marks;
    this.dates[at] = numbers[i + 3]!;
    this.sizes[at] = numbers[i + 4]!;
    this.attachments[at] = counted >= 0 ? Math.min(counted, 255) : marks & MARK.mixed ? 1 : 0;
    this.#positions[id] = at + 1;
  }

  /** -1: not here. */
  position(id: number): number {
    return (this.#positions[id] ?? 0) - 1;
  }

  setAttachments(id: number, count: number): void {
    const at = this.position(id);
    if (at >= 0) this.attachments[at] = Math.min(count, 255);
  }
}

const LOAD = `SELECT group_concat(id || ',' || mailbox || ',' || marks || ',' || max(coalesce(date, ${NO_DATE}), ${NO_DATE}) || ',' ||
  sizeBytes || ',' || coalesce(attachments, -1)) FROM (SELECT * FROM entry LEFT JOIN body USING (id)
  WHERE id BETWEEN ? AND ? ORDER BY id)`;
