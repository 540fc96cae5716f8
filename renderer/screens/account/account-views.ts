/** What the screen of each account remembers until the app closes, and the newest snapshot of each account. */
import { create } from 'zustand';
import type { AccountOverview } from '../../../shared/overview.ts';
import { FOLDER_ORDER, type Folds, type Sort } from './folder-rows.ts';
import type { TickChoices } from './ticks.ts';

export interface AccountView {
  overview: AccountOverview | null;
  choices: TickChoices;
  folds: Folds;
  sort: Sort;
  /** Path of the row and tile that are chosen. */
  selected: string | null;
}

const FRESH: AccountView = {
  overview: null,
  choices: new Map(),
  folds: new Map(),
  sort: FOLDER_ORDER,
  selected: null,
};

const useAccountViews = create<Readonly<Record<string, AccountView>>>(() => ({}));

/** One part of it: going through the folders must not draw everything else anew. */
export function useAccountView<K extends keyof AccountView>(accountId: string, part: K): AccountView[K] {
  return useAccountViews((views) => (views[accountId] ?? FRESH)[part]);
}

export function changeView(accountId: string, change: Partial<AccountView>): void {
  useAccountViews.setState((views) => ({ [accountId]: { ...(views[accountId] ?? FRESH), ...change } }));
}

export function forgetView(accountId: string): void {
  useAccountViews.setState({ [accountId]: FRESH });
}
