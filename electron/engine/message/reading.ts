/** Reading messages, for hosts. Loaded on demand: backups and restores never read a body. */
import type { AttachmentContent } from './attachments.ts';
import type { MessageReading, ViewOptions } from './message-view.ts';
import type { ReadableMessage } from './readable.ts';

/** See message-view.ts. Never throws, whatever the octets are. */
export async function viewMessage(raw: Buffer, options: ViewOptions): Promise<MessageReading> {
  return (await import('./message-view.ts')).viewMessage(raw, options);
}

/** See readable.ts. */
export async function readMessage(raw: Buffer): Promise<ReadableMessage> {
  return (await import('./readable.ts')).readMessage(raw);
}

/** See attachments.ts. @throws EngineError 'message-unreadable' */
export async function readAttachment(raw: Buffer, index: number): Promise<AttachmentContent> {
  return (await import('./attachments.ts')).readAttachment(raw, index);
}
