import { ArgumentReader } from './arguments.ts';
import { COMMANDS } from './commands/table.ts';
import type { Command } from './commands/table.ts';
import type { RawCommand } from './command-reader.ts';
import type { HookAnswer } from './options.ts';
import { Refusal, bad } from './refusal.ts';
import type { Session } from './session.ts';

const SECRET = new Set(['LOGIN', 'AUTHENTICATE']);

/** Run one command and reply. Whatever goes wrong in it becomes its tagged NO or BAD. */
export async function runCommand(session: Session, raw: RawCommand): Promise<void> {
  const args = new ArgumentReader(raw.parts);
  let tag = '*';
  try {
    tag = readTag(args);
    const verb = readVerb(args);
    session.settings.log.add(COMMANDS[verb] ? verb : 'UNKNOWN');
    if (raw.refused !== null) return reply(session, tag, raw.refused);
    await runVerb(session, tag, verb, args);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reply(session, tag, error.reply);
  }
}

async function runVerb(session: Session, tag: string, verb: string, args: ArgumentReader): Promise<void> {
  const command = COMMANDS[verb];
  if (!command) throw bad('Unknown command');
  const answer = await askHook(session, verb, SECRET.has(verb) ? '' : args.outline);
  if (answer === 'drop') return session.drop();
  if (answer !== undefined && answer !== 'drop-after') return override(session, tag, answer);
  checkState(session, verb, command);
  const text = await command.run(session, args, { tag, byUid: verb.startsWith('UID ') });
  if (answer === 'drop-after') return session.drop();
  session.view?.announce(session.out, !command.keepsNumbers, session.condstore);
  reply(session, tag, text);
  command.after?.(session);
}

function askHook(session: Session, verb: string, args: string): HookAnswer | Promise<HookAnswer> {
  return session.settings.hook?.(verb, args, session);
}

function override(session: Session, tag: string, answer: string | { untagged: string[]; tagged: string }): void {
  const { untagged, tagged } = typeof answer === 'string' ? { untagged: [], tagged: answer } : answer;
  for (const line of untagged) session.out.line(line.startsWith('* ') ? line : `* ${line}`);
  reply(session, tag, tagged);
}

function checkState(session: Session, verb: string, command: Command): void {
  if (command.needs && !session.offers(command.needs)) throw bad('Unknown command');
  if (command.state === 'any') return;
  if (command.state === 'fresh' ? session.account : !session.account) {
    throw bad(session.account ? 'Already signed in' : `Sign in before ${verb}`);
  }
  if (command.state === 'selected' && !session.view) throw bad('No mailbox selected');
}

function reply(session: Session, tag: string, text: string): void {
  session.out.line(`${tag} ${text}`);
}

function readTag(args: ArgumentReader): string {
  const tag = args.astring();
  if (tag.length > 64 || tag.includes('+')) throw bad('Invalid tag');
  return tag;
}

function readVerb(args: ArgumentReader): string {
  args.space();
  const verb = args.keyword();
  if (verb !== 'UID') return verb;
  args.space();
  return `UID ${args.keyword()}`;
}
