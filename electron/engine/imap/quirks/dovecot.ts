import type { Quirk } from './quirks.ts';

/** mail_max_userip_connections = 10 unless the administrator changed it: doc.dovecot.org, "mail_max_userip_connections". Two are left to the user's mail program. */
export const dovecot: Quirk = {
  matches: ({ greeting, idName }) => /dovecot/i.test(greeting) || /dovecot/i.test(idName),
  facts: { name: 'Dovecot', maxConnections: 8 },
};
