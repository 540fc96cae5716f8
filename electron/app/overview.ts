/** The account screen's data: what was known last at once, then what the server says now. */
import fs from 'node:fs';
import path from 'node:path';
import type { AccountOverview } from '../../shared/overview.ts';
import type { AccountSizes, Archive, Engine } from '../engine/engine.ts';
import { isEngineError, toEngineError } from '../engine/errors.ts';
import type { Clock } from '../engine/ports.ts';
import type { Accounts } from './accounts.ts';
import { follow, Signal } from './follow.ts';

const EMPTY: AccountOverview = {
  state: 'connecting',
  readAt: null,
  mailboxes: [],
  quota: [],
  connection: null,
  serverName: '',
  failure: null,
};

/** Snapshots of thousands of folders are costly to draw. */
const EVERY_MS = 250;

export interface OverviewParts {
  engine: Engine;
  accounts: Accounts;
  clock: Clock;
  /** Last known state, one file an account; holds folder names and sizes, no mail and no secret. */
  folder: string;
  openArchiveOf: (accountId: string) => Promise<Archive | null>;
}

/** One reading of one account; windows that look at the same account share it. */
interface Reading {
  current: AccountOverview;
  running: boolean;
  signal: Signal;
}

export class Overviews {
  readonly #parts: OverviewParts;
  readonly #readings = new Map<string, Reading>();

  constructor(parts: OverviewParts) {
    this.#parts = parts;
  }

  watch(id: string, refresh: boolean, signal?: AbortSignal): AsyncGenerator<AccountOverview, void, void> {
    this.#parts.accounts.get(id);
    let reading = this.#readings.get(id);
    if (!reading) {
      reading = { current: this.#lastKnown(id), running: false, signal: new Signal() };
      this.#readings.set(id, reading);
    }
    const { state, readAt } = reading.current;
    const stale = readAt === null || state === 'offline' || state === 'secret-needed';
    if (!reading.running && (refresh || stale || state === 'connecting')) void this.#read(id, reading);
    const watched = reading;
    return follow(
      {
        read: () => watched.current,
        subscribe: (listener) => watched.signal.subscribe(listener),
        ended: () => !watched.running,
      },
      this.#parts.clock,
      EVERY_MS,
      signal,
    );
  }

  /** After a backup: what is new has changed. */
  forget(id: string): void {
    const reading = this.#readings.get(id);
    if (reading && !reading.running) this.#readings.delete(id);
  }

  async #read(id: string, reading: Reading): Promise<void> {
    const { engine, accounts, clock } = this.#parts;
    const set = (change: Partial<AccountOverview>) => {
      reading.current = { ...reading.current, ...change };
      reading.signal.emit();
    };
    reading.running = true;
    set({ state: 'connecting', failure: null });
    let archive: Archive | null = null;
    try {
      archive = await this.#parts.openArchiveOf(id);
      const onUpdate = (sizes: AccountSizes) => {
        set({ ...sizes, mailboxes: [...sizes.mailboxes], state: 'reading', readAt: clock.date().toISOString() });
      };
      const sizes = await engine.sizes(accounts.access(id), undefined, { archive, onUpdate });
      reading.running = false;
      set({ ...sizes, state: 'ready', readAt: clock.date().toISOString() });
      this.#keep(id, reading.current);
    } catch (error) {
      reading.running = false;
      const secretNeeded = isEngineError(error, 'secret-missing', 'vault-locked');
      set({ state: secretNeeded ? 'secret-needed' : 'offline', failure: toEngineError(error).toFailure() });
    } finally {
      await archive?.close();
    }
  }

  #file(id: string): string {
    return path.join(this.#parts.folder, `${id}.json`);
  }

  #lastKnown(id: string): AccountOverview {
    try {
      return {
        ...EMPTY,
        ...(JSON.parse(fs.readFileSync(this.#file(id), 'utf8')) as AccountOverview),
        state: 'connecting',
      };
    } catch {
      return EMPTY;
    }
  }

  /** Losing it costs one look at the server. */
  #keep(id: string, overview: AccountOverview): void {
    if (this.#parts.accounts.get(id).demo) return;
    try {
      fs.mkdirSync(this.#parts.folder, { recursive: true, mode: 0o700 });
      fs.writeFileSync(this.#file(id), JSON.stringify(overview), { mode: 0o600 });
    } catch {
      // The next start reads the server again.
    }
  }
}
