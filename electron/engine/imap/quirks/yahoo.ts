import { hostEndsWith } from './host.ts';
import type { Quirk } from './quirks.ts';

/**
 * "As few as 5 simultaneous connections": support.getmailbird.com, "Too many simultaneous connections". Yahoo publishes no
 * figure; it refuses with `NO [LIMIT] Too many simultaneous connections`.
 */
export const yahoo: Quirk = {
  matches: ({ host }) => hostEndsWith(host, 'yahoo.com', 'yahoodns.net', 'aol.com', 'yahoo.co.jp'),
  facts: { name: 'Yahoo', maxConnections: 5 },
};
