/** The contract, call by call, one line each: what it means is in the desks. */
import { implement, ORPCError, type RouterClient } from '@orpc/server';
import { contract } from '../../shared/contract.ts';
import { EngineError, toEngineError } from '../engine/errors.ts';
import type { AppParts } from './app.ts';
import { discover, testAccount, addAccount } from './account-calls.ts';
import { listFolders } from './folders.ts';
import { saveReport } from './save-report.ts';

export type AppRouter = ReturnType<typeof createRouter>;
export type AppClient = RouterClient<AppRouter>;

export function createRouter(parts: AppParts) {
  const { ports, book, secrets, accounts, archives, overviews, jobs, mail, demo, engine } = parts;
  const os = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw asCallError(error, parts);
    }
  });
  /** After a call that changes what every window shows. */
  const then = async (act: unknown): Promise<void> => {
    await act;
    parts.changed();
  };
  return os.router({
    app: {
      watch: os.app.watch.handler(({ signal }) => parts.watchState(signal)),
      changeSettings: os.app.changeSettings.handler(({ input }) => {
        book.change((d) => Object.assign(d.settings, defined(input)));
      }),
      startDemo: os.app.startDemo.handler(() => demo.start()),
      stopDemo: os.app.stopDemo.handler(() => then(demo.stop())),
    },
    vault: {
      create: os.vault.create.handler(({ input }) => then(secrets.createVault(input.passphrase))),
      unlock: os.vault.unlock.handler(({ input }) => then(secrets.unlockVault(input.passphrase))),
      lock: os.vault.lock.handler(() => then(secrets.lockVault())),
      discard: os.vault.discard.handler(() => accounts.forgetVault()),
    },
    accounts: {
      discover: os.accounts.discover.handler(({ input }) => discover(input.address)),
      test: os.accounts.test.handler(({ input }) => testAccount(engine, input.account, input.password)),
      add: os.accounts.add.handler(({ input }) => addAccount(accounts, input)),
      change: os.accounts.change.handler(({ input: { id, ...change } }) => accounts.change(id, change)),
      givePassword: os.accounts.givePassword.handler(({ input }) => accounts.givePassword(input.id, input.password)),
      remove: os.accounts.remove.handler(({ input }) => accounts.remove(input.id)),
      overview: os.accounts.overview.handler(({ input, signal }) => overviews.watch(input.id, input.refresh, signal)),
      largest: os.accounts.largest.handler(({ input }) => engine.largest(accounts.access(input.id), input.limit)),
    },
    jobs: {
      plan: os.jobs.plan.handler(({ input }) => jobs.plan(input)),
      start: os.jobs.start.handler(async ({ input }) => ({ id: await jobs.start(input) })),
      watch: os.jobs.watch.handler(({ input, signal }) => jobs.watch(input.id, signal)),
      pause: os.jobs.pause.handler(({ input }) => jobs.pause(input.id)),
      resume: os.jobs.resume.handler(({ input }) => jobs.resume(input.id)),
      cancel: os.jobs.cancel.handler(({ input }) => jobs.cancel(input.id)),
      again: os.jobs.again.handler(async ({ input }) => ({ id: await jobs.again(input.id) })),
      report: os.jobs.report.handler(({ input }) => jobs.report(input.id)),
      saveReport: os.jobs.saveReport.handler(({ input }) => saveReport(jobs.report(input.id), input, mail)),
      remove: os.jobs.remove.handler(({ input }) => jobs.remove(input.id)),
    },
    archives: {
      open: os.archives.open.handler(async ({ input }) => ({ id: await archives.open(input.folder) })),
      forget: os.archives.forget.handler(({ input }) => archives.forget(input.id)),
      folders: os.archives.folders.handler(({ input }) => mail.folders(input.id)),
      messages: os.archives.messages.handler(({ input }) => mail.messages(input)),
      message: os.archives.message.handler(({ input }) => mail.message(input)),
      source: os.archives.source.handler(({ input }) => mail.source(input.id, input.ref)),
      saveMessage: os.archives.saveMessage.handler(({ input }) => mail.saveMessage(input.id, input.ref)),
      saveAttachment: os.archives.saveAttachment.handler(({ input }) =>
        mail.saveAttachment(input.id, input.ref, input.index),
      ),
      openAttachment: os.archives.openAttachment.handler(({ input }) =>
        mail.openAttachment(input.id, input.ref, input.index),
      ),
      index: os.archives.index.handler(({ input, signal }) => mail.index(input.id, signal)),
      searchAll: os.archives.searchAll.handler(({ input }) => mail.searchAll(input.text, input.limit)),
    },
    host: {
      chooseFolder: os.host.chooseFolder.handler(({ input }) => ports.host.chooseFolder(input.purpose, input.start)),
      listFolders: os.host.listFolders.handler(({ input }) => listFolders(input.folder ?? ports.homeFolder)),
      showFolder: os.host.showFolder.handler(({ input }) => ports.host.showFolder(knownFolder(parts, input.folder))),
      openExternal: os.host.openExternal.handler(({ input }) => ports.host.openExternal(externalUrl(input.url))),
    },
  });
}

function asCallError(error: unknown, { ports }: AppParts): unknown {
  if (error instanceof ORPCError) return error;
  const failure = toEngineError(error).toFailure();
  if (failure.code === 'internal') ports.log.warn('call-failed', { error: String(error) });
  return new ORPCError('FAILURE', { data: failure, message: failure.message });
}

/** Fields that were not sent stay as they are. */
function defined<T extends object>(patch: T): Partial<T> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function externalUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol === 'https:' || parsed?.protocol === 'mailto:') return parsed.href;
  throw new EngineError('usage', 'Only links to web pages (https) and mail addresses can be opened.');
}

/** A page may have folders shown that it was told of, and no others. */
function knownFolder({ book }: AppParts, folder: string): string {
  if (book.document.archives.some((a) => a.folder === folder)) return folder;
  throw new EngineError('usage', 'This folder is not one of your archives.');
}
