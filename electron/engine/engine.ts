/** The engine's face: everything a host may call. Hosts are thin; no decision about mail is taken outside. */
import type { Account, Credential } from '../../shared/account.ts';
import type { ConnectionReport, Quota } from '../../shared/connection.ts';
import type { LargeMessage } from '../../shared/overview.ts';
import type { Archive, ArchivedMailbox, ArchivedMessage } from './archive/archive.ts';
import type { Layout } from './archive/layout.ts';
import { openArchive, openOrCreateArchive } from './archive/open-archive.ts';
import { checkArchive, repairArchive, type CheckReport, type RepairReport } from './archive/maintain.ts';
import { ArchiveBrowser } from './browse/archive-browser.ts';
import { EngineError } from './errors.ts';
import { createImapSink } from './imap/imap-sink.ts';
import { createImapSource } from './imap/imap-source.ts';
import { openSession } from './imap/session.ts';
import { backup, type BackupOptions } from './jobs/backup.ts';
import { compare, type CompareOptions } from './jobs/compare.ts';
import { startJob, type JobHandle } from './jobs/job-handle.ts';
import { withAll, type Own } from './jobs/with-all.ts';
import { openLedger } from './jobs/ledger/ledger.ts';
import { DEFAULT_RETRY, type RetryPolicy } from './jobs/retry.ts';
import { planUpload, upload, type UploadOptions } from './jobs/upload.ts';
import { describeMessages, largestMessages, placeKey, type MessagePlace } from './jobs/describe.ts';
import { chosenSource, NOT_THE_WHOLE } from './jobs/chosen-source.ts';
import { survey, type SurveyedMailbox } from './jobs/survey.ts';
import { verify } from './jobs/verify.ts';
import type { Envelope } from './message/header.ts';
import type { MappedPair } from './plan/mapping.ts';
import type { Clock, Log } from './ports.ts';
import { previewUpload, type Preview } from './preview.ts';
import type { Sink } from './sink.ts';
import type { Source } from './source.ts';

export { ArchiveBrowser } from './browse/archive-browser.ts';
export { discoverSettings } from './accounts/discover.ts';
export { networkPorts } from './accounts/node-ports.ts';
export { findProvider } from './accounts/presets.ts';
export { writeAtomically } from './fs/atomic-write.ts';
export { makeFolder, unlinkFile } from './fs/durable.ts';
export { placeKey, type MessagePlace };
export { parseAccountUrl } from './imap/parse-url.ts';
export { reportCsv, reportJson } from './jobs/report.ts';
export { reportHtml } from './jobs/report-html.ts';
export type { JobHandle } from './jobs/job-handle.ts';
export type {
  Archive,
  ArchivedMailbox,
  ArchivedMessage,
  BackupOptions,
  CheckReport,
  CompareOptions,
  Layout,
  MappedPair,
  Preview,
  RepairReport,
  SurveyedMailbox,
  UploadOptions,
};
export { readAttachment, readMessage, viewMessage } from './message/reading.ts';
export { withSheet } from './message/html/page.ts';
export { emlFileName } from './message/eml-name.ts';
export type { ProofDepth } from './jobs/prove.ts';
export { DEFAULT_RULES, type MappingRules } from './plan/mapping.ts';

/** An account and how to get its secret, which is asked for once and kept in memory only. */
export interface AccountAccess {
  account: Account;
  credential: () => Promise<Credential>;
  /** Allow `security: 'none'` beyond this machine. */
  allowInsecure?: boolean;
}

export interface EnginePorts {
  clock: Clock;
  log: Log;
  /** Folder for transfer ledgers. */
  stateFolder: string;
  retry?: RetryPolicy;
}

export interface SignInTest {
  report: ConnectionReport;
  serverName: string;
  /** How many the account has. */
  folders: number;
}

export interface AccountSizes {
  mailboxes: SurveyedMailbox[];
  quota: Quota[];
  connection: ConnectionReport;
  serverName: string;
}

export interface SizesWatch {
  archive?: Archive | null;
  onUpdate?: (sizes: AccountSizes) => void;
}

/** Which messages of an archive: by mailbox path, as `uidValidity` and `uid`. */
export type ChosenMessages = ReadonlyMap<string, readonly { uidValidity: number; uid: number }[]>;

export class Engine {
  readonly #ports: EnginePorts;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /**
   * Sign in, count the folders, sign out.
   *
   * @throws EngineError as openSession(); 'certificate-…' before anything is sent, with details fingerprint, names,
   *   issuer, validFrom, validTo, tlsVersion, cipher and forwardSecrecy ('yes', 'no')
   */
  async test(access: AccountAccess, signal?: AbortSignal): Promise<SignInTest> {
    const { clock, log } = this.#ports;
    const options = { clock, log, allowInsecure: access.allowInsecure ?? false, signal };
    const session = await openSession(access.account, await access.credential(), options);
    try {
      const { connectionReport: report, serverName } = session;
      return { report, serverName, folders: await session.count(signal) };
    } finally {
      await session.logout();
    }
  }

  /**
   * The folder tree with counts and sizes; sizes are measured message by message where STATUS has none.
   *
   * @param watch archive: what it lacks is counted too. onUpdate: called as knowledge comes in
   */
  async sizes(access: AccountAccess, signal?: AbortSignal, watch: SizesWatch = {}): Promise<AccountSizes> {
    const { clock, log } = this.#ports;
    const credential = await access.credential();
    const sessionOptions = { clock, log, allowInsecure: access.allowInsecure ?? false };
    const session = await openSession(access.account, credential, { ...sessionOptions, signal });
    const { connectionReport: connection, serverName } = session;
    const quota = await session.quota();
    const scanned = await session.scan(signal);
    await session.logout();
    const source = createImapSource({ account: access.account, credential, clock, log, sessionOptions });
    const told = { quota, connection, serverName };
    const tell = (mailboxes: SurveyedMailbox[]) => watch.onUpdate?.({ mailboxes, ...told });
    try {
      const archived = watch.archive ? watch.archive.states() : null;
      return { mailboxes: await survey(() => source.openLane(signal), scanned, archived, tell, signal), ...told };
    } finally {
      await source.close();
    }
  }

  /** @param layout for a new archive; null: as the archive has it, mbox for a new one */
  backup(access: AccountAccess, folder: string, layout: Layout | null, options: BackupOptions): JobHandle {
    return this.#start('backup', accountName(access.account), folder, async (job, own) => {
      // The folder first: a wrong path or a locked archive is told before a password is asked for.
      const sink = own(await this.#archiveSink(folder, layout, access.account));
      const source = own(await this.#imapSource(access, options.lanes));
      await backup({ job, source, sink, retry: this.#retry }, options);
    });
  }

  /** @param chosen only these messages; null: whole mailboxes */
  restore(
    folder: string,
    access: AccountAccess,
    options: UploadOptions,
    chosen: ChosenMessages | null = null,
  ): JobHandle {
    return this.#start('restore', folder, accountName(access.account), async (job, own) => {
      const archive = await this.openArchive(folder);
      const whole = own(archive.source());
      const source = chosen ? chosenSource(whole, listedUids(archive, chosen)) : whole;
      const sink = own(await this.#imapSink(access, source.id, options.lanes, own));
      const since = chosen ? (options.since ?? NOT_THE_WHOLE) : options.since;
      await upload({ job, source, sink, retry: this.#retry }, { ...options, since });
    });
  }

  migrate(from: AccountAccess, to: AccountAccess, options: UploadOptions): JobHandle {
    return this.#start('migrate', accountName(from.account), accountName(to.account), async (job, own) => {
      const source = own(await this.#imapSource(from, options.lanes));
      const sink = own(await this.#imapSink(to, source.id, options.lanes, own));
      await upload({ job, source, sink, retry: this.#retry }, options);
    });
  }

  /** What restore would do; nothing is written. */
  async planRestore(folder: string, access: AccountAccess, options: UploadOptions): Promise<MappedPair[]> {
    return withAll(async (own) => {
      const source = own(await this.#archiveSource(folder));
      const target = own(await this.#imapSource(access, 1));
      return planUpload({ source, target }, options);
    });
  }

  /** What migrate would do; nothing is written. */
  async planMigrate(from: AccountAccess, to: AccountAccess, options: UploadOptions): Promise<MappedPair[]> {
    return withAll(async (own) => {
      const source = own(await this.#imapSource(from, 1));
      const target = own(await this.#imapSource(to, 1));
      return planUpload({ source, target }, options);
    });
  }

  /** planRestore with the numbers of a dry run. */
  async previewRestore(folder: string, access: AccountAccess, options: UploadOptions): Promise<Preview> {
    return withAll(async (own) => previewUpload(own(await this.#archiveSource(folder)), access, options, this.#ports));
  }

  /** planMigrate with the numbers of a dry run. */
  async previewMigrate(from: AccountAccess, to: AccountAccess, options: UploadOptions): Promise<Preview> {
    return withAll(async (own) => previewUpload(own(await this.#imapSource(from, 1)), to, options, this.#ports));
  }

  /** Re-read every body of the archive and compare it with its fingerprint. */
  verify(folder: string): JobHandle {
    return this.#start('verify', folder, folder, (job) => verify(job, folder));
  }

  /** Is everything that the archive holds on this server? */
  verifyAgainst(folder: string, access: AccountAccess, options: CompareOptions): JobHandle {
    return this.#start('verify', folder, accountName(access.account), async (job, own) => {
      const archive = own(await this.#archiveSource(folder));
      const server = own(await this.#imapSource(access, 2));
      await compare(job, archive, server, options);
    });
  }

  check(folder: string): Promise<CheckReport> {
    return checkArchive(folder, this.#ports);
  }

  repair(folder: string): Promise<RepairReport> {
    return repairArchive(folder, this.#ports);
  }

  /** The largest messages of an account, largest first. */
  largest(access: AccountAccess, limit: number): Promise<LargeMessage[]> {
    return withAll(async (own) => largestMessages(own(await this.#imapSource(access, 1)), limit));
  }

  /** Subject, sender and date of messages on a server, by placeKey; those that it cannot tell are left out. */
  describe(access: AccountAccess, places: MessagePlace[]): Promise<Map<string, Envelope>> {
    return withAll(async (own) => describeMessages(own(await this.#imapSource(access, 1)), places));
  }

  /** For reading; takes no lock and writes nothing. The caller closes it. */
  openArchive(folder: string): Promise<Archive> {
    return openArchive(folder, { mode: 'read', ...this.#ports });
  }

  /** Lists, search and single messages for a window. The caller closes it. @param indexFolder see ArchiveBrowser.open */
  browse(folder: string, indexFolder: string): Promise<ArchiveBrowser> {
    return ArchiveBrowser.open(folder, indexFolder);
  }

  get #retry(): RetryPolicy {
    return this.#ports.retry ?? DEFAULT_RETRY;
  }

  #start(
    kind: Parameters<typeof startJob>[0]['kind'],
    from: string,
    to: string,
    body: Parameters<typeof startJob>[1],
  ): JobHandle {
    const { clock, log } = this.#ports;
    return startJob({ kind, from, to, clock, log }, body);
  }

  async #archiveSource(folder: string): Promise<Source> {
    return (await this.openArchive(folder)).source();
  }

  async #archiveSink(folder: string, layout: Layout | null, account: Account): Promise<Sink> {
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

  async #imapSource({ account, credential, allowInsecure = false }: AccountAccess, lanes: number): Promise<Source> {
    const { clock, log } = this.#ports;
    const sessionOptions = { clock, log, allowInsecure };
    return createImapSource({
      account,
      credential: await credential(),
      clock,
      log,
      sessionOptions,
      id: accountName(account),
      maxLanes: lanes,
    });
  }

  async #imapSink(
    { account, credential, allowInsecure = false }: AccountAccess,
    sourceId: string,
    lanes: number,
    own: Own,
  ): Promise<Sink> {
    const { clock, log, stateFolder } = this.#ports;
    const sessionOptions = { clock, log, allowInsecure };
    const id = accountName(account);
    const secret = await credential();
    const ledger = own(openLedger({ folder: stateFolder, source: sourceId, target: id, clock, log }));
    return createImapSink({ account, credential: secret, ledger, clock, log, sessionOptions, id, maxLanes: lanes });
  }
}

/** `user@host`, with the port where it is not the usual one: two servers on one host are two accounts. */
function accountName({ user, endpoint: { host, port } }: Account): string {
  const usual = port === 993 || port === 143;
  return `${user}@${host}${usual ? '' : `:${port}`}`;
}

function listedUids(archive: Archive, chosen: ChosenMessages): Map<string, Set<number>> {
  const listed = new Map<string, Set<number>>();
  for (const [path, refs] of chosen) {
    listed.set(path, new Set(refs.map((ref) => archive.listedUid(path, ref.uidValidity, ref.uid))));
  }
  return listed;
}
