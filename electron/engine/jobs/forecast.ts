/** The dry run's numbers: what a restore or a move would send, without opening anything for writing. */
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { MappedPair } from '../plan/mapping.ts';
import type { Source, SourceLane } from '../source.ts';

export interface Forecast {
  toCopy: number;
  alreadyThere: number;
  /** null: the target names no limit. */
  tooLarge: number | null;
  bytes: number;
}

export interface ForecastOptions {
  /** Octets that the target takes at most in one message (RFC 7889); null: not told. */
  maxMessageBytes: number | null;
  since: string | null;
}

/**
 * A forecast, not the plan itself: a message counts as already there when the target mailbox has one with the same
 * Message-ID. The job itself compares content, and servers that rewrite mail are dealt with there.
 */
export async function forecast(
  source: Source,
  target: Source,
  pairs: MappedPair[],
  targets: MailboxStatus[],
  { maxMessageBytes, since }: ForecastOptions,
): Promise<Forecast> {
  const sum: Forecast = { toCopy: 0, alreadyThere: 0, tooLarge: maxMessageBytes === null ? null : 0, bytes: 0 };
  const there = new Map(targets.map((t) => [t.path, t]));
  const lanes = new Lanes(source, target);
  try {
    for (const pair of pairs) {
      const filled = there.get(pair.targetPath);
      const compare = filled !== undefined && filled.messages > 0 && pair.source.messages > 0;
      const { sizeBytes } = pair.source;
      if (!compare && maxMessageBytes === null && since === null && sizeBytes !== null) {
        sum.toCopy += pair.source.messages;
        sum.bytes += sizeBytes;
        continue;
      }
      if (pair.source.messages === 0) continue;
      await countOne(sum, pair.source, compare ? filled : null, lanes, { maxMessageBytes, since });
    }
  } finally {
    await lanes.close();
  }
  return sum;
}

async function countOne(
  sum: Forecast,
  source: MailboxStatus,
  target: MailboxStatus | null,
  lanes: Lanes,
  { maxMessageBytes, since }: ForecastOptions,
): Promise<void> {
  const from = await lanes.source();
  const listing = await from.list(source, { sizes: true, messageIds: target !== null, ...(since ? { since } : {}) });
  const present = target ? await messageIdsOf(await lanes.target(), target) : new Map<string, number>();
  const chosen = listing.inScope ? new Set(listing.inScope) : null;
  listing.uids.forEach((uid, i) => {
    if (chosen && !chosen.has(uid)) return;
    const id = listing.messageIds?.[i] ?? '';
    const copies = id === '' ? 0 : (present.get(id) ?? 0);
    if (copies > 0) {
      present.set(id, copies - 1);
      sum.alreadyThere++;
      return;
    }
    const size = listing.sizes![i]!;
    if (maxMessageBytes !== null && size > maxMessageBytes) sum.tooLarge!++;
    else {
      sum.toCopy++;
      sum.bytes += size;
    }
  });
}

async function messageIdsOf(lane: SourceLane, mailbox: MailboxStatus): Promise<Map<string, number>> {
  const { messageIds } = await lane.list(mailbox, { messageIds: true });
  const counts = new Map<string, number>();
  for (const id of messageIds!) if (id !== '') counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** One lane to each side, opened when first needed. */
class Lanes {
  readonly #source: Source;
  readonly #target: Source;
  #from: SourceLane | null = null;
  #to: SourceLane | null = null;

  constructor(source: Source, target: Source) {
    this.#source = source;
    this.#target = target;
  }

  async source(): Promise<SourceLane> {
    return (this.#from ??= await this.#source.openLane());
  }

  async target(): Promise<SourceLane> {
    return (this.#to ??= await this.#target.openLane());
  }

  async close(): Promise<void> {
    await this.#from?.close();
    await this.#to?.close();
  }
}
