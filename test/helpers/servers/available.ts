import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import type { ServerKind } from './server.ts';
import { unpackedRoot } from './unpacked.ts';

/** mount: a small disk, or a read-only one, for a moment. */
export type Need = ServerKind | 'python-mail' | 'python3' | 'strace' | 'openssl' | 'mbsync' | 'chromium' | 'mount';

/**
 * Why this cannot be used here, in one sentence; null when it can.
 * `npm test` hands down what its set-up could not provide as JSON in MAILFERRY_TEST_SKIP.
 */
export function unavailable(need: Need): string | null {
  const told = JSON.parse(process.env.MAILFERRY_TEST_SKIP || '{}') as Record<string, string>;
  if (told[need]) return told[need];
  if (need === 'dovecot') return lacksFile('/usr/sbin/dovecot');
  if (need === 'cyrus') return unpackedRoot('cyrus') ? null : 'Cyrus is not unpacked: run `npm run setup`.';
  if (need === 'courier') {
    if (process.getuid?.() !== 0) return 'Courier runs in a mount namespace of its own, which needs root.';
    return unpackedRoot('courier') ? null : 'Courier is not unpacked: run `npm run setup`.';
  }
  if (need === 'mount') return lacksMount();
  if (need === 'python-mail')
    return unpackedRoot(need) ? null : 'The mail of Python’s tests is not unpacked: run `npm run setup`.';
  return onPath(need) ? null : `${need} is not installed: run \`npm run setup\`.`;
}

/** `describe` for tests that need real programs. Where one is missing a skipped test says which and why. */
export function describeWith(needs: Need[], title: string, tests: () => void): void {
  const reasons = needs.map(unavailable).filter((reason) => reason !== null);
  if (reasons.length === 0) {
    describe(title, tests);
    return;
  }
  describe(title, () => {
    test('needs what is not there', ({ skip }) => skip([...new Set(reasons)].join(' ')));
  });
}

let mountObstacle: string | null | undefined;

/** Tried out: root in a container often may not. */
function lacksMount(): string | null {
  if (process.getuid?.() !== 0) return 'Mounting a small disk needs root.';
  if (mountObstacle !== undefined) return mountObstacle;
  const folder = mkdtempSync(join(tmpdir(), 'mf-mount-'));
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { encoding: 'utf8' });
  if (status === 0) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  mountObstacle = status === 0 ? null : `No disk can be mounted here: ${(error?.message ?? stderr).trim()}`;
  return mountObstacle;
}

function lacksFile(path: string): string | null {
  return existsSync(path) ? null : `${path} is missing: run \`npm run setup\`.`;
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`));
}
