/** sizes → backup → again → restore → again → verify → promises, told so that a person enjoys reading it. */
import fs from 'node:fs';
import path from 'node:path';
import { DEFAULT_RULES, reportHtml, type Engine, type UploadOptions } from '../../engine/engine.ts';
import type { JobHandle } from '../../engine/engine.ts';
import type { JobSummary } from '../../../shared/job.ts';
import { formatBytes, formatCount, formatDuration, formatMessages, padEnd } from '../format.ts';
import { showProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { printTree } from '../tree.ts';
import {
  accountState,
  archiveIsIdentical,
  archiveIsOpen,
  everythingIsAccounted,
  nothingLeaks,
  secondRunIsQuiet,
  sourceIsUntouched,
  targetIsIdentical,
  type PromiseResult,
} from './promises.ts';
import type { DemoProvider, DemoProviders } from '../../demo/providers.ts';

export interface StoryContext {
  engine: Engine;
  terminal: Terminal;
  providers: DemoProviders;
  folder: string;
  keep: boolean;
}

const OPTIONS = { only: [], skip: [], since: null, lanes: 2, bytesPerSecond: null, dateFromHeader: false };
const UPLOAD: UploadOptions = { ...OPTIONS, rules: DEFAULT_RULES, proof: 'full' };
const STEPS = 6;

/** @returns true when every promise held */
export async function runStory({ engine, terminal: screen, providers, folder, keep }: StoryContext): Promise<boolean> {
  const { terminal, printed } = recorded(screen);
  const { old, new: fresh } = providers;
  const archive = path.join(folder, 'archive');
  const before = accountState(old.account);
  const startedMs = Date.now();
  let step = 0;
  const heading = (text: string) => {
    terminal.say();
    terminal.say(terminal.style('bold', `${++step}/${STEPS}  ${text}`));
  };
  terminal.say(terminal.style('bold', 'Mailferry demo'));
  terminal.say('Two mail servers run inside this program. Jette moves from her old provider to a new one.');

  heading(`What is in ${old.user}?`);
  const { mailboxes } = await engine.sizes(old.access);
  if (!terminal.json) printTree(mailboxes, terminal);

  heading('Back it up into an open archive');
  const backup = () => engine.backup(old.access, archive, 'mbox', { ...OPTIONS, mirror: 'off' });
  const first = await tell(
    backup(),
    terminal,
    (s) => `${formatMessages(s.stored)} saved, ${formatBytes(s.bytes)}, in ${formatDuration(s.elapsedMs)}`,
  );

  heading('Back it up again: only what is new is fetched, and nothing is');
  old.server.log.clear();
  const second = await tell(
    backup(),
    terminal,
    (s) => `${formatMessages(s.duplicate)} in place already, ${s.stored} fetched, in ${formatDuration(s.elapsedMs)}`,
  );
  const secondFetches = bodyCommands(old);
  terminal.say(terminal.style('dim', `    All the server was asked: ${commandsOf(old)}`));

  heading(`Restore it to ${fresh.user}`);
  const pairs = await engine.planRestore(archive, fresh.access, UPLOAD);
  for (const { source, targetPath, reason } of pairs) {
    if (reason === 'special-use')
      terminal.say(
        `    ${padEnd(source.path, 14)} → ${targetPath}  ${terminal.style('dim', 'the same folder in another language')}`,
      );
  }
  const restore = () => engine.restore(archive, fresh.access, UPLOAD);
  const restoreJob = restore();
  const restored = await tell(
    restoreJob,
    terminal,
    (s) => `${formatMessages(s.stored)} restored and read back, in ${formatDuration(s.elapsedMs)}`,
  );
  const report = path.join(folder, 'report.html');
  fs.writeFileSync(report, reportHtml(restoreJob.report()), { mode: 0o600 });
  fresh.server.log.clear();
  const restoredAgain = await tell(
    restore(),
    terminal,
    (s) => `run again: ${formatMessages(s.duplicate)} in place, ${s.stored} sent`,
  );
  const secondAppends = bodyCommands(fresh);

  heading('Verify: read every archived message again and compare its fingerprint');
  const verified = await tell(
    engine.verify(archive),
    terminal,
    (s) => `${formatMessages(s.stored)} intact, ${formatCount(s.failed)} damaged`,
  );
  const compared = await tell(
    engine.verifyAgainst(archive, fresh.access, { only: [], skip: [], proof: 'full' }),
    terminal,
    (s) => `${formatMessages(s.stored)} found on the new server, octet for octet`,
  );

  heading('Did every promise hold?');
  const opened = await engine.openArchive(archive);
  const results = [
    archiveIsIdentical(opened, old.account),
    targetIsIdentical(old.account, fresh.account, pairs),
    secondRunIsQuiet('Backup again changes nothing', second, secondFetches),
    secondRunIsQuiet('Restore again sends nothing', restoredAgain, secondAppends),
    everythingIsAccounted([first, second, restored, restoredAgain, verified, compared]),
    sourceIsUntouched(before, old.account),
    archiveIsOpen(archive, old.account),
    nothingLeaks(folder, [old.password, fresh.password], printed()),
  ];
  await opened.close();
  for (const result of results) tellPromise(result, terminal);
  const held = results.every((r) => r.held);
  terminal.object({ type: 'summary', held, promises: results, elapsedMs: Date.now() - startedMs });
  terminal.say();
  const verdict = held ? terminal.style('green', 'Every promise held') : terminal.style('red', 'A promise was broken');
  terminal.say(`${verdict}, in ${formatDuration(Date.now() - startedMs)}.`);
  if (keep) tellHowToPlay(terminal, providers, archive, report);
  else
    terminal.say(
      terminal.style(
        'dim',
        'Everything was removed again. With --keep the servers and the archive stay to play with: npm run demo -- --keep',
      ),
    );
  return held;
}

async function tell(job: JobHandle, terminal: Terminal, text: (summary: JobSummary) => string): Promise<JobSummary> {
  const takeDown = showProgress(job, { ...terminal, say: terminal.live ? terminal.say : () => undefined });
  const summary = await job.result;
  takeDown();
  terminal.object({ step: job.kind, ...summary, type: 'job' });
  if (summary.failure) terminal.error(summary.failure);
  const mark = summary.state === 'complete' ? terminal.style('green', '✓') : terminal.style('red', '✗');
  terminal.say(`  ${mark} ${text(summary)}`);
  for (const e of summary.exceptions.slice(0, 5))
    terminal.say(`    ${e.mailbox}${e.uid === null ? '' : ` UID ${e.uid}`}: ${e.reason}`);
  return summary;
}

function tellPromise({ title, held, figure }: PromiseResult, terminal: Terminal): void {
  const mark = held ? terminal.style('green', '✓') : terminal.style('red', '✗');
  terminal.say(`  ${mark} ${padEnd(title, 30)}${terminal.style('dim', figure)}`);
}

const BODY_VERBS = ['FETCH', 'UID FETCH', 'APPEND'];

const bodyCommands = ({ server }: DemoProvider): number =>
  BODY_VERBS.reduce((sum, verb) => sum + server.log.count(verb), 0);

function commandsOf({ server }: DemoProvider): string {
  return [...server.log.counts].map(([verb, n]) => (n === 1 ? verb : `${verb} ×${n}`)).join(', ');
}

function tellHowToPlay(terminal: Terminal, { old, new: fresh }: DemoProviders, archive: string, report: string): void {
  const files = [old, fresh].map(({ user, password }) => {
    const file = path.join(path.dirname(archive), `${user}.password`);
    fs.writeFileSync(file, `${password}\n`, { mode: 0o600 });
    return file;
  });
  terminal.say();
  terminal.say('The servers run until you press Ctrl-C. In another terminal, for example:');
  for (const line of [
    `npm run -s mailferry -- list ${archive}`,
    `npm run -s mailferry -- list ${archive} INBOX`,
    `npm run -s mailferry -- sizes ${old.url} --password-file ${files[0]}`,
    `npm run -s mailferry -- sizes ${fresh.url} --password-file ${files[1]}`,
  ]) {
    terminal.say(`  ${line}`);
  }
  terminal.say(`The report of the restore: ${report}`);
}

/** Keeps a copy of what was printed, for the check that no password is in it. */
function recorded(terminal: Terminal): { terminal: Terminal; printed: () => string } {
  let text = '';
  const copy: Terminal = {
    ...terminal,
    say: (line = '') => {
      text += `${line}\n`;
      terminal.say(line);
    },
    print: (part) => {
      text += part;
      terminal.print(part);
    },
    object: (value) => {
      text += JSON.stringify(value);
      terminal.object(value);
    },
    error: (failure) => {
      text += failure.message;
      terminal.error(failure);
    },
  };
  return { terminal: copy, printed: () => text };
}
