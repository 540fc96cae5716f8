/** What a restore or a move would do, in full: every pair, and the numbers of a dry run. Nothing is written. */
import type { Credential } from '../../shared/account.ts';
import type { Quota } from '../../shared/connection.ts';
import type { MailboxStatus } from '../../shared/mailbox.ts';
import { createImapSource } from './imap/imap-source.ts';
import { openSession } from './imap/session.ts';
import { forecast, type Forecast } from './jobs/forecast.ts';
import { planUpload, type UploadOptions } from './jobs/upload.ts';
import type { MappedPair } from './plan/mapping.ts';
import type { Clock, Log } from './ports.ts';
import type { Source } from './source.ts';
import type { AccountAccess } from './engine-types.ts';

export interface Preview {
  /** Of every mailbox, chosen or not. */
  pairs: MappedPair[];
  /** Mailboxes of the target as they are. */
  targets: MailboxStatus[];
  targetDelimiter: string | null;
  /** Of the chosen mailboxes. */
  forecast: Forecast;
  quota: Quota[];
  maxMessageBytes: number | null;
}

export async function previewUpload(
  source: Source,
  to: AccountAccess,
  options: UploadOptions,
  { clock, log }: { clock: Clock; log: Log },
): Promise<Preview> {
  const credential = await to.credential();
  const sessionOptions = { clock, log, allowInsecure: to.allowInsecure ?? false };
  const target = await lookAt(to, credential, sessionOptions);
  const statuses = await source.scan();
  const from = { scan: async () => statuses, namespace: source.namespace ?? null };
  const parts = { source: from, target: { scan: async () => target.mailboxes, namespace: target.namespace } };
  const chosen = await planUpload(parts, options);
  const pairs = options.paths ? withOthers(chosen, await planUpload(parts, { ...options, paths: null })) : chosen;
  const reader = createImapSource({ account: to.account, credential, clock, log, sessionOptions });
  try {
    const { maxMessageBytes, quota, mailboxes: targets } = target;
    const limits = { maxMessageBytes, since: options.since };
    const numbers = await forecast(source, reader, chosen, targets, limits);
    return {
      pairs,
      targets,
      targetDelimiter: target.namespace.delimiter,
      forecast: numbers,
      quota,
      maxMessageBytes,
    };
  } finally {
    await reader.close();
  }
}

/** The pairs as the job makes them, and the mailboxes that stay behind where they would have gone. */
function withOthers(chosen: MappedPair[], all: MappedPair[]): MappedPair[] {
  const taken = new Map(chosen.map((pair) => [pair.source.path, pair]));
  return all.map((pair) => taken.get(pair.source.path) ?? pair);
}

async function lookAt(to: AccountAccess, credential: Credential, options: Parameters<typeof openSession>[2]) {
  const session = await openSession(to.account, credential, options);
  try {
    const { namespace, quirks } = session;
    return {
      mailboxes: await session.scan(),
      quota: await session.quota(),
      namespace: { ...namespace, bmpOnly: quirks.bmpNamesOnly },
      maxMessageBytes: appendLimit(session.capabilities),
    };
  } finally {
    await session.logout();
  }
}

/** RFC 7889 §3; a server with one limit for each mailbox tells it only when a mailbox is about to be filled. */
function appendLimit(capabilities: ReadonlySet<string>): number | null {
  for (const capability of capabilities) {
    const limit = /^APPENDLIMIT=(\d{1,15})$/.exec(capability);
    if (limit) return Number(limit[1]);
  }
  return null;
}
