/** A command that ends in NO or BAD. Thrown anywhere below a command handler; the session sends it as the tagged reply. */
export class Refusal extends Error {
  readonly status: 'NO' | 'BAD';

  /** @param text with its response code, if any: `[TRYCREATE] No such mailbox` */
  constructor(status: 'NO' | 'BAD', text: string) {
    super(text);
    this.name = 'Refusal';
    this.status = status;
  }

  get reply(): string {
    return `${this.status} ${this.message}`;
  }
}

export const no = (text: string): Refusal => new Refusal('NO', text);
export const bad = (text: string): Refusal => new Refusal('BAD', text);
