import type { ImapResponse } from 'imapflow';
import { isEngineError } from '../errors.ts';
import { execute, type Line } from './command.ts';
import { sanitizeServerText } from './server-text.ts';
import type { Quota } from './session-types.ts';

/** What is used and allowed where INBOX lives (RFC 9208 §4.1.2). @returns empty when the server tells nothing */
export async function readQuota(line: Line, capabilities: ReadonlySet<string>, signal?: AbortSignal): Promise<Quota[]> {
  const offered = capabilities.has('QUOTA') || [...capabilities].some((name) => name.startsWith('QUOTA=RES-'));
  if (!offered) return [];
  const found: Quota[] = [];
  const untagged = { QUOTA: async (response: ImapResponse) => void found.push(...parseQuota(response)) };
  try {
    await execute(line, 'GETQUOTAROOT', ['INBOX'], { untagged, signal });
  } catch (error) {
    if (!isEngineError(error, 'server-refused') || line.client.isClosed) throw error;
  }
  return found.slice(0, 100);
}

/** `* QUOTA "" (STORAGE 10 512 MESSAGE 20 100)`: resource, use, limit; STORAGE counts units of 1,024 octets. */
function parseQuota(response: ImapResponse): Quota[] {
  const [root, list] = response.attributes ?? [];
  if (!Array.isArray(list)) return [];
  const words = list.map((entry) =>
    entry && !Array.isArray(entry) && typeof entry.value === 'string' ? entry.value : '',
  );
  const name = root && !Array.isArray(root) && root.value ? sanitizeServerText(root.value.toString()) : '';
  const found: Quota[] = [];
  for (let i = 0; i + 2 < words.length; i += 3) {
    const resource = words[i]?.toLowerCase();
    if (resource !== 'storage' && resource !== 'message') continue;
    const unit = resource === 'storage' ? 1024 : 1;
    const used = Number(words[i + 1] || NaN) * unit;
    const limit = Number(words[i + 2] || NaN) * unit;
    if (Number.isSafeInteger(used) && Number.isSafeInteger(limit)) found.push({ root: name, resource, used, limit });
  }
  return found;
}
