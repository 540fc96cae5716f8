/** The dry run: what would go where. */
import type { MappedPair } from '../engine/engine.ts';
import { formatBytes, formatCount, formatMessages, padEnd, padStart, printable } from './format.ts';
import type { Terminal } from './terminal.ts';

const WHY: Record<MappedPair['reason'], string> = {
  same: '',
  'special-use': 'same kind of folder',
  rule: 'by your rule',
  'below-mapped': 'with the folder above it',
  collision: 'the name was taken',
};

export function printPlan(pairs: MappedPair[], terminal: Terminal): void {
  let messages = 0;
  let bytes = 0;
  const width = Math.min(40, Math.max(10, ...pairs.map((p) => p.source.path.length + 2)));
  for (const { source, targetPath, reason, changed } of pairs) {
    messages += source.messages;
    bytes += source.sizeBytes ?? 0;
    terminal.object({
      type: 'plan',
      mailbox: source.path,
      targetPath,
      messages: source.messages,
      sizeBytes: source.sizeBytes,
      reason,
      changed,
    });
    const why = [WHY[reason], reason === 'collision' ? '' : (changed ?? '')].filter(Boolean).join('; ');
    terminal.say(
      `${padEnd(printable(source.path), width)}${padStart(formatCount(source.messages), 8)}  → ${printable(targetPath)}${why === '' ? '' : terminal.style('dim', `  (${why})`)}`,
    );
  }
  terminal.object({ type: 'summary', mailboxes: pairs.length, messages, sizeBytes: bytes });
  terminal.say();
  terminal.say(
    `${formatCount(pairs.length)} folders, ${formatMessages(messages)}, ${formatBytes(bytes)}. Nothing was written.`,
  );
}
