/** The engine's face: everything a host may call. Hosts are thin; no decision about mail is taken outside. */
import type { LargeMessage } from '../../shared/overview.ts';
import type { Archive, ArchivedMailbox, ArchivedMessage } from './archive/archive.ts';
import type { Layout } from './archive/layout.ts';
import { checkArchive, repairArchive, type CheckReport, type RepairReport } from './archive/maintain.ts';
import { ArchiveBrowser } from './browse/archive-browser.ts';
import { backup, type BackupOptions } from './jobs/backup.ts';
import { compare, type CompareOptions } from './jobs/compare.ts';
import { startJob, type JobHandle } from './jobs/job-handle.ts';
import { withAll } from './jobs/with-all.ts';
import { DEFAULT_RETRY, type RetryPolicy } from './jobs/retry.ts';
import { planUpload, upload, type UploadOptions } from './jobs/upload.ts';
import { describeMessages, largestMessages, placeKey, type MessagePlace } from './jobs/describe.ts';
import { chosenSource, NOT_THE_WHOLE } from './jobs/chosen-source.ts';
import type { SurveyedMailbox } from './jobs/survey.ts';
import { verify } from './jobs/verify.ts';
import type { Envelope } from './message/header.ts';
import type { MappedPair } from './plan/mapping.ts';
import { readSizes, testSignIn } from './look-at-account.ts';
import { previewUpload, type Preview } from './preview.ts';
import { accountName, Sides } from './sides.ts';
import type {
  AccountAccess,
  AccountSizes,
  ChosenMessages,
  EnginePorts,
  SignInTest,
  SizesWatch,
} from './engine-types.ts';

export { ArchiveBrowser } from './browse/archive-browser.ts';
export { discoverSettings } from './accounts/discover.ts';
export { findProvider } from './accounts/presets.ts';
export { writeAtomically } from './fs/atomic-write.ts';
export { makeFolder, unlinkFile } from './fs/durable.ts';
export { placeKey, type MessagePlace };
export { parseAccountUrl } from './imap/parse-url.ts';
export { reportCsv, reportJson } from './jobs/report.ts';
export { reportHtml } from './jobs/report-html.ts';
export type { JobHandle } from './jobs/job-handle.ts';
export type {
  AccountAccess,
  AccountSizes,
  Archive,
  ArchivedMailbox,
  ArchivedMessage,
  BackupOptions,
  CheckReport,
  ChosenMessages,
  CompareOptions,
  EnginePorts,
  Layout,
  MappedPair,
  Preview,
  RepairReport,
  SignInTest,
  SurveyedMailbox,
  UploadOptions,
};
export { readAttachment, readMessage, viewMessage } from './message/reading.ts';
export { isRunning, startTimeOf } from './fs/process-life.ts';
export { emlFileName } from './message/eml-name.ts';
export type { ProofDepth } from './jobs/prove.ts';
export { DEFAULT_RULES, type MappingRules } from './plan/mapping.ts';

export class Engine {
  readonly #ports: EnginePorts;
  readonly #sides: Sides;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    this.#sides = new Sides(ports);
  }

  /** See look-at-account.ts. */
  test(access: AccountAccess, signal?: AbortSignal): Promise<SignInTest> {
    return testSignIn(access, this.#ports, signal);
  }

  /** See look-at-account.ts. */
  sizes(access: AccountAccess, signal?: AbortSignal, watch: SizesWatch = {}): Promise<AccountSizes> {
    return readSizes(access, this.#ports, watch, signal);
  }

  /** @param layout for a new archive; null: as the archive has it, mbox for a new one */
  backup(access: AccountAccess, folder: string, layout: Layout | null, options: BackupOptions): JobHandle {
    return this.#start('backup', accountName(access.account), folder, async (job, own) => {
      // The folder first: a wrong path or a locked archive is told before a password is asked for.
      const sink = own(await this.#sides.archiveSink(folder, layout, access.account));
      const source = own(await this.#sides.imapSource(access, options.lanes));
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
      const sink = own(await this.#sides.imapSink(access, source.id, options.lanes, own));
      const since = chosen ? (options.since ?? NOT_THE_WHOLE) : options.since;
      await upload({ job, source, sink, retry: this.#retry }, { ...options, since });
    });
  }

  migrate(from: AccountAccess, to: AccountAccess, options: UploadOptions): JobHandle {
    return this.#start('migrate', accountName(from.account), accountName(to.account), async (job, own) => {
      const source = own(await this.#sides.imapSource(from, options.lanes));
      const sink = own(await this.#sides.imapSink(to, source.id, options.lanes, own));
      await upload({ job, source, sink, retry: this.#retry }, options);
    });
  }

  /** What restore would do; nothing is written. */
  async planRestore(folder: string, access: AccountAccess, options: UploadOptions): Promise<MappedPair[]> {
    return withAll(async (own) => {
      const source = own(await this.#sides.archiveSource(folder));
      const target = own(await this.#sides.imapSource(access, 1));
      return planUpload({ source, target }, options);
    });
  }

  /** What migrate would do; nothing is written. */
  async planMigrate(from: AccountAccess, to: AccountAccess, options: UploadOptions): Promise<MappedPair[]> {
    return withAll(async (own) => {
      const source = own(await this.#sides.imapSource(from, 1));
      const target = own(await this.#sides.imapSource(to, 1));
      return planUpload({ source, target }, options);
    });
  }

  /** planRestore with the numbers of a dry run. */
  async previewRestore(folder: string, access: AccountAccess, options: UploadOptions): Promise<Preview> {
    return withAll(async (own) =>
      previewUpload(own(await this.#sides.archiveSource(folder)), access, options, this.#ports),
    );
  }

  /** planMigrate with the numbers of a dry run. */
  async previewMigrate(from: AccountAccess, to: AccountAccess, options: UploadOptions): Promise<Preview> {
    return withAll(async (own) => previewUpload(own(await this.#sides.imapSource(from, 1)), to, options, this.#ports));
  }

  /** Re-read every body of the archive and compare it with its fingerprint. */
  verify(folder: string): JobHandle {
    return this.#start('verify', folder, folder, (job) => verify(job, folder));
  }

  /** Is everything that the archive holds on this server? */
  verifyAgainst(folder: string, access: AccountAccess, options: CompareOptions): JobHandle {
    return this.#start('verify', folder, accountName(access.account), async (job, own) => {
      const archive = own(await this.#sides.archiveSource(folder));
      const server = own(await this.#sides.imapSource(access, 2));
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
    return withAll(async (own) => largestMessages(own(await this.#sides.imapSource(access, 1)), limit));
  }

  /** Subject, sender and date of messages on a server, by placeKey; those that it cannot tell are left out. */
  describe(access: AccountAccess, places: MessagePlace[]): Promise<Map<string, Envelope>> {
    return withAll(async (own) => describeMessages(own(await this.#sides.imapSource(access, 1)), places));
  }

  /** For reading; takes no lock and writes nothing. The caller closes it. */
  openArchive(folder: string): Promise<Archive> {
    return this.#sides.openArchive(folder);
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
}

function listedUids(archive: Archive, chosen: ChosenMessages): Map<string, Set<number>> {
  const listed = new Map<string, Set<number>>();
  for (const [path, refs] of chosen) {
    listed.set(path, new Set(refs.map((ref) => archive.listedUid(path, ref.uidValidity, ref.uid))));
  }
  return listed;
}
