import { nstring, quoted } from '../text/quote.ts';
import { parseAddresses } from './addresses.ts';
import { fieldValue, parseParameters } from './header.ts';
import type { HeaderField } from './header.ts';
import type { MimePart } from './structure.ts';

/** ENVELOPE (RFC 3501 §7.4.2). Values are as they stand in the header, encoded words included. */
export function describeEnvelope(header: readonly HeaderField[]): string {
  const from = addressList(fieldValue(header, 'from'));
  const orFrom = (name: string): string => {
    const list = addressList(fieldValue(header, name));
    return list === 'NIL' ? from : list;
  };
  const items = [
    nstring(fieldValue(header, 'date')),
    nstring(fieldValue(header, 'subject')),
    from,
    orFrom('sender'),
    orFrom('reply-to'),
    addressList(fieldValue(header, 'to')),
    addressList(fieldValue(header, 'cc')),
    addressList(fieldValue(header, 'bcc')),
    nstring(fieldValue(header, 'in-reply-to')),
    nstring(fieldValue(header, 'message-id')),
  ];
  return `(${items.join(' ')})`;
}

/** BODYSTRUCTURE, or BODY without the extension data (RFC 3501 §7.4.2). */
export function describeBody(raw: Buffer, part: MimePart, extended: boolean): string {
  const [type = 'text', subtype = 'plain'] = part.type.split('/');
  if (type === 'multipart' && part.children.length > 0) {
    const children = part.children.map((child) => describeBody(raw, child, extended)).join('');
    const tail = extended ? ` ${parameterList(part.parameters)} ${disposition(part)} NIL NIL` : '';
    return `(${children} ${quoted(subtype)}${tail})`;
  }
  const items = [
    quoted(type),
    quoted(subtype),
    parameterList(part.parameters),
    nstring(fieldValue(part.header, 'content-id')),
    nstring(fieldValue(part.header, 'content-description')),
    nstring((fieldValue(part.header, 'content-transfer-encoding') ?? '7bit').toLowerCase()),
    `${part.end - part.bodyStart}`,
  ];
  const inner = part.children[0];
  if (part.type === 'message/rfc822' && inner) {
    items.push(describeEnvelope(inner.header), describeBody(raw, inner, extended), `${countLines(raw, part)}`);
  } else if (type === 'text') items.push(`${countLines(raw, part)}`);
  if (extended) items.push('NIL', disposition(part), 'NIL', 'NIL');
  return `(${items.join(' ')})`;
}

function addressList(value: string | null): string {
  const addresses = value === null ? [] : parseAddresses(value);
  if (addresses.length === 0) return 'NIL';
  return `(${addresses.map((a) => `(${nstring(a.name)} NIL ${nstring(a.mailbox)} ${nstring(a.host)})`).join('')})`;
}

function parameterList(parameters: ReadonlyMap<string, string>): string {
  if (parameters.size === 0) return 'NIL';
  return `(${[...parameters].map(([name, value]) => `${nstring(name)} ${nstring(value)}`).join(' ')})`;
}

function disposition(part: MimePart): string {
  const value = fieldValue(part.header, 'content-disposition');
  if (value === null) return 'NIL';
  const { head, parameters } = parseParameters(value);
  return `(${nstring(head.toLowerCase())} ${parameterList(parameters)})`;
}

function countLines(raw: Buffer, part: MimePart): number {
  let lines = 0;
  for (let at = raw.indexOf(0x0a, part.bodyStart); at >= 0 && at < part.end; at = raw.indexOf(0x0a, at + 1)) lines++;
  return lines;
}
