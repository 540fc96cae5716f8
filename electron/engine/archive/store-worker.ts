/** The thread that looks at received octets and writes small files, while the first one receives. */
import { parentPort, type MessagePort } from 'node:worker_threads';
import { answerOf, bufferOn, type StoreAnswer, type StoreRequest } from './store-protocol.ts';

function serve(port: MessagePort): void {
  port.on('message', ({ id, octets, task }: StoreRequest) => {
    let answer: StoreAnswer;
    try {
      answer = { id, ...answerOf(bufferOn(octets), task) };
    } catch (error) {
      answer = { id, octets, text: null, reason: (error as Error).message };
    }
    port.postMessage(answer, [answer.octets]);
  });
}

if (parentPort) serve(parentPort);
