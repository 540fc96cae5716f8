/** Messages that look like mail: headers as servers write them, text, HTML and base64, some lines that mbox has to quote. */
import { below, pick, type Random } from './random.ts';

const POOL_BYTES = 2_000_000;
const CRLF = '\r\n';
const WORDS =
  'the of and to in that for with you your this from have meeting invoice project budget schedule attached regards thanks please review customer contract delivery server update release Größe für über naïve Überweisung'.split(
    ' ',
  );

export interface MessageMaker {
  /** @param sizeBytes aimed at; a message never has less than its header and two short parts */
  make(n: number, sizeBytes: number, sentMs: number): Buffer;
}

export function messageMaker(random: Random): MessageMaker {
  const text = textPool(random);
  const base64 = base64Pool(random);
  return {
    make(n, sizeBytes, sentMs) {
      const boundary = `=_${n.toString(36)}.${below(random, 1e9).toString(36)}`;
      const isPlain = sizeBytes < 12_000 && random() < 0.5;
      const head = Buffer.from(header(random, n, sentMs, isPlain ? null : boundary));
      const room = Math.max(100, sizeBytes - head.length);
      if (isPlain) return Buffer.concat([head, ...take(random, text, room)]);
      return Buffer.concat([head, ...parts(random, room, boundary, text, base64)]);
    },
  };
}

function header(random: Random, n: number, sentMs: number, boundary: string | null): string {
  const date = new Date(sentMs).toUTCString().replace('GMT', '+0000');
  const from = below(random, 900);
  const words = Array.from({ length: 3 + below(random, 6) }, () => pick(random, WORDS)).join(' ');
  const isAscii = /^[ -~]*$/.test(words);
  const subject = isAscii ? words : `=?UTF-8?B?${Buffer.from(words).toString('base64')}?=`;
  const type = boundary === null ? 'text/plain; charset=utf-8' : `multipart/mixed; boundary="${boundary}"`;
  return [
    `Return-Path: <user${from}@example.com>`,
    `Received: from mx${below(random, 40)}.example.net (mx.example.net [192.0.2.${1 + below(random, 250)}])`,
    `\tby mail.example.org with ESMTPS id ${below(random, 2 ** 32).toString(16)}`,
    `\tfor <me@example.org>; ${date}`,
    `From: "Person ${from}" <user${from}@example.com>`,
    'To: Me <me@example.org>',
    `Subject: ${subject}`,
    `Date: ${date}`,
    `Message-ID: <${n}.${below(random, 2 ** 32).toString(16)}@bench.example.org>`,
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: 8bit',
    '',
    '',
  ].join(CRLF);
}

/** Text, HTML and, where there is room for one, an attachment. */
function parts(random: Random, room: number, boundary: string, text: Pool, base64: Pool): Buffer[] {
  const begin = (type: string, more = ''): Buffer =>
    Buffer.from(`--${boundary}${CRLF}Content-Type: ${type}${CRLF}${more}${CRLF}`);
  const attached = room > 20_000 ? Math.floor(room * 0.8) : 0;
  const written = Math.max(50, (room - attached) >> 1);
  const made = [
    begin('text/plain; charset=utf-8'),
    ...take(random, text, written),
    begin('text/html; charset=utf-8'),
    Buffer.from(`<html><body style="font-family:Arial,sans-serif">${CRLF}`),
    ...take(random, text, written),
    Buffer.from(`</body></html>${CRLF}`),
  ];
  if (attached > 0) {
    const fields = `Content-Transfer-Encoding: base64${CRLF}Content-Disposition: attachment; filename="report.pdf"${CRLF}`;
    made.push(begin('application/pdf', fields), ...take(random, base64, attached));
  }
  return [...made, Buffer.from(`--${boundary}--${CRLF}`)];
}

interface Pool {
  octets: Buffer;
  /** Where each line begins. */
  lines: Uint32Array;
}

/** Whole lines, except the last, that is cut and ended. */
function take(random: Random, { octets, lines }: Pool, bytes: number): Buffer[] {
  const taken: Buffer[] = [];
  let left = bytes;
  while (left > 0) {
    const from = lines[below(random, lines.length)]!;
    const slice = octets.subarray(from, from + Math.min(left, POOL_BYTES / 2));
    taken.push(slice);
    left -= slice.length;
    // Cut between CR and LF it needs only the LF: a CR before CR LF is what Dovecot drops.
    if (slice.at(-1) === 13) taken.push(Buffer.from('\n'));
    else if (slice.at(-1) !== 10) taken.push(Buffer.from(CRLF));
  }
  return taken;
}

function textPool(random: Random): Pool {
  return pool(() => {
    const kind = below(random, 4_000);
    if (kind === 0) return 'From here on mbox has to quote';
    if (kind === 1) return '>From the answer to the answer';
    let line = '';
    for (const length = 30 + below(random, 46); line.length < length;) line += `${pick(random, WORDS)} `;
    return line.trimEnd();
  });
}

function base64Pool(random: Random): Pool {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return pool(() => {
    let line = '';
    while (line.length < 76) line += letters[below(random, 64)];
    return line;
  });
}

function pool(line: () => string): Pool {
  const octets = Buffer.alloc(POOL_BYTES + 200);
  const lines: number[] = [];
  let at = 0;
  while (at < POOL_BYTES) {
    lines.push(at);
    at += octets.write(`${line()}${CRLF}`, at);
  }
  // A slice may be half a pool long: one that starts later would run off the end.
  return { octets: octets.subarray(0, at), lines: Uint32Array.from(lines.filter((start) => start < POOL_BYTES / 2)) };
}
