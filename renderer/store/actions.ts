/** Actions that several screens offer. */
import { create } from 'zustand';
import type { Failure } from '../../shared/failure.ts';
import { calls, failureOf } from '../bridge.ts';
import { pickFolder, withSecret } from './dialogs.ts';
import { goTo, useView } from './view-store.ts';

interface Notice {
  /** The last failure of an action that belongs to no place on a page. */
  failure: Failure | null;
  /** The address in a mail that was clicked last and is not opened. */
  refusedLink: string | null;
}

/** Shown above the page. */
export const useNotice = create<Notice>(() => ({ failure: null, refusedLink: null }));

export function noticeFailure(error: unknown): void {
  useNotice.setState({ failure: failureOf(error) });
}

export function dropNotice(): void {
  useNotice.setState({ failure: null, refusedLink: null });
}

/** Show the archive in this folder. */
export async function openArchiveFolder(folder: string): Promise<void> {
  try {
    const { id } = await calls.archives.open({ folder });
    goTo({ screen: 'archive', archiveId: id });
  } catch (error) {
    noticeFailure(error);
  }
}

/** Let the user choose an archive's folder and show it. */
export async function openArchive(): Promise<void> {
  const folder = await pickFolder('open-archive').catch(noticeFailure);
  if (folder) await openArchiveFolder(folder);
}

/** Go on with a job that stands still, and show it. */
export async function goOnWithJob(jobId: string): Promise<void> {
  try {
    const again = await withSecret(() => calls.jobs.again({ id: jobId }));
    if (again) goTo({ screen: 'job', jobId: again.id });
  } catch (error) {
    noticeFailure(error);
  }
}

/** https and mailto only; the host checks again. */
export function openOutside(url: string): void {
  calls.host.openExternal({ url }).catch(noticeFailure);
}

// A notice belongs to the page it came up on.
useView.subscribe((view, before) => {
  if (view.route !== before.route) dropNotice();
});
