import { expect, test } from 'vitest';
import type { Proof } from '../../../shared/job.ts';
import { Job } from '../../../electron/engine/jobs/job.ts';
import { prove, type ProofDepth } from '../../../electron/engine/jobs/prove.ts';
import { DEFAULT_RETRY } from '../../../electron/engine/jobs/retry.ts';
import { transfer } from '../../../electron/engine/jobs/transfer.ts';
import { silentLog } from '../../../electron/engine/ports.ts';
import { FakeClock, MemorySink, MemorySource, MemoryStore } from '../../helpers/memory.ts';
import { OPTIONS, pairsOf } from './transfer-kit.ts';

/** 500 messages in two mailboxes moved and read back. @param harm what happens at the target in between */
async function proof(depth: ProofDepth, harm: (target: MemoryStore) => void = () => undefined, spareLanes = 0) {
  const store = new MemoryStore();
  for (let n = 0; n < 500; n++) store.mailbox(n % 2 ? 'INBOX' : 'Sent').add(`Subject: ${n}\r\n\r\nbody\r\n`);
  const source = new MemorySource(store);
  const sink = new MemorySink(new MemoryStore());
  const job = new Job({ id: 'j', kind: 'migrate', clock: new FakeClock(), log: silentLog });
  const summary = await job.run(async () => {
    const works = await transfer({ job, source, sink, options: OPTIONS, retry: DEFAULT_RETRY }, await pairsOf(source));
    harm(sink.store);
    sink.readBack.spareLanes = spareLanes;
    sink.store.log.length = 0;
    await prove(job, sink.readBack, works, depth, DEFAULT_RETRY);
  });
  return { proof: job.proof as Proof, served: sink.readBack.messagesServed, summary, log: sink.store.log };
}

test.for([
  ['sizes', 0],
  ['sample', 100],
  ['full', 500],
] as const)('%s compares all and fetches the octets of %i', async ([depth, readBack]) => {
  const { proof: found, served } = await proof(depth);
  expect(found).toMatchObject({ compared: 500, readBack, differences: 0 });
  expect(served).toBe(readBack);
});

test('by sizes alone, what has another size is fetched and named', async () => {
  const { proof: found, summary } = await proof('sizes', (target) => {
    const altered = target.mailbox('INBOX').messages[3]!;
    altered.raw = Buffer.concat([altered.raw, Buffer.from('-- \r\nscanned\r\n')]);
  });
  expect(found).toMatchObject({ compared: 500, readBack: 1, differences: 1 });
  expect(summary.exceptions).toMatchObject([{ mailbox: 'INBOX', code: 'message-altered' }]);
});

test('over what the transfer left behind, folders are read back side by side, each once', async () => {
  const one = await proof('full');
  const several = await proof('full', undefined, 4);
  expect(several.proof).toEqual(one.proof);
  const opened = (log: string[]) => log.filter((line) => line === 'lane').length;
  // Two folders: more than two lanes would have nothing to do.
  expect([opened(one.log), opened(several.log)]).toEqual([1, 2]);
  expect(several.log.filter((line) => line.startsWith('list')).sort()).toEqual(['list INBOX', 'list Sent']);
});

test('what is missing in one folder is told, and the other is proved, on lanes of their own', async () => {
  const { proof: found, summary } = await proof('full', (target) => target.mailbox('Sent').messages.splice(0), 2);
  expect(found).toMatchObject({ compared: 500, readBack: 250, differences: 250 });
  expect(new Set(summary.exceptions.map(({ mailbox, code }) => `${mailbox} ${code}`))).toEqual(
    new Set(['Sent message-missing-at-target']),
  );
});
