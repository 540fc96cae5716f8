/** An account's snapshots while its screen is shown; the last one stays until a newer one comes. */
import { useEffect, useState } from 'react';
import type { SavedAccount } from '../../../shared/app.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountOverview } from '../../../shared/overview.ts';
import { calls } from '../../bridge.ts';
import { useStream } from '../../lib/use-stream.ts';
import { askPassword, openVault } from '../../store/dialogs.ts';
import { changeView, useAccountView } from './account-views.ts';

const NOTHING: AccountOverview = {
  state: 'connecting',
  readAt: null,
  mailboxes: [],
  quota: [],
  connection: null,
  serverName: '',
  failure: null,
};

async function* remembered(id: string, stream: AsyncIterable<AccountOverview>) {
  for await (const overview of stream) {
    changeView(id, { overview });
    yield overview;
  }
}

export interface OverviewNow {
  overview: AccountOverview;
  /** The call itself failed; a server that cannot be reached is part of the overview. */
  failure: Failure | null;
  /** Connect and read everything again. */
  readAgain: () => void;
  /** Ask for what is missing to sign in, then read again. */
  signIn: () => void;
}

/** Ask for the password or the vault. @returns true when it may be tried again */
function askSecret(accountId: string, failure: Failure | null): Promise<boolean> {
  return failure?.code === 'vault-locked' ? openVault() : askPassword(accountId);
}

export function useOverview(account: SavedAccount): OverviewNow {
  const { id } = account;
  const [turn, setTurn] = useState(0);
  const key = `${id}:${turn}:${account.lastBackup?.jobId ?? ''}`;
  const stream = useStream(key, async (signal) =>
    remembered(id, await calls.accounts.overview({ id, refresh: turn > 0 }, { signal })),
  );
  const overview = useAccountView(id, 'overview');
  const now = overview ?? NOTHING;
  const readAgain = () => setTurn((before) => before + 1);
  const signIn = () => {
    void askSecret(id, now.failure).then((given) => {
      if (given) readAgain();
    });
  };
  useAskOnce(stream.value?.state === 'secret-needed', signIn);
  return { overview: now, failure: stream.failure, readAgain, signIn };
}

/** The first time that a password is missing it is asked for unbidden; after that there is a button. */
function useAskOnce(isNeeded: boolean, ask: () => void): void {
  const [hasAsked, setAsked] = useState(false);
  const asks = isNeeded && !hasAsked;
  useEffect(() => {
    if (!asks) return;
    const timer = setTimeout(() => {
      setAsked(true);
      ask();
    });
    return () => clearTimeout(timer);
    // ask is a new function at every render; only the need counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asks]);
}
