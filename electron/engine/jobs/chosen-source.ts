/** Some messages of an archive as a source of their own: to copy one message, or a handful, to an account. */
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { ListWish, MailboxListing, Source, SourceLane } from '../source.ts';

/** With it a job leaves no mark that the mailbox had been gone through, as it does for `since`. */
export const NOT_THE_WHOLE = '0001-01-01';

/** @param chosen UIDs as the source lists them, by mailbox path */
export function chosenSource(source: Source, chosen: ReadonlyMap<string, ReadonlySet<number>>): Source {
  return {
    kind: source.kind,
    id: source.id,
    maxLanes: source.maxLanes,
    namespace: source.namespace ?? null,
    scan: async (signal) => (await source.scan(signal)).filter((m) => chosen.has(m.path)),
    openLane: async (signal) => chosenLane(await source.openLane(signal), chosen),
    close: () => source.close(),
  };
}

function chosenLane(lane: SourceLane, chosen: ReadonlyMap<string, ReadonlySet<number>>): SourceLane {
  const list = async (mailbox: MailboxStatus, wish: ListWish): Promise<MailboxListing> => {
    const listing = await lane.list(mailbox, wish);
    const wanted = chosen.get(mailbox.path);
    return { ...listing, inScope: listing.uids.filter((uid) => wanted?.has(uid) === true) };
  };
  return {
    list,
    fetch: (mailbox, uidValidity, uids, receiver) => lane.fetch(mailbox, uidValidity, uids, receiver),
    close: () => lane.close(),
  };
}
