/** One case laid out: a folder of its own, the scripted server, the other side, an engine with a fast clock. */
import path from 'node:path';
import type { Log } from '../../../electron/engine/ports.ts';
import { DEFAULT_RULES, Engine, type AccountAccess, type JobHandle } from '../../../electron/engine/engine.ts';
import type { JobSummary } from '../../../shared/job.ts';
import { runBackup } from '../../crash/harness/run-backup.ts';
import { selfSigned } from '../../helpers/certificates.ts';
import { FastClock } from '../../helpers/fast-clock.ts';
import { fillAccount } from '../../helpers/fill-account.ts';
import { startScriptedImap, type ScriptedImap } from '../../helpers/scripted-imap/scripted-imap.ts';
import fs from 'node:fs';
import { usualMail, type HostileCase } from './case.ts';

export const PASSWORD = 'Geheim-9f3a-Frühling';
const USER = { name: 'anna', password: PASSWORD };

/** Deadlines of minutes pass in a second or two. */
const CLOCK_FACTOR = 100;
/** Failures in a row before a job gives up; the product has eight, with the same waits. */
const RETRY = { maxTries: 4, lateMs: 0 };
/** No job may hang: longer than this on the wall is a hang, whatever the clock says. */
const HANG_MS = 60_000;

export interface HostileStage {
  case: HostileCase;
  root: string;
  archive: string;
  hostile: ScriptedImap;
  /** The other server of a migration. */
  other: ScriptedImap | null;
  /** Everything that was told to anybody: log, snapshots, summaries. */
  told: string[];
  run(): Promise<JobSummary>;
  stop(): Promise<void>;
}

/** @param root an empty folder */
export async function openStage(given: HostileCase, root: string): Promise<HostileStage> {
  const archive = path.join(root, 'archive');
  const store = (given.mail ?? usualMail)();
  const certificate = given.tls ? selfSigned(path.join(root, 'tls')) : null;
  const { server, capabilities } = given;
  const hostile = await startScriptedImap({
    user: USER,
    ...(server ? { server } : {}),
    ...(capabilities ? { capabilities } : {}),
    ...(certificate && given.tls
      ? { tls: { key: fs.readFileSync(certificate.keyPath, 'utf8'), cert: certificate.pem, mode: given.tls } }
      : {}),
  });
  const other = given.job === 'from' || given.job === 'to' ? await startScriptedImap({ user: USER }) : null;
  if (given.job === 'restore') await runBackup(root, { layout: 'mbox', store });
  else fillAccount((given.job === 'to' ? other! : hostile).account, store);
  if (given.there) fillAccount((given.job === 'from' ? other! : hostile).account, given.there());
  const told: string[] = [];
  const note = (event: string, facts?: object): void => void told.push(`${event} ${JSON.stringify(facts)}`);
  const log: Log = { debug: note, warn: note };
  const clock = new FastClock(given.clockFactor ?? CLOCK_FACTOR);
  const patience = { timeouts: given.timeouts ?? {}, deadlines: given.deadlines ?? {} };
  const engine = new Engine({ clock, log, stateFolder: path.join(root, 'state'), retry: RETRY, ...patience });
  const security =
    given.security ?? (given.tls === 'implicit' ? 'tls' : given.tls === 'starttls' ? 'starttls' : 'none');
  const access: AccountAccess = {
    account: {
      user: USER.name,
      endpoint: {
        ...{ host: '127.0.0.1', port: hostile.port, security },
        ...(certificate ? { tlsCa: certificate.pem } : {}),
      },
    },
    credential: async () => given.credential ?? { password: PASSWORD },
  };
  const otherAccess: AccountAccess = {
    account: { user: USER.name, endpoint: { host: '127.0.0.1', port: other?.port ?? 0, security: 'none' } },
    credential: async () => ({ password: PASSWORD }),
  };
  const start = (): JobHandle => startJob(given.job, engine, archive, access, otherAccess);
  return {
    ...{ case: given, root, archive, hostile, other, told },
    run: () => watched(start(), told),
    stop: async () => {
      await Promise.all([hostile.stop(), other?.stop()]);
    },
  };
}

const BASICS = { only: [], skip: [], lanes: 2, since: null, dateFromHeader: false, bytesPerSecond: null };

function startJob(
  job: HostileCase['job'],
  engine: Engine,
  archive: string,
  access: AccountAccess,
  other: AccountAccess,
): JobHandle {
  if (job === 'backup') return engine.backup(access, archive, null, { ...BASICS, mirror: 'off' });
  const options = { ...BASICS, rules: DEFAULT_RULES, proof: 'full' } as const;
  if (job === 'restore') return engine.restore(archive, access, options);
  return job === 'from' ? engine.migrate(access, other, options) : engine.migrate(other, access, options);
}

async function watched(handle: JobHandle, told: string[]): Promise<JobSummary> {
  handle.subscribe((snapshot) => told.push(JSON.stringify(snapshot)));
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The job hangs: ${told.at(-1)}`)), HANG_MS);
  });
  try {
    const summary = await Promise.race([handle.result, hang]);
    told.push(JSON.stringify(summary));
    return summary;
  } finally {
    clearTimeout(timer);
  }
}
