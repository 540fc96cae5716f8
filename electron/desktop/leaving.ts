/** The way out: ask while a job runs, bring the engine to a durable stop, then go. */
import { app, powerMonitor } from 'electron';

export interface LeavingPorts {
  running(): number;
  /** Whether the running job may be paused. */
  ask(): Promise<boolean>;
  close(): Promise<void>;
}

export class Leaving {
  readonly #ports: LeavingPorts;
  #state: 'staying' | 'asking' | 'closing' | 'gone' = 'staying';

  constructor(ports: LeavingPorts) {
    this.#ports = ports;
    app.on('before-quit', (event) => {
      if (this.#state === 'gone') return;
      event.preventDefault();
      this.leave(true);
    });
    // From the system there is nobody to ask, and what is running is resumable.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) takeSignal(signal, () => this.leave(false));
    powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
      event?.preventDefault();
      this.leave(false);
    });
  }

  /** May the window go? When not, the way out has begun and ends the app, or the user stays. */
  mayCloseWindow(): boolean {
    if (this.#state === 'gone') return true;
    // On macOS an app lives on without a window, and so do its jobs.
    if (process.platform === 'darwin' && this.#state === 'staying') return true;
    this.leave(true);
    return false;
  }

  leave(askFirst: boolean): void {
    if (this.#state === 'closing' || this.#state === 'gone' || (this.#state === 'asking' && askFirst)) return;
    void this.#leave(askFirst);
  }

  async #leave(askFirst: boolean): Promise<void> {
    if (askFirst && this.#ports.running() > 0) {
      this.#state = 'asking';
      const agreed = await this.#ports.ask();
      // A signal may have decided meanwhile.
      if (this.#state !== 'asking') return;
      this.#state = 'staying';
      if (!agreed) return;
    }
    this.#state = 'closing';
    await this.#ports.close();
    this.#state = 'gone';
    app.quit();
  }
}

/**
 * Electron makes a signal an ordinary wish to quit, which asks. Its handler took the place of Node's where a module had
 * listened before it; only when none listens any more does Node install its own again.
 */
function takeSignal(signal: NodeJS.Signals, act: () => void): void {
  process.removeAllListeners(signal);
  process.on(signal, act);
}
