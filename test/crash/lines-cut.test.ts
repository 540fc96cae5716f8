/**
 * The line to a server is cut at each command, before and after the server did it. The process lives: it goes on by
 * itself, or says that the connection was lost and goes on when it is run again.
 */
import { afterAll, describe, expect, test } from 'vitest';
import type { CommandHook } from '../../electron/demo/server/options.ts';
import { FastClock } from '../helpers/fast-clock.ts';
import { resume } from './harness/replay.ts';
import { readTree, writeTree } from './harness/tree.ts';
import { removeFolder, removeWorkFolders, workFolder } from './harness/work-folder.ts';
import { uploadScenarios, type UploadScenario } from './scenarios/uploads.ts';

const WANTED = [
  'restore',
  'restore without UIDPLUS',
  'restore in waiting APPENDs',
  'migrate what changed, flags included',
];
/** Cuts at once: each costs a wait before the line is opened again. */
const AT_ONCE = 8;
/** Not worth a cut of their own: the engine does not wait for the answer. */
const PASSED_OVER = new Set(['LOGOUT']);

let cuts = 0;

afterAll(removeWorkFolders);

describe('a line cut at any command loses nothing and doubles nothing', () => {
  test.each(WANTED)('%s', async (name) => {
    const { commands } = await uninterrupted(name);
    const jobs = Array.from({ length: commands }, (_, nth) => nth).flatMap((nth) => [
      { nth, how: 'drop' as const },
      { nth, how: 'drop-after' as const },
    ]);
    const found: string[] = [];
    const healed = new Map<string, { cuts: number; healed: number }>();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, worker) => {
        const scenario = byName(name);
        await scenario.world.open();
        for (const { nth, how } of jobs.filter((_job, i) => i % AT_ONCE === worker)) {
          const { verb, isHealed, deviation } = await cutAt(scenario, nth, how);
          if (deviation !== null) found.push(deviation);
          const sum = healed.get(verb) ?? { cuts: 0, healed: 0 };
          healed.set(verb, { cuts: sum.cuts + 1, healed: sum.healed + (isHealed ? 1 : 0) });
        }
        await scenario.world.close();
      }),
    );
    cuts += jobs.length;
    const byVerb = [...healed].map(([verb, { cuts: of, healed: n }]) => `${verb} ${n} of ${of}`);
    console.log(
      `${name}: the line was cut ${jobs.length} times; gone on without being run again: ${byVerb.join(', ')}`,
    );
    expect(healed.get('APPEND')!.healed).toBe(healed.get('APPEND')!.cuts);
    expect(found.slice(0, 5), `${found.length} of ${jobs.length} cuts`).toEqual([]);
  });

  test('the line was cut at least 100 times', () => {
    expect(cuts).toBeGreaterThanOrEqual(100);
  });
});

function byName(name: string): UploadScenario {
  return uploadScenarios(new FastClock(50)).find((scenario) => scenario.name === name)!;
}

async function uninterrupted(name: string): Promise<{ commands: number }> {
  const scenario = byName(name);
  const root = workFolder();
  await scenario.world.open();
  await scenario.prepare(root);
  let commands = 0;
  scenario.world.setFault((verb) => {
    if (!PASSED_OVER.has(verb)) commands++;
  });
  await scenario.run(root);
  await scenario.expectRight(root);
  await scenario.world.close();
  removeFolder(root);
  return { commands };
}

interface Cut {
  verb: string;
  /** The job came to its end by itself. */
  isHealed: boolean;
  deviation: string | null;
}

/** Prepared anew for each cut, so that nothing of the cut before is left. */
async function cutAt(scenario: UploadScenario, nth: number, how: 'drop' | 'drop-after'): Promise<Cut> {
  const { world } = scenario;
  const root = workFolder();
  world.setFault(null);
  await scenario.prepare(root);
  const before = { disk: readTree(root), world: world.save() };
  await scenario.run(root);
  const expected = await scenario.outcome(root);
  removeFolder(root);

  const again = writeTree(before.disk);
  world.load(before.world);
  let seen = 0;
  let verb = 'none';
  const fault: CommandHook = (asked) => {
    if (PASSED_OVER.has(asked) || seen++ !== nth) return undefined;
    verb = asked;
    return how;
  };
  world.setFault(fault);
  const failure = await scenario.run(again).then(
    () => null,
    (error: Error) => error.message,
  );
  const isHealed = failure === null;
  const isTold = failure === null || /connection-lost|server-bye/.test(failure);
  const deviation = isTold ? await resume(scenario, again, expected) : failure;
  removeFolder(again);
  return { verb, isHealed, deviation: deviation === null ? null : `${how} at command ${nth}, ${verb}: ${deviation}` };
}
