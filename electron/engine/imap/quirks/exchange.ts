import { hostEndsWith } from './host.ts';
import type { Quirk } from './quirks.ts';

/**
 * Greeting `The Microsoft Exchange IMAP4 service is ready`. 16 connections for one mailbox is the default of
 * ImapMaxConcurrency: learn.microsoft.com, "Message throttling and throttling policies in Exchange Server".
 * The pause it wants is in the text of its BAD: see throttling.ts.
 */
export const exchange: Quirk = {
  matches: ({ greeting, host }) =>
    /microsoft exchange/i.test(greeting) || hostEndsWith(host, 'outlook.office365.com', 'outlook.com', 'office365.com'),
  facts: { name: 'Exchange', maxConnections: 8 },
};
