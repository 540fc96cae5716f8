/**
 * What the desktop's shell says to its page, by window.postMessage from its own origin. There is no way back: what the
 * page wants it asks the engine, by the contract. The page listens from its first module on.
 */

/** A menu entry or its shortcut, done by the page. */
export type ShellCommand =
  | 'add-account'
  | 'open-archive'
  | 'back-up'
  | 'read-sizes'
  | 'save'
  | 'print'
  | 'search'
  | 'find'
  | 'next-pane'
  | 'previous-pane'
  | 'jobs'
  | 'settings'
  | `go-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

export type ShellNews =
  /** ports[0] of the event leads to the engine. A newer port replaces the one before. */
  | { mailferry: 'engine-port' }
  /** stopped: it ended by itself and is being started again, a new port follows. failed: it will not start. */
  | { mailferry: 'engine'; state: 'stopped' | 'failed' }
  | { mailferry: 'command'; name: ShellCommand }
  /** The user opened this folder's archive in the system's file manager. */
  | { mailferry: 'open-archive'; folder: string }
  /** The user clicked on a link in a mail that the shell does not open: one without encryption. */
  | { mailferry: 'link-refused'; url: string }
  /** The user clicked on the notification of a job's end. */
  | { mailferry: 'open-job'; jobId: string };
