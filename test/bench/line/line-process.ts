/** The proxy as a process of its own, so that it does not take time from the loop of who measures. */
import { fork } from 'node:child_process';
import type { LineSpeed } from './delayed-pipe.ts';
import { startDelayProxy } from './delay-proxy.ts';
import type { LineCounts } from './line-notes.ts';

export interface LineProcess {
  port: number;
  counts(): Promise<LineCounts>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

type Question = 'counts' | 'reset' | 'stop';

export async function startLine(targetPort: number, { rttMs, bytesPerSecond }: LineSpeed): Promise<LineProcess> {
  const args = [String(targetPort), String(rttMs), bytesPerSecond === null ? '' : String(bytesPerSecond)];
  const child = fork(import.meta.filename, args, { execArgv: [] });
  const heard = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      const gone = (): void => reject(new Error('The process of the line has ended.'));
      if (!child.connected) return gone();
      child.once('exit', gone);
      child.once('message', (message) => {
        child.off('exit', gone);
        resolve(message as T);
      });
    });
  const ask = <T>(question: Question): Promise<T> => {
    const answer = heard<T>();
    if (child.connected) child.send(question);
    return answer;
  };
  const port = await heard<number>();
  return {
    port,
    counts: () => ask<LineCounts>('counts'),
    reset: () => ask<void>('reset'),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.disconnect();
      }),
  };
}

async function serve([port, rttMs, bytesPerSecond]: string[]): Promise<void> {
  const speed = { rttMs: Number(rttMs), bytesPerSecond: bytesPerSecond ? Number(bytesPerSecond) : null };
  const proxy = await startDelayProxy(Number(port), speed);
  process.on('disconnect', () => process.exit());
  process.on('message', (question: Question) => {
    if (question === 'reset') proxy.reset();
    process.send?.(proxy.counts());
  });
  process.send?.(proxy.port);
}

if (import.meta.main) await serve(process.argv.slice(2));
