import { hostEndsWith } from './host.ts';
import type { Quirk } from './quirks.ts';

/** Five connections for one address, refused beyond that with "Too many simultaneous connections": imapsync FAQ.d/FAQ.Yahoo.txt. */
export const yahoo: Quirk = {
  matches: ({ host }) => hostEndsWith(host, 'yahoo.com', 'yahoodns.net', 'aol.com', 'yahoo.co.jp'),
  facts: { name: 'Yahoo', maxConnections: 5 },
};
