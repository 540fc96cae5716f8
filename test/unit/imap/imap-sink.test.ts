/** Folders made at a server that is far away. */
import { describe, expect, it } from 'vitest';
import { createImapSink } from '../../../electron/engine/imap/imap-sink.ts';
import { systemClock } from '../../../electron/node/clock.ts';
import { mailbox } from './wire/collect-messages.ts';
import { RecordingMailbox } from './wire/recording-ledger.ts';
import { type Conversation, PASSWORD, type Script, serve } from './scripted-server.ts';

async function open(answers: NonNullable<Script['answers']>) {
  const server = await serve({ capabilities: 'NAMESPACE UIDPLUS', answers });
  const sink = createImapSink({
    account: { user: 'alice', endpoint: server.endpoint() },
    credential: { password: PASSWORD },
    clock: systemClock,
    ledger: { unheardSince: null, mailbox: () => new RecordingMailbox(), close: () => Promise.resolve() },
  });
  const sent = (name: string) => server.received.flatMap((line) => line.split(' ')[1] === name || []).length;
  return { sink, sent };
}

const pair = (targetPath: string) => ({ source: mailbox(targetPath), targetPath, targetSpecialUse: null });

/** A server that has what was made. */
function growing() {
  const there = new Set<string>();
  const nameIn = (args: string) => /"([^"]+)"(?: \(|$)/.exec(args)?.[1] ?? '';
  return {
    there,
    LIST: ({ args }: { args: string }) =>
      there.has(nameIn(args)) ? `* LIST () "/" "${nameIn(args)}"\r\n$ OK done` : '$ OK done',
    STATUS: ({ args }: { args: string }) =>
      `* STATUS "${nameIn(args)}" (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 9)\r\n$ OK done`,
    nameIn,
  };
}

describe('making folders', () => {
  it('does not wait for one before it asks for the next', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `Folder ${i}`);
    const { there, nameIn, LIST, STATUS } = growing();
    const held: string[] = [];
    // Nothing is answered before all are asked for, and then in the order in which they were.
    const hold = (tag: string, answer: string, line: Conversation) => {
      held.push(answer.replaceAll('$', tag));
      if (held.length === 2 * names.length) line.send(held.join('\r\n'));
      return null;
    };
    const { sink, sent } = await open({
      STATUS,
      CREATE: ({ tag, args }, line) => {
        there.add(nameIn(args));
        return hold(tag, '$ OK made', line);
      },
      LIST: (command, line) => (there.size > 0 ? hold(command.tag, LIST(command), line) : '$ OK done'),
    });
    await sink.makeAll(names.map(pair));
    for (const name of names) {
      const { status } = await sink.prepare(pair(name));
      expect(status).toMatchObject({ path: name, uidValidity: 9, subscribed: true });
    }
    expect([sent('CREATE'), sent('SUBSCRIBE'), sent('STATUS')]).toEqual([20, 20, 20]);
    const lane = await sink.openLane();
    await lane.close();
    await sink.close();
    // The line on which they were made is the one on which the messages go.
    expect(sent('LOGOUT')).toBe(1);
  });

  it('tells of the one that is refused when its turn comes, and makes the others', async () => {
    const { there, nameIn, LIST, STATUS } = growing();
    const { sink } = await open({
      LIST,
      STATUS,
      CREATE: ({ args }) => {
        if (nameIn(args) === 'bad') return '$ NO [CANNOT] no such name';
        there.add(nameIn(args));
        return '$ OK made';
      },
    });
    await sink.makeAll(['one', 'bad', 'two'].map(pair));
    expect([...there]).toEqual(['one', 'two']);
    await expect(sink.prepare(pair('bad'))).rejects.toMatchObject({ code: 'mailbox-refused', scope: 'mailbox' });
    expect((await sink.prepare(pair('two'))).status.path).toBe('two');
    await sink.close();
  });
});
