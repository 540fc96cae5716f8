/** The vocabulary of scripts. `$TAG` stands for the command's tag. */
import type { Act } from './script.ts';

const CRLF = '\r\n';

/** These lines instead of doing anything. */
export function say(...lines: string[]): Act {
  return async (stage) => void (await stage.send(lines.map((line) => line + CRLF).join('')));
}

/** It is done, and this is what is said about it. */
export function doThenSay(...lines: string[]): Act {
  return async (stage) => {
    await stage.obey();
    await say(...lines)(stage);
  };
}

/** The good server's answer, changed. */
export function edit(change: (answer: string) => string): Act {
  return async (stage) => void (await stage.send(change(await stage.obey())));
}

/** The good server's answer with other words. @param by as in String.replace, read once */
export const replace = (what: RegExp, by: string): Act => edit((answer) => answer.replace(what, by));

export const before = (...lines: string[]): Act => edit((answer) => lines.map((line) => line + CRLF).join('') + answer);

/** Rows of a FETCH answer; bodies must not look like rows. */
const rowsOf = (rows: string): string[] => rows.split(/(?=^\* \d+ FETCH )/m);

/** Put behind the nth row of a FETCH answer, from 1. */
export function afterRow(nth: number, ...lines: string[]): Act {
  return edit((answer) => {
    const [rows, tagged] = split(answer);
    const list = rowsOf(rows);
    list.splice(nth, 0, lines.map((line) => line + CRLF).join(''));
    return list.join('') + tagged;
  });
}

/** The nth row of a FETCH answer, from 1, changed; 0: all of them. */
export function editRow(nth: number, change: (row: string) => string): Act {
  return edit((answer) => {
    const [rows, tagged] = split(answer);
    return (
      rowsOf(rows)
        .map((row, i) => (nth === 0 || i === nth - 1 ? change(row) : row))
        .join('') + tagged
    );
  });
}

/** The good server's answer up to its tagged line, and that one. */
function split(answer: string): [string, string] {
  const at = answer.lastIndexOf(CRLF, answer.length - 3) + 2;
  return at < 2 ? ['', answer] : [answer.slice(0, at), answer.slice(at)];
}

/** Put in front of the tagged line. */
export function atEnd(...lines: string[]): Act {
  return edit((answer) => {
    const [rows, tagged] = split(answer);
    return rows + lines.map((line) => line + CRLF).join('') + tagged;
  });
}

/** The tagged line of the good server's answer replaced: what came before it stays. */
export function endWith(tagged: string): Act {
  return edit((answer) => `${split(answer)[0]}$TAG ${tagged}${CRLF}`);
}

export const drop: Act = async (stage) => stage.drop();
export const reset: Act = async (stage) => stage.reset();

/** Done, and the line is cut instead of an answer. */
export const dropAfter: Act = async (stage) => {
  await stage.obey();
  stage.drop();
};

/** So many octets of the good answer, then the line is cut. */
export function cutAt(octets: number): Act {
  return async (stage) => {
    await stage.send((await stage.obey()).slice(0, octets));
    stage.drop();
  };
}

/** Never answers. */
export const silence: Act = (stage) => stage.gone;

/** So many octets of the good answer, then nothing. */
export function silenceAt(octets: number): Act {
  return async (stage) => {
    await stage.send((await stage.obey()).slice(0, octets));
    await stage.gone;
  };
}

/** Text first, then silence. */
export function sayThenSilence(text: string): Act {
  return async (stage) => {
    await stage.send(text);
    await stage.gone;
  };
}

/** The good answer, one octet at a time. */
export function drip(everyMs: number, from = 0): Act {
  return async (stage) => {
    const answer = await stage.obey();
    if (from > 0) await stage.send(answer.slice(0, from));
    for (let at = from; at < answer.length; at++) {
      await new Promise((resolve) => setTimeout(resolve, everyMs));
      if (!(await stage.send(answer[at]!))) return;
    }
  };
}

/** `head`, then `piece` again and again until the client leaves, but no more than `mostBytes`. */
export function endless(head: string, piece: string | ((n: number) => string), mostBytes = 400e6): Act {
  return async (stage) => {
    let sent = 0;
    let alive = await stage.send(head);
    for (let n = 0; alive && sent < mostBytes; n++) {
      const octets = Buffer.from(typeof piece === 'string' ? piece : piece(n), 'latin1');
      alive = await stage.send(octets);
      sent += octets.length;
    }
    await stage.gone;
  };
}

/** The sending side is closed, the receiving one stays open. */
export const halfClose: Act = async (stage) => {
  stage.end();
  await stage.gone;
};
