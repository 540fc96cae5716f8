/** The engine's side of a request for a page of mail or a picture: a chunk goes out when it is asked for. */
import type { ContentReply } from '../app/host.ts';
import type { ContentMessage } from './messages.ts';

interface ContentSource {
  content(path: string): Promise<ContentReply>;
}

/** @param port closed when the answer is through, or when nobody reads it any more */
export async function answerContent(app: ContentSource, path: string, port: Electron.MessagePortMain): Promise<void> {
  const say = (message: ContentMessage) => port.postMessage(message);
  try {
    const { status, headers, body } = await app.content(path);
    const chunks = chunksOf(body);
    port.on('close', () => void chunks.return(undefined));
    port.on('message', () => void next(chunks, say));
    port.start();
    say({ type: 'head', status, headers });
  } catch {
    say({ type: 'broken' });
  }
}

async function next(
  chunks: AsyncGenerator<Uint8Array, void, void>,
  say: (message: ContentMessage) => void,
): Promise<void> {
  try {
    const result = await chunks.next();
    say(result.done ? { type: 'end' } : { type: 'chunk', chunk: result.value });
  } catch {
    say({ type: 'broken' });
  }
}

async function* chunksOf(body: ContentReply['body']): AsyncGenerator<Uint8Array, void, void> {
  if (body instanceof Uint8Array) yield body;
  else yield* body;
}
