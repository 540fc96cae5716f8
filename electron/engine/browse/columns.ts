/** The numbers of every message in memory, by position; texts stay on disk. */
import type { IndexDb, Take } from './index-db.ts';
import { MARK } from './index-schema.ts';

/** Rows read at once: a text of a few megabytes where numbers come as text. */
const STEP = 50_000;
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
  /** The largest id in `mailboxes`. */
  maxMailbox = 0;
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
    const takeEntry: Take = (id, mailbox, marks, date, sizeBytes) => {
      columns.ids[at] = id!;
      columns.mailboxes[at] = mailbox!;
      columns.maxMailbox = Math.max(columns.maxMailbox, mailbox);
      columns.marks[at] = marks!;
      columns.dates[at] = date!;
      columns.sizes[at] = sizeBytes!;
      columns.attachments[at] = marks & MARK.mixed ? 1 : 0;
      columns.#positions[id] = ++at;
    };
    const takeBody: Take = (id, attachments) => {
      columns.setAttachments(id, attachments);
    };
    for (let from = 0; from <= maxId; from += STEP) {
      const ids = [from, from + STEP - 1];
      index.each(ENTRY, 'FROM (SELECT * FROM entry WHERE id BETWEEN ? AND ? ORDER BY id)', ids, takeEntry);
      index.each(BODY, 'FROM body WHERE id BETWEEN ? AND ?', ids, takeBody);
    }
    return columns;
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

/** Both are in an index of their own: see index-schema.ts. */
const ENTRY = ['id', 'mailbox', 'marks', `max(coalesce(date, ${NO_DATE}), ${NO_DATE})`, 'sizeBytes'];
const BODY = ['id', 'attachments'];
