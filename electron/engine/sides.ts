/** The two sides that a job joins: archives and accounts, opened as sources and sinks. */
import type { Account } from '../../shared/account.ts';
import type { Archive } from './archive/archive.ts';
import type { Layout } from './archive/layout.ts';
import { openArchive, openOrCreateArchive } from './archive/open-archive.ts';
import type { AccountAccess, EnginePorts } from './engine-types.ts';
import { EngineError } from './errors.ts';
import { createImapSink } from './imap/imap-sink.ts';
import { createImapSource } from './imap/imap-source.ts';
import { openLedger } from './jobs/ledger/ledger.ts';
import type { Own } from './jobs/with-all.ts';
import type { Sink } from './sink.ts';
import type { Source } from './source.ts';

export class Sides {
  readonly #ports: EnginePorts;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /** For reading; takes no lock and writes nothing. The caller closes it. */
  openArchive(folder: string): Promise<Archive> {
    return openArchive(folder, { mode: 'read', ...this.#ports });
  }

  async archiveSource(folder: string): Promise<Source> {
    return (await this.openArchive(folder)).source();
  }

  /** @throws EngineError 'archive-other-account', 'usage' for another layout, and what openOrCreateArchive throws */
  async archiveSink(folder: string, layout: Layout | null, account: Account): Promise<Sink> {
    const { clock, log } = this.#ports;
    const owner = `${account.user}@${account.endpoint.host}`;
    const archive = await openOrCreateArchive(folder, { layout: layout ?? 'mbox', account: owner, clock, log });
    const { manifest } = archive;
    const problem =
      manifest.account !== '' && manifest.account.toLowerCase() !== owner.toLowerCase()
        ? new EngineError(
            'archive-other-account',
            `${folder} is the archive of ${manifest.account}, not of ${owner}. Choose another folder for this account.`,
          )
        : layout !== null && manifest.layout !== layout
          ? new EngineError(
              'usage',
              `${folder} has the ${manifest.layout} layout. Leave out --layout, or choose another folder for an archive in ${layout} layout.`,
            )
          : null;
    if (!problem) return archive.sink();
    await archive.close();
    throw problem;
  }

  async imapSource({ account, credential, allowInsecure = false }: AccountAccess, lanes: number): Promise<Source> {
    const id = accountName(account);
    const secret = await credential();
    return createImapSource({ ...this.#imapOptions(allowInsecure), account, credential: secret, id, maxLanes: lanes });
  }

  /** @param own closes the ledger with the job */
  async imapSink(
    { account, credential, allowInsecure = false }: AccountAccess,
    sourceId: string,
    lanes: number,
    own: Own,
  ): Promise<Sink> {
    const { clock, log, stateFolder } = this.#ports;
    const id = accountName(account);
    const secret = await credential();
    const ledger = own(openLedger({ folder: stateFolder, source: sourceId, target: id, clock, log }));
    const common = this.#imapOptions(allowInsecure);
    return createImapSink({ ...common, account, credential: secret, ledger, id, maxLanes: lanes });
  }

  #imapOptions(allowInsecure: boolean) {
    const { clock, log, timeouts = {}, deadlines = {} } = this.#ports;
    return { clock, log, deadlines, sessionOptions: { clock, log, allowInsecure, timeouts } };
  }
}

/** `user@host`, with the port where it is not the usual one: two servers on one host are two accounts. */
export function accountName({ user, endpoint: { host, port } }: Account): string {
  const usual = port === 993 || port === 143;
  return `${user}@${host}${usual ? '' : `:${port}`}`;
}
