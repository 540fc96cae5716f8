import { utcStamp } from '../calendar.ts';

export interface Invitation {
  uid: string;
  summary: string;
  location: string;
  description: string;
  startMs: number;
  hours: number;
  organizer: { name: string; address: string };
  attendee: { name: string; address: string };
  sentMs: number;
}

/** An invitation (RFC 5545, RFC 5546 REQUEST). Lines are folded at 75 octets without cutting a character. */
export function makeInvitation(event: Invitation): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Mailferry//Sample//DE',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${utcStamp(event.sentMs)}`,
    `DTSTART:${utcStamp(event.startMs)}`,
    `DTEND:${utcStamp(event.startMs + event.hours * 3_600_000)}`,
    `SUMMARY:${escape(event.summary)}`,
    `LOCATION:${escape(event.location)}`,
    `DESCRIPTION:${escape(event.description)}`,
    `ORGANIZER;CN="${event.organizer.name}":mailto:${event.organizer.address}`,
    `ATTENDEE;CN="${event.attendee.name}";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${event.attendee.address}`,
    'SEQUENCE:0',
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map(fold).join('');
}

const escape = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');

function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 74) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return `${folded}\r\n`;
}
