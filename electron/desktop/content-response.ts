import type { MessagePortMain } from 'electron';
import type { ContentMessage } from './messages.ts';

/**
 * The answer that the engine sends on a content port (content-answer.ts), as a response for Chromium. The body asks
 * for the next chunk only when it is read. An engine that ends on the way breaks the body off; before its head it
 * becomes a 502.
 */
export function contentResponse(port: MessagePortMain): Promise<Response> {
  return new Promise((answer) => {
    let body: ReadableStreamDefaultController<Uint8Array> | null = null;
    let asked: (() => void) | null = null;
    const finish = (end: (open: ReadableStreamDefaultController<Uint8Array>) => void) => {
      if (body) end(body);
      else answer(new Response(null, { status: 502 }));
      body = null;
      asked?.();
      port.close();
    };
    const stream = () =>
      new ReadableStream<Uint8Array>({
        start: (controller) => {
          body = controller;
        },
        pull: () =>
          new Promise<void>((done) => {
            asked = done;
            port.postMessage('next');
          }),
        cancel: () => port.close(),
      });
    port.on('message', ({ data }) => {
      const message = data as ContentMessage;
      if (message.type === 'head') answer(new Response(stream(), { status: message.status, headers: message.headers }));
      else if (message.type === 'end') finish((open) => open.close());
      else if (message.type === 'broken') finish((open) => open.error(new Error('The engine could not go on.')));
      else {
        body?.enqueue(message.chunk);
        asked?.();
      }
    });
    port.on('close', () => finish((open) => open.error(new Error('The engine has ended.'))));
    port.start();
  });
}
