/** What commands do. A screen takes one over while it is shown; the rest is the same everywhere. */
import { useEffect, useRef } from 'react';
import type { AppState } from '../../shared/app.ts';
import { placesOf } from '../../shared/places.ts';
import { onShellEvent, type ShellEvent } from '../bridge.ts';
import { commandOf, menuCommand, type Command } from '../shortcuts.ts';
import { openArchive, openArchiveFolder, useNotice } from './actions.ts';
import { useAppStore } from './app-store.ts';
import { useDialogs } from './dialogs.ts';
import { goBack, goTo, type Route } from './view-store.ts';

type Handler = () => void;

const handlers = new Map<Command, Handler[]>();

/** While the component is shown, this command is its own. Pass null where it means nothing just now. */
export function useCommand(command: Command, handler: Handler | null): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const isActive = handler !== null;
  useEffect(() => {
    if (!isActive) return;
    const run = () => latest.current?.();
    handlers.set(command, [...(handlers.get(command) ?? []), run]);
    return () => {
      const rest = (handlers.get(command) ?? []).filter((other) => other !== run);
      handlers.set(command, rest);
    };
  }, [command, isActive]);
}

/** The rail's entries in their order, as Ctrl+1…9 counts them. */
export function railRoutes(app: AppState): Route[] {
  return placesOf(app).map(({ kind, id }) =>
    kind === 'account' ? { screen: 'account', accountId: id } : { screen: 'archive', archiveId: id },
  );
}

function toPlace(command: Command): void {
  const { app } = useAppStore.getState();
  const route = app && railRoutes(app)[Number(command.slice(6)) - 1];
  if (route) goTo(route);
}

/** F6 goes round the parts of the window: title bar, rail, page and the panes that a page marks with data-pane. */
function movePane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  // The innermost: a page contains its panes.
  const here = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + step + panes.length) % panes.length];
  const target = next?.querySelector<HTMLElement>(
    '[aria-current],[tabindex="0"],a[href],button:not(:disabled),input:not(:disabled)',
  );
  (target ?? next)?.focus();
}

const EVERYWHERE: Partial<Record<Command, Handler>> = {
  'add-account': () => goTo({ screen: 'add-account', purpose: 'account' }),
  'open-archive': () => void openArchive(),
  settings: () => goTo({ screen: 'settings' }),
  jobs: () => goTo({ screen: 'jobs' }),
  'next-pane': () => movePane(1),
  'previous-pane': () => movePane(-1),
  'go-back': () => goBack(),
};

/** @returns false when nobody takes it */
export function runCommand(command: Command): boolean {
  const handler = handlers.get(command)?.at(-1) ?? EVERYWHERE[command];
  if (command.startsWith('place-')) {
    toPlace(command);
    return true;
  }
  if (!handler) return false;
  handler();
  return true;
}

function takeShellEvent(event: ShellEvent): void {
  switch (event.mailferry) {
    case 'command':
      // A question is answered first.
      if (useDialogs.getState().questions.length === 0) runCommand(menuCommand(event.name));
      return;
    case 'open-archive':
      return void openArchiveFolder(event.folder);
    case 'link-refused':
      return useNotice.setState({ refusedLink: event.url });
    case 'open-job':
      return goTo({ screen: 'job', jobId: event.jobId });
  }
}

/** Keys and the native menu, from now on. @returns a function that ends it */
export function listenToCommands(): () => void {
  const onKey = (event: KeyboardEvent) => {
    const { app } = useAppStore.getState();
    if (!app || event.defaultPrevented || useDialogs.getState().questions.length > 0) return;
    const command = commandOf(event, app);
    if (command && runCommand(command)) event.preventDefault();
  };
  window.addEventListener('keydown', onKey);
  const endShell = onShellEvent(takeShellEvent);
  return () => {
    window.removeEventListener('keydown', onKey);
    endShell();
  };
}
