/** What the two threads of an archive that is written say to each other. Buffers change hands, they are never shared. */
import { readFacts, writeFiles, type NewFile, type Place } from './store-tasks.ts';

export type StoreTask = { name: 'facts'; places: Place[] } | { name: 'files'; files: NewFile[] };

export interface StoreRequest {
  id: number;
  octets: ArrayBuffer;
  task: StoreTask;
}

export interface Done {
  octets: ArrayBuffer;
  /** Results as JSON: many small objects are cloned more slowly than they are parsed. */
  text: string | null;
  /** With text null: what went wrong. */
  reason?: string;
}

export interface StoreAnswer extends Done {
  id: number;
}

/** Do what is asked, in whatever thread this is. @param octets has its ArrayBuffer for itself */
export function answerOf(octets: Buffer, task: StoreTask): Done {
  const result = task.name === 'facts' ? readFacts(octets, task.places) : writeFiles(octets, task.files);
  return { octets: octets.buffer as ArrayBuffer, text: JSON.stringify(result) };
}

export const bufferOn = (octets: ArrayBuffer): Buffer => Buffer.from(octets, 0, octets.byteLength);
