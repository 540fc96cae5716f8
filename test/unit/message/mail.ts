/** Messages for tests. */
import { viewMessage } from '../../../electron/engine/message/message-view.ts';
import type { MessageReading, ViewOptions } from '../../../electron/engine/message/message-view.ts';

/** @param text lines end in LF here and in CRLF in the message; chars above 255 are not for this */
export function mail(text: string): Buffer {
  return Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1');
}

export function htmlMail(html: string): Buffer {
  return Buffer.concat([mail('Subject: page\nContent-Type: text/html; charset=utf-8\n\n'), Buffer.from(html)]);
}

export function read(raw: Buffer, options: Partial<ViewOptions> = {}): MessageReading {
  return viewMessage(raw, { search: '', remotePictures: false, ...options });
}

/** The page of an HTML message; throws when there is none. */
export function pageOf(html: string, options: Partial<ViewOptions> = {}): string {
  const { page } = read(htmlMail(html), options);
  if (!page) throw new Error('The message has no page.');
  return page.html;
}

/** What is inside of its body and not ours. */
export function bodyOf(html: string, options: Partial<ViewOptions> = {}): string {
  const page = pageOf(html, options);
  return page.slice(page.indexOf('>', page.indexOf('<body')) + 1, page.lastIndexOf('\n<style>'));
}

export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
