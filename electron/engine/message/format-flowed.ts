/** Joins the lines that a mailer broke with a blank at their end (RFC 3676 §4). */

/** @param delSp the blank was added when the line was broken and goes away again (§4.1) */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let open: { depth: number; text: string[] } | null = null;
  const close = () => {
    if (open) out.push(`${'>'.repeat(open.depth)}${open.depth > 0 ? ' ' : ''}${open.text.join('')}`);
    open = null;
  };
  for (const line of text.split('\n')) {
    const depth = /^>*/.exec(line)![0].length;
    const content = line.slice(depth).replace(/^ /, '');
    const isSignature = content === '-- ';
    if (open && (open.depth !== depth || isSignature)) close();
    const flows = content.endsWith(' ') && !isSignature;
    open ??= { depth, text: [] };
    open.text.push(flows && delSp ? content.slice(0, -1) : content);
    if (!flows) close();
  }
  close();
  return out.join('\n');
}
