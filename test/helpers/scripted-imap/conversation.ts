import type net from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { ByteReader } from '../byte-reader.ts';
import { Backend } from './backend.ts';
import { readCommand } from './command.ts';
import type { Heard, Stage } from './script.ts';
import type { ScriptedSettings } from './scripted-imap.ts';

/** A client may take as long as it likes: the deadlines under test are its own. */
const PATIENCE_MS = 600_000;

/** One connection of a client: what it says goes to the script, and to the good server where the script lets it. */
export class Conversation {
  readonly #id: number;
  readonly #settings: ScriptedSettings;
  readonly #raw: net.Socket;
  readonly #backend: Backend;
  readonly gone: Promise<void>;
  #socket: net.Socket;
  #reader: ByteReader;
  #isSecure: boolean;
  #hasGone = false;

  constructor(id: number, socket: net.Socket, settings: ScriptedSettings, backendPort: number) {
    this.#id = id;
    this.#settings = settings;
    this.#raw = this.#socket = socket;
    this.#isSecure = socket instanceof TLSSocket;
    this.#backend = new Backend(backendPort);
    this.#reader = new ByteReader(socket, PATIENCE_MS);
    this.gone = new Promise((resolve) => socket.on('close', () => resolve()));
    void this.gone.then(() => {
      this.#hasGone = true;
      this.#backend.close();
    });
  }

  /** Never rejects: a client that has gone is an ordinary end. */
  async run(): Promise<void> {
    try {
      const greeting = await this.#backend.greeting();
      await this.#play('*', 'GREETING', '', async () => greeting);
      while (!this.#hasGone) await this.#next();
    } catch {
      this.#raw.destroy();
    }
  }

  close(): void {
    this.#raw.destroy();
  }

  async #next(): Promise<void> {
    const command = await readCommand(this.#reader, {
      mayCome: async (tag, verb, args) => {
        const obey = async () => '+ OK\r\n';
        return (await this.#play(tag, `${verb} {`, args, obey)) === 'obeyed';
      },
      ask: async () => void (await this.#send('+ \r\n')),
    });
    if (command === null) return;
    const { tag, verb, args, whole } = command;
    if (verb === 'STARTTLS' && this.#settings.tls) await this.#startTls(tag);
    else await this.#play(tag, verb, args, () => this.#backend.run(tag, whole));
    if (verb === 'LOGOUT') this.#socket.end();
  }

  /** @returns whether the good server was asked, and so the thing done */
  async #play(tag: string, verb: string, args: string, obey: () => Promise<string>): Promise<'obeyed' | 'not'> {
    const heard: Heard = {
      ...{ tag, verb, args, connection: this.#id, isSecure: this.#isSecure },
      nth: this.#settings.note(verb, this.#isSecure),
    };
    let done: 'obeyed' | 'not' = 'not';
    const stage: Stage = {
      heard,
      gone: this.gone,
      obey: async () => {
        done = 'obeyed';
        return this.#offering(await obey());
      },
      send: (octets) => this.#send(typeof octets === 'string' ? octets.replaceAll('$TAG', tag) : octets),
      end: () => void this.#socket.end(),
      drop: () => void this.#raw.destroy(),
      reset: () => void this.#raw.resetAndDestroy(),
    };
    const act = this.#settings.script(heard);
    if (act) await act(stage);
    else await stage.send(await stage.obey());
    return done;
  }

  /** Capabilities as the scripted server has them. */
  #offering(answer: string): string {
    const { capabilities, tls } = this.#settings;
    return answer.replace(/(\[|^\* )CAPABILITY ([^\]\r\n]*)/gm, (_, lead: string, list: string) => {
      const names = capabilities(list.split(' '));
      if (tls === null || this.#isSecure) return `${lead}CAPABILITY ${names.join(' ')}`;
      return `${lead}CAPABILITY ${names.filter((name) => !name.startsWith('AUTH=')).join(' ')} STARTTLS LOGINDISABLED`;
    });
  }

  async #startTls(tag: string): Promise<void> {
    const obey = async () => `${tag} OK Begin TLS now\r\n`;
    if ((await this.#play(tag, 'STARTTLS', '', obey)) === 'not' || !this.#settings.tls) return;
    this.#raw.removeAllListeners('data');
    const secureContext = createSecureContext(this.#settings.tls);
    this.#socket = new TLSSocket(this.#raw, { isServer: true, secureContext });
    this.#socket.on('error', () => undefined);
    this.#reader = new ByteReader(this.#socket, PATIENCE_MS);
    this.#isSecure = true;
  }

  async #send(octets: string | Buffer): Promise<boolean> {
    if (this.#hasGone || this.#socket.destroyed || this.#socket.writableEnded) return false;
    const isRoomy = typeof octets === 'string' ? this.#socket.write(octets, 'latin1') : this.#socket.write(octets);
    if (isRoomy) return true;
    const socket = this.#socket;
    await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), this.gone]);
    return !this.#hasGone;
  }
}
