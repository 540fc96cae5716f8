import { ImapSinkLane } from '../../../../electron/engine/imap/imap-sink-lane.ts';
import { letGo } from '../../../../electron/engine/imap/spare-lines.ts';
import { ImapSinkMailbox } from '../../../../electron/engine/imap/imap-sink-mailbox.ts';
import type { WireOptions } from '../../../../electron/engine/imap/wire/command-options.ts';
import { internFlags } from '../../../../electron/engine/flags.ts';
import { silentLog } from '../../../../electron/engine/ports.ts';
import type { MessageWriter } from '../../../../electron/engine/sink.ts';
import { mailbox } from './collect-messages.ts';
import { RecordingMailbox } from './recording-ledger.ts';
import { startStage, type Peer, type Stage } from './scripted-server.ts';

export interface SinkStage {
  stage: Stage;
  lane: ImapSinkLane;
  target: ImapSinkMailbox;
  record: RecordingMailbox;
  writer: MessageWriter;
  /** How many connections write, as the lane is told. */
  connections: { count: number };
  /** uid, outcome and, if there was a remark, its code; in the order told. */
  settled: string[];
  reasons: Map<number, string>;
}

export const PLUS = ['LITERAL+', 'UIDPLUS'];
export const MULTI = [...PLUS, 'MULTIAPPEND'];

/** A sink lane on a scripted server; the target is called `Box`, UIDVALIDITY 7, UIDNEXT 10. */
export async function startSink(
  capabilities: string[],
  script: (peer: Peer) => Promise<void>,
  options: Partial<WireOptions> = {},
): Promise<SinkStage> {
  const stage = await startStage(script, options);
  const record = new RecordingMailbox();
  const target = new ImapSinkMailbox('Origin', mailbox('Box'), record);
  const { wire, names } = stage;
  const makeAgain = async (made: ImapSinkMailbox) => {
    const status = await wire.command('CREATE "Box"');
    if (status.status !== 'OK') throw new Error('not made');
    made.restart(mailbox('Box', { uidValidity: 8, uidNext: 1 }), record);
  };
  const connections = { count: 1 };
  const lane = new ImapSinkLane(
    { wire, names, capabilities: new Set(capabilities), log: silentLog },
    { server: 'mail.test', makeAgain, connections: () => connections.count, leave: (line) => void letGo(line) },
  );
  const settled: string[] = [];
  const reasons = new Map<number, string>();
  const writer = lane.writer(target, 5, (uid, outcome, remark) => {
    settled.push(`${uid} ${outcome}${remark ? ` ${remark.code}` : ''}`);
    if (remark) reasons.set(uid, remark.reason);
  });
  return { stage, lane, target, record, writer, connections, settled, reasons };
}

export const DATE = '2026-11-24T03:40:45+01:00';

export function put(
  writer: MessageWriter,
  uid: number,
  raw: string | Buffer,
  flags: string[] = [],
  date: string | null = DATE,
) {
  const octets = typeof raw === 'string' ? Buffer.from(raw, 'latin1') : raw;
  writer.begin({ uid, flags: internFlags(flags), internalDate: date, sizeBytes: octets.length });
  for (let at = 0; at < octets.length; at += 1000) writer.chunk(octets.subarray(at, at + 1000));
  writer.end();
}

export interface Appended {
  flags: string;
  date: string;
  form: string;
  raw: string;
}

/** The server's side of one APPEND with any number of messages: everything about them, and the command's tag. */
export async function takeAppend(peer: Peer): Promise<{ tag: string; messages: Appended[] }> {
  const { tag, line: command } = await peer.expect(/^APPEND "Box" /);
  let line = command.slice('APPEND "Box"'.length);
  const messages: Appended[] = [];
  while (line !== '') {
    const match = /^ (?:\(([^)]*)\) )?(?:"([^"]*)" )?(~?)\{(\d+)(\+?)\}$/.exec(line);
    if (!match) throw new Error(`no APPEND: ${line}`);
    const [, flags = '', date = '', tilde, size, plus] = match;
    if (plus === '') peer.send('+ go ahead\r\n');
    const raw = (await peer.octets(Number(size))).toString('latin1');
    messages.push({ flags, date, form: `${tilde}{n${plus}}`, raw });
    line = await peer.line();
  }
  return { tag, messages };
}
