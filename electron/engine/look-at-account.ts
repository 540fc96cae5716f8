/** An account seen from outside: does the sign-in work, what is in it, how large is it, what is new. */
import type { AccountAccess, AccountSizes, EnginePorts, SignInTest, SizesWatch } from './engine-types.ts';
import { createImapSource } from './imap/imap-source.ts';
import { openSession } from './imap/session.ts';
import { survey, type SurveyedMailbox } from './jobs/survey.ts';

/**
 * Sign in, count the folders, sign out.
 *
 * @throws EngineError as openSession(); 'certificate-…' before anything is sent, with details fingerprint, names,
 *   issuer, validFrom, validTo, tlsVersion, cipher and forwardSecrecy ('yes', 'no')
 */
export async function testSignIn(access: AccountAccess, ports: EnginePorts, signal?: AbortSignal): Promise<SignInTest> {
  const session = await openSession(access.account, await access.credential(), sessionOptions(access, ports, signal));
  try {
    const { connectionReport: report, serverName } = session;
    return { report, serverName, folders: await session.count(signal) };
  } finally {
    await session.logout();
  }
}

/**
 * The folder tree with counts and sizes; sizes are measured message by message where STATUS has none.
 *
 * @param watch archive: what it lacks is counted too. onUpdate: called as knowledge comes in
 */
export async function readSizes(
  access: AccountAccess,
  ports: EnginePorts,
  watch: SizesWatch,
  signal?: AbortSignal,
): Promise<AccountSizes> {
  const credential = await access.credential();
  const session = await openSession(access.account, credential, sessionOptions(access, ports, signal));
  const { connectionReport: connection, serverName } = session;
  const { quota, scanned } = await (async () => {
    try {
      return { quota: await session.quota(), scanned: await session.scan(signal) };
    } finally {
      await session.logout();
    }
  })();
  const { clock, log } = ports;
  const { account } = access;
  const source = createImapSource({ account, credential, clock, log, sessionOptions: sessionOptions(access, ports) });
  const told = { quota, connection, serverName };
  const tell = (mailboxes: SurveyedMailbox[]) => watch.onUpdate?.({ mailboxes, ...told });
  try {
    const archived = watch.archive ? watch.archive.states() : null;
    return { mailboxes: await survey(() => source.openLane(signal), scanned, archived, tell, signal), ...told };
  } finally {
    await source.close();
  }
}

function sessionOptions({ allowInsecure = false }: AccountAccess, { clock, log }: EnginePorts, signal?: AbortSignal) {
  return { clock, log, allowInsecure, ...(signal ? { signal } : {}) };
}
