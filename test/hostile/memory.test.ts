/** What servers can make the program hold: measured at the command line, a process of its own. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { measure } from '../bench/measure.ts';
import { removeWorkFolders, workFolder } from '../crash/harness/work-folder.ts';
import { ROOT } from '../helpers/cli.ts';
import { fillAccount } from '../helpers/fill-account.ts';
import { edit, endless } from '../helpers/scripted-imap/acts.ts';
import { always, once, type Script } from '../helpers/scripted-imap/script.ts';
import { startScriptedImap } from '../helpers/scripted-imap/scripted-imap.ts';
import { usualMail, without } from './harness/case.ts';

afterAll(removeWorkFolders);

const MOST_PEAK_BYTES = 300e6;
const PASSWORD = 'Geheim-9f3a';
const PIECE = 'x'.repeat(256 * 1024);
const ROW = '* 1 FETCH (UID 1 FLAGS () INTERNALDATE "01-May-2024 10:00:00 +0200" ';

/** Folders without mail, each with its status. */
function folders(count: number): string {
  const row = (i: number): string =>
    `* LIST () "/" "f${i}"\r\n* STATUS "f${i}" (MESSAGES 0 UIDNEXT 1 UIDVALIDITY ${i + 10} HIGHESTMODSEQ 1 UNSEEN 0 SIZE 0)\r\n`;
  return Array.from({ length: count }, (_, i) => row(i)).join('');
}

/** Rows alone: nothing is known of them. */
function plainFolders(first: number, count: number): string {
  return Array.from({ length: count }, (_, i) => `* LIST () "/" "f${first + i}"\r\n`).join('');
}

interface Flood {
  name: string;
  script: Script;
  /** Exit code. */
  code: number;
  says: RegExp;
}

const FLOODS: Flood[] = [
  {
    name: 'ten thousand folders are backed up',
    script: always(
      'LIST',
      edit((answer) => folders(10_000) + answer),
    ),
    code: 0,
    says: /"state":"complete"/,
  },
  {
    name: 'a hundred thousand folders and more are refused',
    script: always(
      'LIST',
      edit((answer) => folders(100_000) + answer),
    ),
    code: 10,
    says: /more than 100,000 mailboxes/,
  },
  {
    name: 'a folder listing without end',
    script: always(
      'LIST',
      endless('', (n) => plainFolders(n * 500, 500)),
    ),
    code: 10,
    says: /more than 100,000 mailboxes/,
  },
  {
    name: 'a body of 2 GB of which 500 MB come',
    script: once(
      'UID FETCH',
      async (stage) => {
        let isThere = await stage.send(`${ROW}BODY[] {2147483647}\r\n`);
        for (let n = 0; isThere && n < 2000; n++) isThere = await stage.send(PIECE);
        stage.drop();
      },
      /BODY/,
    ),
    code: 0,
    says: /"state":"complete"/,
  },
];

describe('no server makes the program hold more than 300 MB', () => {
  test.each(FLOODS)('$name', async ({ script, code, says }) => {
    const server = await startScriptedImap({
      user: { name: 'anna', password: PASSWORD },
      capabilities: without('ESEARCH'),
    });
    fillAccount(server.account, usualMail());
    server.setScript(script);
    const root = workFolder();
    const url = `imap://anna@127.0.0.1:${server.port}`;
    const args = [
      'backup',
      url.replace('imap:', 'imap+insecure:'),
      path.join(root, 'archive'),
      '--password-env',
      'PW',
      '--json',
    ];
    const cli = path.join(ROOT, 'electron/cli.ts');
    const result = await measure(process.execPath, [cli, ...args], { PW: PASSWORD }, { timeoutMs: 100_000 });
    await server.stop();
    expect(result.stdout.slice(-3000) + result.stderr).toMatch(says);
    expect(result.code).toBe(code);
    expect(result.stdout + result.stderr).not.toContain(PASSWORD);
    expect(result.peakBytes).toBeGreaterThan(40e6);
    expect(result.peakBytes).toBeLessThan(MOST_PEAK_BYTES);
    console.log(`peak ${Math.round((result.peakBytes ?? NaN) / 1e6)} MB in ${Math.round(result.wallMs)} ms`);
    fs.rmSync(root, { recursive: true });
  });
});
