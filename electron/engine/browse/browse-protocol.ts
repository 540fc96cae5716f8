/** What the engine and the thread that reads an archive say to each other. */
import type { Failure } from '../../../shared/failure.ts';
import type { ArchiveView } from './archive-view.ts';

export type ViewCall = 'folders' | 'messages' | 'rows' | 'stored' | 'readRaw';

export interface OpenRequest {
  folder: string;
  indexFolder: string;
}

export type BrowseRequest =
  | { id: number; call: ViewCall; args: unknown[] }
  | { id: number; call: 'buildIndex' }
  | { id: number; call: 'stopIndex' }
  | { id: number; call: 'close' };

export type BrowseAnswer =
  | { type: 'opened' }
  | { type: 'result'; id: number; value: unknown }
  | { type: 'failed'; id: number | null; failure: Failure }
  | { type: 'progress'; indexed: number; total: number };

export type Args<C extends ViewCall> = Parameters<ArchiveView[C]>;
export type Result<C extends ViewCall> = ReturnType<ArchiveView[C]>;
