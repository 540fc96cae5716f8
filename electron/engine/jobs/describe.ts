/** Messages as a person recognises them, and the largest of an account. Reads only. */
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { LargeMessage } from '../../../shared/overview.ts';
import { isEngineError } from '../errors.ts';
import type { Envelope } from '../message/header.ts';
import type { Source, SourceLane } from '../source.ts';

export interface MessagePlace {
  mailbox: string;
  uid: number;
}

export const placeKey = ({ mailbox, uid }: MessagePlace): string => `${uid} ${mailbox}`;

/** @returns by placeKey; what the server cannot tell is left out */
export async function describeMessages(source: Source, places: MessagePlace[]): Promise<Map<string, Envelope>> {
  const statuses = new Map((await source.scan()).map((status) => [status.path, status]));
  const lane = await source.openLane();
  const described = new Map<string, Envelope>();
  try {
    for (const [mailbox, there] of Map.groupBy(places, (place) => place.mailbox)) {
      const status = statuses.get(mailbox);
      const envelopes = status
        ? await envelopesOf(
            lane,
            status,
            there.map(({ uid }) => uid),
          )
        : new Map<number, Envelope>();
      for (const [uid, envelope] of envelopes) described.set(placeKey({ mailbox, uid }), envelope);
    }
  } finally {
    await lane.close();
  }
  return described;
}

/** Mailbox by mailbox, largest first; one whose whole size is below the smallest found is not looked into. */
export async function largestMessages(source: Source, limit: number, signal?: AbortSignal): Promise<LargeMessage[]> {
  const statuses = (await source.scan(signal)).filter((m) => m.selectable && m.messages > 0);
  statuses.sort((a, b) => (b.sizeBytes ?? Infinity) - (a.sizeBytes ?? Infinity));
  const lane = await source.openLane(signal);
  try {
    let found: { status: MailboxStatus; uid: number; uidValidity: number; sizeBytes: number }[] = [];
    for (const status of statuses) {
      signal?.throwIfAborted();
      const least = found.length < limit ? 0 : found.at(-1)!.sizeBytes;
      if (status.sizeBytes !== null && status.sizeBytes <= least) continue;
      const { uids, sizes, uidValidity } = await lane.list(status, { sizes: true });
      uids.forEach((uid, i) => {
        if (sizes![i]! > least) found.push({ status, uid, uidValidity, sizeBytes: sizes![i]! });
      });
      found = found.sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, limit);
    }
    return await withEnvelopes(lane, found);
  } finally {
    await lane.close();
  }
}

async function withEnvelopes(
  lane: SourceLane,
  found: { status: MailboxStatus; uid: number; uidValidity: number; sizeBytes: number }[],
): Promise<LargeMessage[]> {
  const envelopes = new Map<string, Envelope>();
  for (const [status, rows] of Map.groupBy(found, (row) => row.status)) {
    for (const [uid, envelope] of await envelopesOf(
      lane,
      status,
      rows.map(({ uid }) => uid),
    )) {
      envelopes.set(placeKey({ mailbox: status.path, uid }), envelope);
    }
  }
  return found.map(({ status, uid, uidValidity, sizeBytes }) => {
    const envelope = envelopes.get(placeKey({ mailbox: status.path, uid }));
    const date = envelope?.sentDate ?? '';
    return {
      ...{ mailbox: status.path, uid, uidValidity, sizeBytes, date: date === '' ? null : date },
      ...{ subject: envelope?.subject ?? '', from: envelope?.from ?? '' },
    };
  });
}

async function envelopesOf(lane: SourceLane, status: MailboxStatus, uids: number[]): Promise<Map<number, Envelope>> {
  try {
    return (await lane.envelopes?.(status, uids)) ?? new Map();
  } catch (error) {
    if (isEngineError(error) && (error.scope === 'mailbox' || error.scope === 'message')) return new Map();
    throw error;
  }
}
