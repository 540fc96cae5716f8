import { classifyResponse } from '../classify-response.ts';
import type { WireConnection } from './connection.ts';
import { parseStatusLine, type StatusLine } from './status-line.ts';

/** A mailbox being opened or open on a connection, filled in as the answers come. */
export interface Selection {
  path: string;
  state: 'pending' | 'open' | 'failed';
  /** 0: the server gave none. */
  uidValidity: number;
  /** 0: the server gave none. */
  uidNext: number;
  messages: number;
  /** Decimal text; null without CONDSTORE in this mailbox. */
  highestModSeq: string | null;
  /** null: the server gave none, which means that all flags can be set (RFC 9051 §7.1). */
  permanentFlags: readonly string[] | null;
  /**
   * @throws EngineError 'mailbox-missing', 'mailbox-refused' mailbox; or why the connection failed
   */
  opened: Promise<void>;
}

/**
 * Open a mailbox; commands may follow at once, without waiting.
 *
 * @param verb     EXAMINE leaves the mailbox untouched, \Recent included (RFC 9051 §6.3.3)
 * @param condstore the server offers CONDSTORE: ask for HIGHESTMODSEQ (RFC 7162 §3.1.8)
 */
export function openMailbox(
  wire: WireConnection,
  verb: 'EXAMINE' | 'SELECT',
  path: string,
  wireName: string,
  condstore: boolean,
): Selection {
  const selection: Selection = {
    path,
    state: 'pending',
    uidValidity: 0,
    uidNext: 0,
    messages: 0,
    highestModSeq: null,
    permanentFlags: null,
    opened: Promise.resolve(),
  };
  const reply = wire.command(`${verb} ${wireName}${condstore ? ' (CONDSTORE)' : ''}`, {
    untagged: (text) => learn(selection, text),
    onReply: (line) => {
      selection.state = line.status === 'OK' ? 'open' : 'failed';
    },
  });
  selection.opened = reply.then((line) => requireOk(line, 'select'));
  selection.opened.catch(() => undefined);
  return selection;
}

/** @throws EngineError for NO and BAD */
export function requireOk(line: StatusLine, context: Parameters<typeof classifyResponse>[3]): void {
  if (line.status === 'NO' || line.status === 'BAD') throw classifyResponse(line.status, line.code, line.text, context);
}

/** Keep the number of messages right while the mailbox is open. */
export function learn(selection: Selection, text: string): void {
  const count = /^(\d{1,10}) (EXISTS|EXPUNGE)$/i.exec(text);
  if (count) {
    if (count[2]?.toUpperCase() === 'EXISTS') selection.messages = Number(count[1]);
    else selection.messages = Math.max(0, selection.messages - 1);
    return;
  }
  const line = parseStatusLine(text);
  if (line?.status !== 'OK' || line.code === null) return;
  const { code, args } = line;
  if (code === 'UIDVALIDITY') selection.uidValidity = toUint32(args);
  else if (code === 'UIDNEXT') selection.uidNext = toUint32(args);
  else if (code === 'HIGHESTMODSEQ') selection.highestModSeq = /^[1-9]\d{0,18}$/.test(args) ? args : null;
  else if (code === 'NOMODSEQ') selection.highestModSeq = null;
  else if (code === 'PERMANENTFLAGS') selection.permanentFlags = flagsIn(args);
}

function toUint32(text: string): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return value <= 0xffffffff ? value : 0;
}

function flagsIn(args: string): string[] | null {
  const match = /^\(([^()]*)\)$/.exec(args.trim());
  return match ? (match[1] ?? '').split(' ').filter((flag) => flag !== '') : null;
}
