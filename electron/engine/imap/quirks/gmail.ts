import type { Quirk } from './quirks.ts';

/**
 * X-GM-EXT-1 is Gmail's own extension: developers.google.com/workspace/gmail/imap/imap-extensions.
 * 15 connections: support.google.com/mail/answer/7126229. 2,500 MB down and 500 MB up a day: support.google.com/a/answer/1071518.
 * Every message is in All Mail as well (imap-extensions, "Special-Use Extension of the LIST command"), so that comes last.
 */
export const gmail: Quirk = {
  matches: ({ capabilities }) => capabilities.has('X-GM-EXT-1'),
  facts: {
    name: 'Gmail',
    maxConnections: 15,
    dailyDownBytes: 2_500_000_000,
    dailyUpBytes: 500_000_000,
    lastMailboxes: ['important', 'flagged', 'all'],
  },
};
