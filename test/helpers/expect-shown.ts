import { expect } from 'vitest';
import { EngineError } from '../../electron/engine/errors.ts';
import { readAttachment } from '../../electron/engine/message/attachments.ts';
import { viewMessage } from '../../electron/engine/message/message-view.ts';
import { readMessage } from '../../electron/engine/message/readable.ts';
import { findFaults } from '../unit/message/page-check.ts';

/** @throws when the message is not shown as it should be, whatever it is */
export function expectShown(raw: Buffer): void {
  const { view, page } = viewMessage(raw, { search: 'a', remotePictures: false });
  expect(view.problem ?? '').not.toMatch(/could not be read/);
  expect(view.text.isWellFormed()).toBe(true);
  if (page) expect(findFaults(page.html)).toEqual([]);
  expect(readMessage(raw).subject).toBe(view.subject);
  for (const { index } of view.attachments) {
    try {
      readAttachment(raw, index);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
  }
}
