/** Where the user is: routes as plain state, and what lies above the page. */
import { create } from 'zustand';
import type { MessageRef } from '../../shared/job-request.ts';

/** What a new account is wanted for; its screen goes on there. */
export type AddPurpose = 'account' | 'backup' | 'migrate';

export type Route =
  | { screen: 'welcome' }
  | { screen: 'add-account'; purpose: AddPurpose; next?: NextWithAccount }
  | { screen: 'account'; accountId: string }
  | { screen: 'edit-account'; accountId: string }
  | { screen: 'archive'; archiveId: string; mailbox?: string; message?: MessageRef; search?: string }
  | { screen: 'backup'; accountId: string; mailboxes?: string[] }
  | {
      screen: 'restore';
      archiveId: string | null;
      accountId: string | null;
      mailboxes?: string[];
      messages?: MessageRef[];
    }
  | { screen: 'migrate'; accountId: string | null; targetId?: string | null; mailboxes?: string[] }
  | { screen: 'jobs' }
  /** A job that runs, or its report when it has ended. */
  | { screen: 'job'; jobId: string }
  | { screen: 'search'; text: string }
  | { screen: 'settings' };

export type Screen = Route['screen'];

/** A flow in which the account is missing that is about to be added, and the end that it is meant for. */
export type NextWithAccount =
  | { flow: Extract<Route, { screen: 'migrate' }>; end: 'accountId' | 'targetId' }
  | { flow: Extract<Route, { screen: 'restore' }>; end: 'accountId' };

/** The flow goes on with the account that was added. */
export function withAccount({ flow, end }: NextWithAccount, id: string): Route {
  return { ...flow, [end]: id };
}

export interface Toast {
  id: number;
  text: string;
  /** Shown as a button when what was done can be taken back. */
  undo: (() => void) | null;
}

interface ViewStore {
  route: Route;
  back: Route[];
  toasts: Toast[];
  /** Read out by screen readers. */
  announcement: string;
}

const MAX_BACK = 50;

export const useView = create<ViewStore>(() => ({
  route: { screen: 'welcome' },
  back: [],
  toasts: [],
  announcement: '',
}));

/** Show another screen. */
export function goTo(route: Route): void {
  useView.setState((view) => ({ route, back: [...view.back, view.route].slice(-MAX_BACK) }));
}

/** Replace this screen, leaving no way back to it: after something was finished. */
export function replaceRoute(route: Route): void {
  useView.setState({ route });
}

/** To the screen before this one, or to the given one when there is none. */
export function goBack(otherwise: Route = { screen: 'welcome' }): void {
  useView.setState((view) => ({ route: view.back.at(-1) ?? otherwise, back: view.back.slice(0, -1) }));
}

let lastToast = 0;

/** A word at the foot of the window for six seconds, with a way to take it back where there is one. */
export function showToast(text: string, undo: (() => void) | null = null): void {
  lastToast += 1;
  const id = lastToast;
  useView.setState((view) => ({ toasts: [...view.toasts.slice(-2), { id, text, undo }] }));
  setTimeout(() => dropToast(id), 6000);
}

export function dropToast(id: number): void {
  useView.setState((view) => ({ toasts: view.toasts.filter((toast) => toast.id !== id) }));
}

/** Have a screen reader say something that is only seen otherwise. */
export function announce(text: string): void {
  useView.setState({ announcement: text });
}

export const selectRoute = (view: ViewStore): Route => view.route;
export const selectScreen = (view: ViewStore): Screen => view.route.screen;
