import type { Quirk } from './quirks.ts';

/**
 * X-GM-EXT-1 is Gmail's own extension: developers.google.com/workspace/gmail/imap/imap-extensions.
 * 15 connections: support.google.com/mail/answer/7126229.
 */
export const gmail: Quirk = {
  matches: ({ capabilities }) => capabilities.has('X-GM-EXT-1'),
  facts: { name: 'Gmail', maxConnections: 15 },
};
