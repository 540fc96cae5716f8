import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { DemoAccount } from './account.ts';
import { ByteQueue } from './byte-queue.ts';
import { readCommand } from './command-reader.ts';
import { judgeLiteral } from './literal-rules.ts';
import type { CapabilityName, ServerSettings, SessionFacts } from './options.ts';
import { bad, no } from './refusal.ts';
import { ResponseWriter } from './response-writer.ts';
import { runCommand } from './run-command.ts';
import type { MailboxView } from './view.ts';
import { capabilityList } from './commands/capability.ts';

/** One connection. Commands are run strictly one after another, however many the client has sent ahead. */
export class Session implements SessionFacts {
  readonly id: number;
  readonly settings: ServerSettings;
  readonly out: ResponseWriter;
  account: DemoAccount | null = null;
  view: MailboxView | null = null;
  secure: boolean;
  /** Set by the first command that shows knowledge of CONDSTORE (RFC 7162 §3.1). */
  condstore = false;
  /** Set by LOGOUT, a hook's 'drop', or too much nonsense: the loop ends after the current command. */
  leaving = false;
  #socket: Socket;
  #input: ByteQueue;
  #throttle: NodeJS.Timeout | null = null;
  #full = false;

  constructor(id: number, socket: Socket, settings: ServerSettings, secure: boolean) {
    this.id = id;
    this.settings = settings;
    this.secure = secure;
    this.#socket = socket;
    this.out = new ResponseWriter(socket, settings.latencyMs, settings.bytesPerSecond);
    this.#input = new ByteQueue(
      () => this.out.flush(),
      (full) => this.#setFull(full),
    );
    this.#listen(socket);
  }

  get userName(): string | null {
    return this.account?.name ?? null;
  }

  get selectedPath(): string | null {
    return this.view?.mailbox.path ?? null;
  }

  offers(name: CapabilityName): boolean {
    return this.settings.offers(name);
  }

  /** @throws Refusal NO before sign-in; the command table prevents it */
  get user(): DemoAccount {
    if (!this.account) throw no('Sign in first');
    return this.account;
  }

  get selected(): MailboxView {
    if (!this.view) throw bad('No mailbox selected');
    return this.view;
  }

  /** Until the client leaves or the line is cut. @throws only what a test's hook throws */
  async run(): Promise<void> {
    this.out.line(`* OK [CAPABILITY ${capabilityList(this)}] Mailferry demo server ready`);
    const rules = {
      judge: (parts: readonly (string | Buffer)[], size: number, waiting: boolean): string | null =>
        judgeLiteral(this, parts, size, waiting),
      proceed: (): void => this.out.line('+ OK'),
    };
    while (!this.leaving) {
      const command = await readCommand(this.#input, rules);
      if (!command) break;
      await runCommand(this, command);
      await this.out.pressure();
    }
    await this.out.end();
  }

  /** A line outside a command: the client's answer to `+`. */
  async continuation(prompt: string): Promise<string | null> {
    this.out.line(prompt === '' ? '+ ' : `+ ${prompt}`);
    return this.#input.line(1 << 16).catch(() => null);
  }

  /** Cut the line; nothing more is sent. */
  drop(): void {
    this.leaving = true;
    this.out.close();
    this.#input.end();
    this.#socket.destroy();
  }

  /** Go on under TLS. The tagged OK must have been written; octets sent ahead of TLS are thrown away. */
  startTls(): void {
    const { tls } = this.settings;
    if (!tls) return;
    this.out.flush();
    this.#input.clear();
    this.#socket.removeAllListeners('data');
    this.#socket = new TLSSocket(this.#socket, { isServer: true, key: tls.key, cert: tls.cert });
    this.secure = true;
    this.out.attach(this.#socket);
    this.#listen(this.#socket);
  }

  #listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.#input.end());
    socket.on('close', () => this.#closed());
    // A reset line is an ordinary end; 'close' follows.
    socket.on('error', () => undefined);
  }

  #receive(chunk: Buffer): void {
    this.#input.push(chunk);
    const { bytesPerSecond } = this.settings;
    if (bytesPerSecond === null) return;
    this.#socket.pause();
    this.#throttle = setTimeout(
      () => {
        this.#throttle = null;
        if (!this.#full) this.#socket.resume();
      },
      (chunk.length / bytesPerSecond) * 1000,
    );
  }

  #setFull(full: boolean): void {
    this.#full = full;
    if (full) this.#socket.pause();
    else if (!this.#throttle) this.#socket.resume();
  }

  #closed(): void {
    if (this.#throttle) clearTimeout(this.#throttle);
    this.#throttle = null;
    this.leaving = true;
    this.#input.end();
  }
}
