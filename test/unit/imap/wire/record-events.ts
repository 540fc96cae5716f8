import { WireReader } from '../../../../electron/engine/imap/wire/reader.ts';
import type { ReaderLimits, WireHandler } from '../../../../electron/engine/imap/wire/wire-handler.ts';

/** Everything a reader tells about the octets, as plain data. Body chunks are joined: where they were cut is no event. */
export function recordEvents(chunks: Iterable<Buffer>, limits: Partial<ReaderLimits> = {}): unknown[] {
  const events: unknown[] = [];
  let body: Buffer[] = [];
  const handler: WireHandler = {
    bodyBegin: (row, sizeBytes) => {
      events.push({ body: sizeBytes, uid: row.uid, flags: row.flags, date: row.internalDate });
      body = [];
    },
    bodyChunk: (view) => body.push(Buffer.from(view)),
    bodyEnd: () => events.push({ octets: Buffer.concat(body).toString('latin1') }),
    rowEnd: (row) => {
      const { seq, uid, flags, internalDate, sizeBytes, modSeq } = row;
      const [quoted, header, fields] = [row.quotedBody, row.header, row.headerFields].map((b) => b?.toString('latin1'));
      events.push({ row: seq, uid, flags, internalDate, sizeBytes, modSeq, was: row.body, quoted, header, fields });
    },
    untagged: (text) => events.push({ untagged: text }),
    tagged: (tag, line) => events.push({ tag, ...line }),
    continuation: () => events.push('continuation'),
  };
  const reader = new WireReader(handler, limits);
  for (const chunk of chunks) reader.feed(Buffer.from(chunk));
  return events;
}

export function text(octets: string): Buffer {
  return Buffer.from(octets, 'latin1');
}

/** `{n}` CRLF and the octets. */
export function literal(octets: string): string {
  return `{${octets.length}}\r\n${octets}`;
}
