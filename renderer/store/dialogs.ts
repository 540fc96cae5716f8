/** Questions to the user as promises: a screen asks and awaits; components/dialog-host.tsx shows them. */
import { create } from 'zustand';
import type { Failure } from '../../shared/failure.ts';
import { calls, failureOf } from '../bridge.ts';
import { appNow } from './app-store.ts';

export interface ConfirmQuestion {
  title: string;
  text: string;
  confirm: string;
  /** Instead of "Cancel". */
  cancel?: string;
  /** The answer cannot be taken back. */
  danger?: boolean;
}

export type FolderPurpose = 'open-archive' | 'new-archive';

export type Question =
  | { kind: 'confirm'; question: ConfirmQuestion; answer: (yes: boolean) => void }
  | { kind: 'password'; accountId: string; failure: Failure | null; answer: (given: boolean) => void }
  | { kind: 'vault'; mode: 'create' | 'unlock'; answer: (open: boolean) => void }
  | { kind: 'folder'; purpose: FolderPurpose; start: string | null; answer: (folder: string | null) => void };

interface DialogStore {
  questions: Question[];
}

/** The last question is on top. */
export const useDialogs = create<DialogStore>(() => ({ questions: [] }));

function ask<T>(make: (answer: (value: T) => void) => Question): Promise<T> {
  return new Promise((resolve) => {
    const question: Question = make((value) => {
      useDialogs.setState((store) => ({ questions: store.questions.filter((other) => other !== question) }));
      resolve(value);
    });
    useDialogs.setState((store) => ({ questions: [...store.questions, question] }));
  });
}

export function confirm(question: ConfirmQuestion): Promise<boolean> {
  return ask((answer) => ({ kind: 'confirm', question, answer }));
}

/** @returns true when a password is at hand now */
export function askPassword(accountId: string, failure: Failure | null = null): Promise<boolean> {
  return ask((answer) => ({ kind: 'password', accountId, failure, answer }));
}

/** Make the vault or open it, whichever is needed. @returns true when it is open now */
export function openVault(): Promise<boolean> {
  const { vault } = appNow();
  if (vault === 'open') return Promise.resolve(true);
  return ask((answer) => ({ kind: 'vault', mode: vault === 'none' ? 'create' : 'unlock', answer }));
}

/** The system's dialog on the desktop, ours in a browser. null: the user thought better of it. */
export function pickFolder(purpose: FolderPurpose, start: string | null = null): Promise<string | null> {
  if (appNow().shell === 'desktop') return calls.host.chooseFolder({ purpose, start });
  return ask((answer) => ({ kind: 'folder', purpose, start, answer }));
}

/** @returns true when what was missing is there now */
async function fetchSecret(failure: Failure): Promise<boolean> {
  if (failure.code === 'vault-locked') return openVault();
  const accountId = failure.details?.['accountId'];
  return typeof accountId === 'string' ? askPassword(accountId) : false;
}

/**
 * Do something that may need an account's password; ask for it when it is missing, then do it again.
 *
 * @returns undefined when the user did not give it
 * @throws CallFailure for every other failure
 */
export async function withSecret<T>(act: () => Promise<T>): Promise<T | undefined> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'secret-missing' && failure.code !== 'vault-locked') throw error;
      if (!(await fetchSecret(failure))) return undefined;
    }
  }
}
