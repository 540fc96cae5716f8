/** A conversation in outline; every text is a template for `spin`. */
export interface Topic {
  subject: string;
  /** In turns, without salutation and closing. Paragraphs are parted by a blank line. */
  turns: readonly string[];
  /** Jette begins. */
  mine?: boolean;
  /** The months it fits, January is 1. */
  months?: readonly number[];
}
