import type { ArgumentReader } from '../arguments.ts';
import { bad, no } from '../refusal.ts';
import { readSearchKeys } from '../search-keys.ts';
import type { Session } from '../session.ts';
import { quoted } from '../text/quote.ts';
import { formatNumberSet } from '../text/number-set.ts';
import type { CommandCall } from './table.ts';

/** SEARCH (RFC 3501 §6.4.4), with RETURN as ESEARCH (RFC 4731). */
export function search(session: Session, args: ArgumentReader, call: CommandCall): string {
  args.space();
  const wishes = args.take('RETURN ') ? readReturn(session, args) : null;
  if (args.take('CHARSET ')) readCharset(args);
  const context = { session, usesModSeq: false };
  const matches = readSearchKeys(args, context);
  args.end();
  const numbers: number[] = [];
  let highestModSeq = 0;
  session.selected.messages.forEach((message, index) => {
    if (message.expunged || !matches(message, index)) return;
    numbers.push(call.byUid ? message.uid : index + 1);
    highestModSeq = Math.max(highestModSeq, message.modSeq);
  });
  const modSeq = context.usesModSeq && numbers.length > 0 ? highestModSeq : null;
  session.out.line(wishes ? extended(numbers, wishes, call, modSeq) : plain(numbers, modSeq));
  return 'OK SEARCH done';
}

function readReturn(session: Session, args: ArgumentReader): string[] {
  if (!session.offers('ESEARCH')) throw bad('ESEARCH is not offered');
  const wishes = args.list(() => args.keyword());
  args.space();
  if (wishes.some((wish) => !['MIN', 'MAX', 'ALL', 'COUNT'].includes(wish))) throw bad('Unknown return option');
  return wishes.length > 0 ? wishes : ['ALL'];
}

function readCharset(args: ArgumentReader): void {
  const charset = args.astring().toUpperCase();
  if (charset !== 'UTF-8' && charset !== 'US-ASCII') throw no('[BADCHARSET (US-ASCII UTF-8)] Unknown charset');
  args.space();
}

function plain(numbers: readonly number[], modSeq: number | null): string {
  return `* SEARCH${numbers.map((n) => ` ${n}`).join('')}${modSeq === null ? '' : ` (MODSEQ ${modSeq})`}`;
}

/** MIN, MAX and ALL are left out when nothing was found (RFC 4731 §3.1). */
function extended(
  numbers: readonly number[],
  wishes: readonly string[],
  call: CommandCall,
  modSeq: number | null,
): string {
  const facts = [`* ESEARCH (TAG ${quoted(call.tag)})${call.byUid ? ' UID' : ''}`];
  const found = numbers.length > 0;
  if (found && wishes.includes('MIN')) facts.push(`MIN ${numbers[0]}`);
  if (found && wishes.includes('MAX')) facts.push(`MAX ${numbers.at(-1)}`);
  if (wishes.includes('COUNT')) facts.push(`COUNT ${numbers.length}`);
  if (found && wishes.includes('ALL')) facts.push(`ALL ${formatNumberSet(numbers)}`);
  if (modSeq !== null) facts.push(`MODSEQ ${modSeq}`);
  return facts.join(' ');
}
