/** What a script is told and what it may do. Text has one character for each octet. */

/**
 * One thing that a client did. `verb` is upper case, `UID FETCH` for the UID forms; `GREETING` stands for having
 * connected, and `APPEND {` for having announced a literal that waits to be asked for.
 */
export interface Heard {
  readonly tag: string;
  readonly verb: string;
  /** The rest of the line, literals shown as `{size}`; empty where there are secrets. */
  readonly args: string;
  /** The how-manieth of this verb since the script was set, from 1. */
  readonly nth: number;
  /** Counts connections from 1. */
  readonly connection: number;
  readonly isSecure: boolean;
}

export interface Stage {
  readonly heard: Heard;
  /** Have the good server do it. @returns its whole answer; the last line is the tagged one */
  obey(): Promise<string>;
  /** `$TAG` is replaced. @returns false when the client has gone; waits while it does not read */
  send(octets: string | Buffer): Promise<boolean>;
  /** Nothing more is sent; the client may go on. */
  end(): void;
  /** As when a process ends: FIN. */
  drop(): void;
  /** RST. */
  reset(): void;
  /** Resolves when the client has gone. */
  readonly gone: Promise<void>;
}

/** Plays one thing in place of the good server. */
export type Act = (stage: Stage) => Promise<void>;

/** null: let the good server answer. */
export type Script = (heard: Heard) => Act | null;

export const wellBehaved: Script = () => null;

/** Tried in order. */
export function script(...rules: Script[]): Script {
  return (heard) => {
    for (const rule of rules) {
      const act = rule(heard);
      if (act) return act;
    }
    return null;
  };
}

/** @param args must be found in the arguments */
export function always(verb: string, act: Act, args?: RegExp): Script {
  return (heard) => (heard.verb === verb && (args?.test(heard.args) ?? true) ? act : null);
}

/** The nth command that fits, from 1, and the ones after it up to `last`. */
export function nth(verb: string, first: number, act: Act, args?: RegExp, last = first): Script {
  let seen = 0;
  return ({ verb: heard, args: given }) => {
    if (heard !== verb || (args && !args.test(given))) return null;
    seen++;
    return seen >= first && seen <= last ? act : null;
  };
}

export const once = (verb: string, act: Act, args?: RegExp): Script => nth(verb, 1, act, args);
