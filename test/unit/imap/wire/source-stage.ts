import { afterEach } from 'vitest';
import { ImapSourceLane } from '../../../../electron/engine/imap/imap-source-lane.ts';
import type { WireOptions } from '../../../../electron/engine/imap/wire/command-options.ts';
import { silentLog } from '../../../../electron/engine/ports.ts';
import { literal } from './record-events.ts';
import { startStage, type Peer, type Stage } from './scripted-server.ts';

export const OPENED = '* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 10] ok\r\n';
export const DATE = 'INTERNALDATE "24-Nov-2026 03:40:45 +0100"';
export const row = (uid: number, raw: string) =>
  `* ${uid} FETCH (UID ${uid} FLAGS (\\Seen) ${DATE} BODY[] ${literal(raw)})\r\n`;
export const uids = (...list: number[]) => Uint32Array.from(list);

let stage: Stage | null = null;
// This module is evaluated anew for each test file.
afterEach(async () => {
  await stage?.stop();
  stage = null;
});

/** A lane on a scripted server, which is stopped after the test. */
export async function lane(
  script: (peer: Peer) => Promise<void>,
  options: Partial<WireOptions> = {},
  capabilities: string[] = [],
) {
  stage = await startStage(script, options);
  return new ImapSourceLane({
    wire: stage.wire,
    names: stage.names,
    capabilities: new Set(capabilities),
    log: silentLog,
  });
}
