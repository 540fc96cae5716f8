import { hostEndsWith } from './host.ts';
import type { Quirk } from './quirks.ts';

/**
 * Greeting `The Microsoft Exchange IMAP4 service is ready`. 16 connections for one user unless the administrator changed
 * it: learn.microsoft.com, "Set connection limits for IMAP4"; half of them are left to the user's other programs.
 * RFC822.SIZE may be the space that a message takes there, unless EnableExactRFC822Size is set: Microsoft's notes on the
 * support of RFC 3501 in Exchange, section 6.4.5, and learn.microsoft.com, "Set-ImapSettings".
 * The pause it wants is in the text of its BAD: see throttling.ts.
 */
export const exchange: Quirk = {
  matches: ({ greeting, host }) =>
    /microsoft exchange/i.test(greeting) || hostEndsWith(host, 'outlook.office365.com', 'outlook.com', 'office365.com'),
  facts: { name: 'Exchange', maxConnections: 8, sizesAreEstimates: true },
};
