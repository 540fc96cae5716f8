/** Messages at the edges of buffers, calendars and flag lists. */
import { header, message, ofSize, plain, type NastyMessage } from './compose.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

export function sizeMessages(): NastyMessage[] {
  const sizes = [
    4 * KIB - 1,
    4 * KIB,
    4 * KIB + 1,
    64 * KIB - 1,
    64 * KIB,
    64 * KIB + 1,
    MIB - 1,
    MIB,
    MIB + 1,
    4 * MIB,
  ];
  const endAt = (sizeBytes: number): string => {
    const text = ofSize(`Cut at ${sizeBytes}`, sizeBytes);
    return `${text.slice(0, -2)}yy`;
  };
  return [
    ...sizes.map((size) => message(`exactly ${size} octets`, ofSize(`Size ${size}`, size))),
    message('exactly 65536 octets without a final line end', endAt(64 * KIB)),
    message('a line of 1 MB', plain('One long line', 'x'.repeat(1_000_000))),
    message('a line of 1 MB without an end', `${header('One endless line')}\r\n${'y'.repeat(1_000_000)}`),
    message('lines of 998 and 999 octets', plain('998', 'a'.repeat(998), 'b'.repeat(999), 'c'.repeat(1000))),
    message('40,000 empty lines', plain('Empty lines', '\r\n'.repeat(40_000))),
    message('CR LF across a 64 KiB border', `${ofSize('Border', 64 * KIB + 1)}after it\r\n`),
  ];
}

export function dateMessages(): NastyMessage[] {
  const dates: [name: string, internalDate: string | null][] = [
    ['no date given', null],
    ['the zone +1400', ' 1-Jan-2024 00:00:01 +1400'],
    ['the zone -1200', '31-Dec-2023 23:59:59 -1200'],
    ['the zone +0545', '29-Feb-2024 12:00:00 +0545'],
    ['the zone -0000', ' 4-Mar-2024 09:15:00 -0000'],
    ['the zone +0001', ' 4-Mar-2024 09:15:00 +0001'],
    ['the last second of 1969', '31-Dec-1969 23:59:59 +0000'],
    ['the first second of 1970', ' 1-Jan-1970 00:00:00 +0000'],
    ['a day of 1953', '17-Jun-1953 12:00:00 +0100'],
    ['the end of 32 bits', '19-Jan-2038 03:14:08 +0000'],
    ['the year 2106 and after', ' 8-Feb-2106 06:28:16 +0000'],
    ['the year 9999', '31-Dec-9999 23:59:59 +0000'],
    ['the hour that summer time repeats', '27-Oct-2024 02:30:00 +0200'],
    ['a leap second', '30-Jun-2015 23:59:60 +0000'],
    ['a day that does not exist', '31-Feb-2024 09:15:00 +0000'],
    ['a month that does not exist', ' 4-Mrz-2024 09:15:00 +0000'],
  ];
  return dates.map(([name, internalDate]) =>
    message(`INTERNALDATE: ${name}`, plain(`Date ${name}`, 'x'), { internalDate }),
  );
}

export function flagMessages(): NastyMessage[] {
  const many = Array.from({ length: 20 }, (_, i) => `many${String(i).padStart(2, '0')}`);
  const lists: [name: string, flags: string[]][] = [
    ['every system flag but Deleted', ['\\Seen', '\\Answered', '\\Flagged', '\\Draft']],
    ['Deleted', ['\\Deleted']],
    ['Seen and Deleted', ['\\Seen', '\\Deleted']],
    ['forwarded and answered', ['\\Seen', '\\Answered', '$Forwarded', '$MDNSent']],
    ['Junk and NonJunk', ['Junk', 'NonJunk', '$Junk', '$NotJunk']],
    ['labels of a mail program', ['$Label1', '$label2', '$Label5']],
    ['keywords that differ in case', ['Project', 'project']],
    ['keywords with signs', ["it's", 'a+b=c', '<tag>', '#hash', 'semi;colon', 'under_score', 'dot.dot']],
    ['a keyword of 100 characters', ['k'.repeat(100)]],
    ['twenty keywords', many],
    ['a keyword that looks like modified UTF-7', ['&AOQ-ndern']],
    ['a system flag that is none', ['\\Seen', '\\Unheard']],
  ];
  return lists.map(([name, flags]) => message(`flags: ${name}`, plain(`Flags ${name}`, 'x'), { flags }));
}
