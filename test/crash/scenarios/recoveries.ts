/** Stops during recovery from an earlier stop, and during repair. */
import fs from 'node:fs';
import path from 'node:path';
import type { Layout } from '../../../electron/engine/archive/layout.ts';
import { repairArchive } from '../../../electron/engine/archive/maintain.ts';
import { openArchive } from '../../../electron/engine/archive/open-archive.ts';
import { systemClock } from '../../../electron/node/clock.ts';
import { archiveOutcome } from '../harness/archive-outcome.ts';
import { layOut, record, type Stop } from '../harness/replay.ts';
import { archiveIn, StepClock } from '../harness/run-backup.ts';
import type { Scenario } from '../harness/scenario.ts';
import { backupScenarios } from './backups.ts';
import { letter } from './mail.ts';

const LAYOUTS: Layout[] = ['mbox', 'eml'];

/** Earlier stops that leave recovery as much to do as there is: name of the scenario and where it was stopped. */
const EARLIER: { of: string; where: RegExp }[] = [
  { of: 'new backup', where: /^\d+ before catalog-commit .*, names kept, octets torn$/ },
  { of: 'new backup', where: /write archive\/mail\/.*, names kept, octets zero$/ },
  { of: 'mirror forgets', where: /^\d+ before (rename|unlink) archive\/mail\/[^,]*$/ },
  { of: 'incremental backup', where: /after write archive\/state\/journal\/[^,]*, names kept, octets torn$/ },
];

export function recoveryScenarios(): Scenario[] {
  return LAYOUTS.flatMap((layout) =>
    EARLIER.map((earlier, i) => afterStop(findScenario(`${earlier.of}, ${layout}`), earlier.where, i + 1)),
  );
}

function findScenario(name: string): Scenario {
  return backupScenarios().find((scenario) => scenario.name === name)!;
}

function afterStop(scenario: Scenario, where: RegExp, number: number): Scenario {
  return {
    ...scenario,
    name: `recovery ${number} of ${scenario.name}`,
    prepare: async (root) => {
      const { stops } = await record(scenario);
      layOut(lastMatching(stops, where), root);
    },
  };
}

/** The last: by then there is most to put right. @throws when the engine goes other ways now */
function lastMatching(stops: Stop[], where: RegExp): Stop {
  const found = stops.filter(({ at }) => where.test(at)).at(-1);
  if (!found) throw new Error(`No stop matches ${where}: ${stops.map(({ at }) => at).join('; ')}`);
  return found;
}

interface Damage {
  name: string;
  do(archive: string): void;
}

const DAMAGES: Damage[] = [
  { name: 'catalog is nonsense', do: (archive) => fs.writeFileSync(path.join(archive, 'state/catalog.sqlite'), 'x') },
  { name: 'journal has lost a line', do: (archive) => loseMessageLine(archive) },
];

export function repairScenarios(): Scenario[] {
  return LAYOUTS.flatMap((layout) => DAMAGES.map((damage) => repairOf(layout, damage)));
}

function repairOf(layout: Layout, damage: Damage): Scenario {
  const backup = findScenario(`incremental backup, ${layout}`);
  const outcome = async (root: string) =>
    // What was damaged is kept; a repair that was stopped may have kept it twice.
    (await archiveOutcome(archiveIn(root))).filter((line) => !/^file state\/damaged\//.test(line));
  return {
    name: `repair when the ${damage.name}, ${layout}`,
    prepare: async (root) => {
      await backup.prepare(root);
      await backup.run(root);
      damage.do(archiveIn(root));
    },
    run: async (root) => {
      await repairArchive(archiveIn(root), { clock: new StepClock() });
    },
    again: async (root) => {
      const archive = await openArchive(archiveIn(root), { mode: 'write', clock: systemClock });
      await archive.close();
    },
    outcome,
    expectRight: (root) => expectAllLetters(archiveIn(root)),
  };
}

function loseMessageLine(archive: string): void {
  const file = path.join(archive, 'state/journal/000001.jsonl');
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.startsWith('{"type":"message"')) + 3;
  lines[at] = `${'#'.repeat(lines[at]!.length)}`;
  fs.writeFileSync(file, lines.join('\n'));
}

/** Whatever was damaged beside the mail itself: no letter is lost. */
async function expectAllLetters(folder: string): Promise<void> {
  const archive = await openArchive(folder, { mode: 'read' });
  try {
    const held = new Set<string>();
    for (const mailbox of archive.mailboxes()) {
      for (const { uidValidity, uid } of archive.messages(mailbox.path)) {
        held.add(archive.readRaw(mailbox.path, uidValidity, uid).toString('latin1'));
      }
    }
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20, 21, 22, 23, 24, 25]) {
      if (!held.has(letter(n).toString('latin1'))) throw new Error(`Letter ${n} is not in the archive any more.`);
    }
  } finally {
    await archive.close();
  }
}
