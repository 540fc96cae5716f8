/** The query of the screen and the list that answers it. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { MessageQuery } from '../../../shared/browse.ts';
import type { Route } from '../../store/view-store.ts';
import { calls, failureOf } from '../../bridge.ts';
import { PAGE, PageStore, type ListState } from './page-store.ts';
import { asked, EVERYTHING } from './query.ts';

export interface ArchiveList {
  query: MessageQuery;
  /** As it stands in the search box. */
  typed: string;
  state: ListState;
  change: (part: Partial<MessageQuery>) => void;
  type: (text: string) => void;
  need: (first: number, last: number) => void;
  again: () => void;
}

/** @param edition changes when the archive has something new to show */
export function useArchiveList(
  { archiveId, mailbox, search }: Extract<Route, { screen: 'archive' }>,
  edition: string,
): ArchiveList {
  const [typed, setTyped] = useState(search ?? '');
  const [query, setQuery] = useState<MessageQuery>({
    ...EVERYTHING,
    text: search ?? '',
    mailbox: search ? null : (mailbox ?? null),
  });
  const [tries, setTries] = useState(0);
  const [store] = useState(
    () =>
      new PageStore({
        load: (wanted, offset, signal) =>
          calls.archives.messages({ id: archiveId, query: wanted, offset, limit: PAGE }, { signal }),
        failureOf,
      }),
  );
  const state = useSyncExternalStore(store.subscribe, store.read);
  const wanted = asked(query);
  const key = JSON.stringify(wanted);
  const storeKey = `${edition}:${tries}:${key}`;
  useEffect(() => {
    store.show(storeKey, wanted);
    // The query is told apart by its key.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store, storeKey]);
  useEffect(() => () => store.close(), [store]);
  const change = (part: Partial<MessageQuery>) => setQuery((now) => ({ ...now, ...part }));
  return {
    ...{ query: wanted, typed, state, change },
    type: (text) => {
      setTyped(text);
      change({ text });
    },
    need: (first, last) => store.need(first, last),
    again: () => setTries((count) => count + 1),
  };
}
