import type { ByteReader } from '../byte-reader.ts';

export interface Command {
  tag: string;
  verb: string;
  args: string;
  /** As the good server gets it: no literal waits. */
  whole: Buffer;
}

export interface CommandRules {
  /** Called for a literal that waits. @returns false: it was refused, the command is over */
  mayCome(tag: string, verb: string, args: string): Promise<boolean>;
  /** Ask for the next line of a SASL exchange. */
  ask(): Promise<void>;
}

/** The next command with its literals; null when a literal was refused. @throws when the client has gone */
export async function readCommand(reader: ByteReader, rules: CommandRules): Promise<Command | null> {
  const octets: Buffer[] = [];
  let shown = '';
  for (;;) {
    const line = await reader.line();
    const literal = /~?\{(\d+)(\+?)\}$/.exec(line);
    shown += literal ? `${line.slice(0, literal.index)}{${literal[1]}}` : line;
    const { tag, verb, args } = split(shown);
    if (!literal) {
      octets.push(Buffer.from(`${line}\r\n`, 'latin1'));
      const whole = Buffer.concat(octets);
      return {
        tag,
        verb,
        args: isSecret(verb) ? '' : args,
        whole: await withInitialResponse(whole, verb, reader, rules),
      };
    }
    if (literal[2] === '' && !(await rules.mayCome(tag, verb, args))) return null;
    octets.push(Buffer.from(`${line.slice(0, literal.index)}{${literal[1]}+}\r\n`, 'latin1'));
    octets.push(await reader.octets(Number(literal[1])));
  }
}

function split(line: string): { tag: string; verb: string; args: string } {
  const [, tag = '', verb = '', args = ''] = /^(\S+) ((?:uid )?\S+) ?(.*)$/is.exec(line) ?? [];
  return { tag, verb: verb.toUpperCase(), args };
}

const isSecret = (verb: string): boolean => verb === 'LOGIN' || verb === 'AUTHENTICATE';

/** The good server is given everything in one line (RFC 4959). */
async function withInitialResponse(
  whole: Buffer,
  verb: string,
  reader: ByteReader,
  rules: CommandRules,
): Promise<Buffer> {
  const line = whole.toString('latin1').trimEnd();
  if (verb !== 'AUTHENTICATE' || line.split(' ').length > 3) return whole;
  await rules.ask();
  return Buffer.from(`${line} ${await reader.line()}\r\n`, 'latin1');
}
