import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** A message as Python's `mailbox.mbox` delimits it, one level of mboxrd quoting taken off. */
export interface PythonMessage {
  sizeBytes: number;
  sha256: string;
  /** Without one final CR LF or LF: Python keeps a separating CR LF as part of the message. */
  sha256Trimmed: string;
}

/** In the order of the files given; each file's messages in its own order. @throws Error when Python cannot read one */
export function readMboxWithPython(paths: readonly string[]): PythonMessage[][] {
  if (paths.length === 0) return [];
  const script = join(import.meta.dirname, 'read_mbox.py');
  const out = execFileSync('python3', [script, ...paths], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  const lines = out.trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { messages: PythonMessage[] }).messages);
}
