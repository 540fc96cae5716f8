/** What the user chose on the page before a restore or move, and the request that it makes. Pure. */
import {
  DEFAULT_JOB_OPTIONS,
  type JobOptions,
  type JobPlan,
  type JobRequest,
  type MessageRef,
  type PlannedPair,
} from '../../../shared/job-request.ts';
import { folderLabel } from '../../lib/folder-label.ts';

export interface Choices {
  /** Only what the user ticked or unticked; the rest is as it starts. */
  ticks: ReadonlyMap<string, boolean>;
  /** Source path to target path. */
  renames: ReadonlyMap<string, string>;
  into: string;
  options: JobOptions;
}

export const NO_CHOICES: Choices = { ticks: new Map(), renames: new Map(), into: '', options: DEFAULT_JOB_OPTIONS };

export type UploadRequest = Extract<JobRequest, { kind: 'restore' | 'migrate' }>;

/** From where to where, without the choices. */
export type Task =
  | { kind: 'restore'; archiveId: string; accountId: string; only: string[] | null; messages: MessageRef[] | null }
  | { kind: 'migrate'; accountId: string; targetId: string; only: string[] | null };

/**
 * Paths that are ticked: what was asked for, else all but junk and trash with all below them.
 *
 * @param only paths that the page was opened with; null: all
 */
export function chosenPaths(pairs: readonly PlannedPair[], only: string[] | null, ticks: Choices['ticks']): string[] {
  const wanted = only && new Set(only);
  const heaps = pairs.filter((pair) => pair.specialUse === 'junk' || pair.specialUse === 'trash');
  const isLeftOut = ({ path }: PlannedPair) =>
    heaps.some((heap) => path === heap.path || (heap.delimiter && path.startsWith(heap.path + heap.delimiter)));
  return pairs
    .filter((pair) => ticks.get(pair.path) ?? (wanted ? wanted.has(pair.path) : !isLeftOut(pair)))
    .map((pair) => pair.path);
}

/** How many of the chosen messages are in each mailbox. */
export function countByMailbox(messages: readonly MessageRef[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { mailbox } of messages) counts.set(mailbox, (counts.get(mailbox) ?? 0) + 1);
  return counts;
}

/** @param pairs null: not known yet; then nothing is counted but the folders that are asked for by name */
export function makeRequest(task: Task, pairs: readonly PlannedPair[] | null, choices: Choices): UploadRequest {
  const into = choices.into.trim();
  const shared = {
    renames: [...choices.renames].map(([from, to]) => ({ from, to })),
    into: into === '' ? null : into,
    options: choices.options,
  };
  const chosen = pairs ? chosenPaths(pairs, task.only, choices.ticks) : (task.only ?? []);
  // All of them: those that come later go along.
  const mailboxes = pairs && pairs.length > 0 && chosen.length === pairs.length ? null : chosen;
  if (task.kind === 'migrate') {
    return { kind: 'migrate', accountId: task.accountId, targetId: task.targetId, mailboxes, ...shared };
  }
  const { archiveId, accountId, messages } = task;
  const ofMessages = messages && [...countByMailbox(messages).keys()];
  return { kind: 'restore', archiveId, accountId, messages, mailboxes: ofMessages ?? mailboxes, ...shared };
}

export type Outcome = 'paired' | 'new' | 'exists' | 'yours' | 'taken' | 'adjusted' | 'stays';

export function outcomeOf(pair: PlannedPair, isTicked: boolean, renames: Choices['renames']): Outcome {
  if (!isTicked) return 'stays';
  if (renames.has(pair.path)) return 'yours';
  if (pair.reason === 'collision') return 'taken';
  if (pair.changed !== null) return 'adjusted';
  if (pair.reason === 'special-use') return 'paired';
  return pair.targetExists ? 'exists' : 'new';
}

/** Every message of the chosen folders, wherever it ends. */
export function together(plan: JobPlan): number {
  return plan.toCopy + plan.alreadyThere + (plan.tooLarge ?? 0);
}

export function lacksSpace(plan: JobPlan): boolean {
  return plan.targetFreeBytes !== null && plan.bytes > plan.targetFreeBytes;
}

/** The path that a typed label means; '' when it means none. */
export function pathOf(label: string, known: readonly string[], delimiter: string | null, inbox: string): string {
  const typed = label.trim();
  const same = known.find((path) => path === typed || folderLabel(path, delimiter, inbox) === typed);
  if (same !== undefined) return same;
  if (typed === inbox) return 'INBOX';
  return delimiter
    ? typed
        .split(/\s+\/\s*|\s*\/\s+/)
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .join(delimiter)
    : typed;
}
