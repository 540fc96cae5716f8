/**
 * LIST patterns: `*` is anything, `%` anything within one level (RFC 3501 §6.3.8).
 *
 * Walks the set of places reached instead of backtracking, so no pattern can make it slow.
 */
export function matchesPattern(pattern: string, path: string, delimiter: string): boolean {
  let reached = new Set<number>([0]);
  for (const sign of foldInbox(pattern, delimiter)) {
    const next = new Set<number>();
    for (const at of reached) {
      if (sign !== '*' && sign !== '%') {
        if (path[at] === sign) next.add(at + 1);
        continue;
      }
      for (let to = at; to <= path.length && !next.has(to); to++) {
        next.add(to);
        if (sign === '%' && path[to] === delimiter) break;
      }
    }
    reached = next;
  }
  return reached.has(path.length);
}

function foldInbox(pattern: string, delimiter: string): string[] {
  const first = pattern.split(delimiter)[0] ?? '';
  return [...(first.toUpperCase() === 'INBOX' ? `INBOX${pattern.slice(first.length)}` : pattern)].flatMap((c) =>
    c.split(''),
  );
}
