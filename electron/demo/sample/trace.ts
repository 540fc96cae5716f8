import { mailDate } from './calendar.ts';
import type { Address } from './mime/addresses.ts';
import { SAMPLE_OWNER } from './people.ts';
import type { Random } from './random.ts';

/** What the servers on the way wrote on top of a mail, newest first (RFC 5321 §4.4). */
export function traceOf(from: Address, receivedMs: number, random: Random): string[] {
  const domain = from.address.slice(from.address.indexOf('@') + 1);
  const host = `${random.pick(['mail', 'mx', 'out', 'smtp-relay'])}${random.integer(1, 9)}.${domain}`;
  const ip = `192.0.2.${random.integer(2, 250)}`;
  const lines = [
    `Return-Path: <${from.address}>`,
    `Delivered-To: ${SAMPLE_OWNER.address}`,
    `Received: from ${host} (${host} [${ip}])\r\n\tby mx.old.example.org (Postfix) with ESMTPS id ${id(random)}\r\n` +
      `\tfor <${SAMPLE_OWNER.address}>; ${mailDate(receivedMs)}`,
  ];
  if (random.chance(0.6)) lines.push(signature(domain, random));
  if (random.chance(0.7)) {
    lines.push(
      `Authentication-Results: mx.old.example.org;\r\n\tdkim=pass header.d=${domain};\r\n` +
        `\tspf=pass smtp.mailfrom=${from.address}`,
    );
  }
  lines.push(
    `Received: from [10.0.${random.integer(0, 9)}.${random.integer(2, 250)}] (unknown [198.51.100.${random.integer(2, 250)}])\r\n` +
      `\tby ${host} with ESMTPSA id ${id(random)};\r\n\t${mailDate(receivedMs - 2000)}`,
  );
  return lines;
}

const id = (random: Random): string => random.hex(11).toUpperCase();

/** Looks like a DKIM signature (RFC 6376 §3.5) and proves nothing. */
function signature(domain: string, random: Random): string {
  const text = Buffer.from(random.hex(256), 'hex').toString('base64');
  const value = text.match(/.{1,64}/g)?.join('\r\n\t ') ?? '';
  const hash = Buffer.from(random.hex(64), 'hex').toString('base64');
  return (
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain};\r\n\ts=s${random.integer(1, 3)}; ` +
    `h=from:to:subject:date:message-id;\r\n\tbh=${hash};\r\n\tb=${value}`
  );
}
