import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setDurableHook } from '../../../electron/engine/fs/durable.ts';
import { removeFolder, removeWorkFolders, workFolder } from '../../crash/harness/work-folder.ts';
import { wellBehaved } from '../../helpers/scripted-imap/script.ts';
import { complete, type HostileCase } from './case.ts';
import { expectContained, expectEnding, expectNoSecret, expectWhole } from './checks.ts';
import { openStage } from './stage.ts';
import { expectMoved } from './truth.ts';

/** The archive of a few letters, ledgers and catalog included, has no more than this. */
const MOST_DISK_BYTES = 16e6;
const MOST_RESIDENT_BYTES = 300e6;

/**
 * Each case: the job meets the hostile server, then runs again with the server well-behaved. The process that holds
 * the engine, the servers and the test runner together must stay below 300 MB.
 *
 * @param atOnce most cases only wait; those that keep the process busy go one after another
 */
export function hostileSuite(title: string, cases: HostileCase[], { atOnce = true } = {}): void {
  const roots = new Set<string>();
  const strays: string[] = [];
  let peakBytes = 0;
  let watch: NodeJS.Timeout;
  beforeAll(() => {
    watch = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 20);
    setDurableHook(({ path: at }) => {
      if (at === ':memory:') return;
      const place = path.resolve(at);
      if (![...roots].some((root) => place === root || place.startsWith(root + path.sep))) strays.push(place);
    });
  });
  afterAll(() => {
    clearInterval(watch);
    setDurableHook(null);
    removeWorkFolders();
  });

  describe(title, () => {
    (atOnce ? test.concurrent : test).each(cases)('$name', async (given) => {
      const root = workFolder();
      roots.add(root);
      const stage = await openStage(given, root);
      const { hostile, archive, told } = stage;
      try {
        if (given.before) expectEnding(await stage.run(), complete());
        given.meanwhile?.(hostile);
        hostile.setScript(given.script(hostile));
        expectEnding(await stage.run(), given.ends);
        await expectWhole(archive);
        expectNoSecret(told, root);
        expectContained(root, MOST_DISK_BYTES);
        await given.look?.(hostile, archive);
        hostile.setScript(wellBehaved);
        given.heal?.(hostile);
        expectEnding(await stage.run(), given.then ?? complete());
        await expectWhole(archive);
        if (given.then === undefined || given.then.state === 'complete') await expectMoved(stage);
        expectNoSecret(told, root);
      } finally {
        await stage.stop();
        removeFolder(root);
        roots.delete(root);
      }
    });

    test('nothing was written outside of archives and ledgers, and memory stayed bounded', () => {
      expect(strays).toEqual([]);
      console.log(`${title}: ${cases.length} scripts, at most ${Math.round(peakBytes / 1e6)} MB resident`);
      expect(peakBytes).toBeGreaterThan(0);
      expect(peakBytes).toBeLessThan(MOST_RESIDENT_BYTES);
    });
  });
}
