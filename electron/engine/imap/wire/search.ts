import type { WireConnection } from './connection.ts';
import { addNumbers, expandSet, mostUids, UidList } from './number-set.ts';
import { protocolError } from './line-errors.ts';
import { learn, requireOk, type Selection } from './selection.ts';

/**
 * The UIDs that match, ascending.
 *
 * @param criteria such as `ALL` or `SINCE 1-Feb-2026`
 * @param extended the server offers ESEARCH: it sends ranges instead of numbers (RFC 4731)
 * @param selection kept up to date with what the server says meanwhile
 * @throws EngineError of scope mailbox when the server refuses
 */
export async function searchUids(
  wire: WireConnection,
  criteria: string,
  extended: boolean,
  selection?: Selection,
): Promise<Uint32Array> {
  let most = 0;
  let list: UidList | null = null;
  const untagged = (text: string): void => {
    if (/^E?SEARCH\b/i.test(text)) {
      // The command may be sent right behind EXAMINE: how many there are is known by now.
      most ||= mostUids(selection?.messages ?? 0);
      list ??= new UidList(most);
      addResult(list, text, most);
    } else if (selection) learn(selection, text);
  };
  requireOk(await wire.command(`UID SEARCH ${extended ? 'RETURN (ALL) ' : ''}${criteria}`, { untagged }), 'select');
  return ((list as UidList | null) ?? new UidList()).toSorted();
}

/** A server may answer ESEARCH with SEARCH: both are taken. Long results come in several parts. */
function addResult(list: UidList, text: string, most: number): void {
  if (/^SEARCH/i.test(text)) {
    addNumbers(list, text.slice('SEARCH'.length));
    return;
  }
  const all = /\sALL\s+(\S+)/i.exec(text);
  if (!all) return;
  const members = expandSet(all[1] as string, most - list.length);
  if (members === null) throw protocolError('a search result that is no set of numbers');
  for (const uid of members) list.push(uid);
}
