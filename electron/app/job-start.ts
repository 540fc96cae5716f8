/** From what the user asked to what the engine does. */
import type { JobOptions, JobPlan, JobRequest, MailboxRename, PlannedPair } from '../../shared/job-request.ts';
import {
  DEFAULT_RULES,
  type BackupOptions,
  type ChosenMessages,
  type Engine,
  type JobHandle,
  type Preview,
  type UploadOptions,
} from '../engine/engine.ts';
import type { Accounts } from './accounts.ts';
import type { Archives } from './archives.ts';
import type { Book } from './document.ts';

export interface StartParts {
  engine: Engine;
  book: Book;
  accounts: Accounts;
  archives: Archives;
}

export function startEngineJob(request: JobRequest, { engine, book, accounts, archives }: StartParts): JobHandle {
  switch (request.kind) {
    case 'backup': {
      const options: BackupOptions = {
        ...selection(request.mailboxes),
        ...common(request.options, book),
        mirror: 'off',
      };
      return engine.backup(accounts.access(request.accountId), request.folder, request.layout, options);
    }
    case 'restore': {
      const { folder } = archives.get(request.archiveId);
      const access = accounts.access(request.accountId);
      return engine.restore(folder, access, uploadOptions(request, book), chosenMessages(request));
    }
    case 'migrate': {
      const from = accounts.access(request.accountId);
      return engine.migrate(from, accounts.access(request.targetId), uploadOptions(request, book));
    }
    case 'verify': {
      const { folder } = archives.get(request.archiveId);
      return request.againstAccountId === null
        ? engine.verify(folder)
        : engine.verifyAgainst(folder, accounts.access(request.againstAccountId), {
            only: [],
            skip: [],
            proof: 'full',
          });
    }
  }
}

type UploadRequest = Extract<JobRequest, { kind: 'restore' | 'migrate' }>;

/** Every mailbox is in the plan, so that the window can show what stays behind; the totals are of the chosen ones. */
export async function planJob(
  request: UploadRequest,
  { engine, book, accounts, archives }: StartParts,
): Promise<JobPlan> {
  const options = uploadOptions(request, book);
  const preview = (chosen: UploadOptions): Promise<Preview> =>
    request.kind === 'restore'
      ? engine.previewRestore(archives.get(request.archiveId).folder, accounts.access(request.accountId), chosen)
      : engine.previewMigrate(accounts.access(request.accountId), accounts.access(request.targetId), chosen);
  return toPlan(await preview(options), request.mailboxes);
}

function toPlan(preview: Preview, chosen: string[] | null): JobPlan {
  const there = new Set(preview.targets.filter((t) => t.selectable).map((t) => t.path));
  const pairs = preview.pairs.map((pair): PlannedPair => {
    const { path, delimiter, specialUse, messages, sizeBytes } = pair.source;
    const { targetPath, reason, changed } = pair;
    const targetExists = there.has(targetPath);
    return {
      ...{ path, delimiter, specialUse, messages, sizeBytes, targetPath, reason, changed, targetExists },
      targetDelimiter: preview.targetDelimiter,
    };
  });
  const storage = preview.quota.find((q) => q.resource === 'storage');
  const taken = chosen === null ? pairs : pairs.filter((p) => chosen.includes(p.path));
  return {
    pairs,
    targetPaths: [...there],
    ...preview.forecast,
    maxMessageBytes: preview.maxMessageBytes,
    newFolders: new Set(taken.filter((p) => !p.targetExists).map((p) => p.targetPath)).size,
    targetFreeBytes: storage ? Math.max(0, storage.limit - storage.used) : null,
  };
}

function selection(mailboxes: string[] | null) {
  return { only: [], skip: [], paths: mailboxes };
}

function common({ since, connections, bytesPerSecond, dateFromHeader }: JobOptions, book: Book) {
  const { settings } = book.document;
  const lanes = connections ?? settings.connections;
  return { since, lanes, dateFromHeader, bytesPerSecond: bytesPerSecond ?? settings.bytesPerSecond };
}

function uploadOptions(request: UploadRequest, book: Book): UploadOptions {
  const { mailboxes, renames, into, options } = request;
  const explicit = renames.map(({ from, to }: MailboxRename) => ({ from, to }));
  return {
    ...selection(mailboxes),
    ...common(options, book),
    proof: options.proof,
    rules: { ...DEFAULT_RULES, explicit, into },
  };
}

function chosenMessages(request: Extract<JobRequest, { kind: 'restore' }>): ChosenMessages | null {
  if (request.messages === null) return null;
  return Map.groupBy(request.messages, (ref) => ref.mailbox);
}
