/** Trying a sign-in: at most one at a time, and its outcome is only good for what was tried. */
import { useState } from 'react';
import type { Account } from '../../../shared/account.ts';
import type { ConnectionReport } from '../../../shared/connection.ts';
import type { Failure } from '../../../shared/failure.ts';
import { calls, failureOf } from '../../bridge.ts';

export interface SignedIn {
  report: ConnectionReport;
  serverName: string;
  folders: number;
  elapsedMs: number;
}

interface Outcome {
  key: string;
  done: SignedIn | null;
  failure: Failure | null;
}

export interface SignIn {
  /** Of exactly this account and password. */
  done: SignedIn | null;
  failure: Failure | null;
  busy: boolean;
  /** Defaults are what the hook was given. */
  run: (account?: Account) => void;
  clear: () => void;
}

const keyOf = (account: Account | null, password: string) => JSON.stringify([account, password]);

async function tryIt(account: Account, password: string): Promise<Outcome> {
  const key = keyOf(account, password);
  const startedAt = performance.now();
  try {
    const answer = await calls.accounts.test({ account, password });
    return { key, done: { ...answer, elapsedMs: performance.now() - startedAt }, failure: null };
  } catch (error) {
    return { key, done: null, failure: failureOf(error) };
  }
}

export function useSignIn(account: Account | null, password: string): SignIn {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const now = outcome?.key === keyOf(account, password) ? outcome : null;
  return {
    done: now?.done ?? null,
    failure: now?.failure ?? null,
    busy,
    run: (other) => {
      const wanted = other ?? account;
      if (busy || !wanted) return;
      setBusy(true);
      setOutcome(null);
      void tryIt(wanted, password)
        .then(setOutcome)
        .finally(() => setBusy(false));
    },
    clear: () => setOutcome(null),
  };
}
