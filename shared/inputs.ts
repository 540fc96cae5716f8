/** Shapes of what a window may send. Everything is bounded: the page is trusted no further than its schema. */
import * as z from 'zod';

// Without it zod compiles checks with `new Function`, which a strict page forbids.
z.config({ jitless: true });

export const text = (maxLength: number) => z.string().max(maxLength);

export const account = z.object({
  user: text(1000),
  endpoint: z.object({
    host: text(253).min(1),
    port: z.int().min(1).max(65535),
    security: z.enum(['tls', 'starttls', 'none']),
    tlsCa: text(1_000_000).optional(),
    tlsFingerprint: text(200).optional(),
  }),
});

export const secretPlace = z.enum(['keychain', 'vault', 'ask']);

export const settingsPatch = z.object({
  language: z.enum(['system', 'en', 'de']).optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
  archivesFolder: text(4096).optional(),
  connections: z.int().min(1).max(16).optional(),
  bytesPerSecond: z.number().min(1000).nullable().optional(),
  notify: z.boolean().optional(),
  keepAwake: z.boolean().optional(),
  singleKeys: z.boolean().optional(),
});

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const mailboxPath = text(10_000);
const mailboxes = z.array(mailboxPath).max(200_000).nullable();

export const messageRef = z.object({
  mailbox: mailboxPath,
  uidValidity: z.number().int().min(0),
  uid: z.number().int().min(0),
});

const jobOptions = z.object({
  since: day.nullable(),
  connections: z.int().min(1).max(16).nullable(),
  bytesPerSecond: z.number().min(1000).nullable(),
  dateFromHeader: z.boolean(),
  proof: z.enum(['sizes', 'sample', 'full']),
});

const renames = z.array(z.object({ from: mailboxPath, to: mailboxPath })).max(200_000);

export const jobRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backup'),
    accountId: text(200),
    folder: text(4096).min(1),
    layout: z.enum(['mbox', 'eml']).nullable(),
    mailboxes,
    options: jobOptions,
  }),
  z.object({
    kind: z.literal('restore'),
    archiveId: text(200),
    accountId: text(200),
    mailboxes,
    messages: z.array(messageRef).max(100_000).nullable(),
    renames,
    into: mailboxPath.nullable(),
    options: jobOptions,
  }),
  z.object({
    kind: z.literal('migrate'),
    accountId: text(200),
    targetId: text(200),
    mailboxes,
    renames,
    into: mailboxPath.nullable(),
    options: jobOptions,
  }),
  z.object({ kind: z.literal('verify'), archiveId: text(200), againstAccountId: text(200).nullable() }),
]);

export const messageQuery = z.object({
  mailbox: mailboxPath.nullable(),
  text: text(1000),
  field: z.enum(['everywhere', 'people', 'subject', 'attachments']),
  unread: z.boolean(),
  flagged: z.boolean(),
  attachment: z.boolean(),
  after: day.nullable(),
  before: day.nullable(),
  sort: z.enum(['newest', 'oldest', 'largest', 'from', 'subject', 'relevance']),
});
