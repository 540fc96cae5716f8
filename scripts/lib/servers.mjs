/**
 * Real IMAP servers for test/server: Dovecot is installed, Cyrus and Courier are only unpacked below .cache/servers,
 * because their packages conflict with Dovecot's and would start daemons. So is the mail of Python's own tests.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apt, ensureDebianPackages, hasApt, updateLists } from './debian.mjs';
import { root } from './packages.mjs';
import { say } from './say.mjs';

const CACHE = join(root, '.cache/servers');

/**
 * packages: asked for; what apt would add for them comes along. pattern: in place of names, one package by itself.
 * programs: must find their libraries. keep: in place of programs, the one folder below Python's own that is wanted.
 */
const UNPACKED = {
  cyrus: {
    packages: ['cyrus-common', 'cyrus-imapd', 'sasl2-bin', 'libsasl2-modules', 'libsasl2-modules-db'],
    programs: ['usr/lib/cyrus/bin/master', 'usr/lib/cyrus/bin/imapd', 'usr/sbin/saslpasswd2'],
  },
  courier: {
    packages: [
      'courier-imap',
      'courier-base',
      'courier-authlib',
      'courier-authdaemon',
      'courier-authlib-userdb',
      'gamin',
    ],
    programs: ['usr/sbin/couriertcpd', 'usr/bin/imapd', 'usr/lib/courier/courier-authlib/authdaemond'],
  },
  'python-mail': {
    pattern: '^libpython3\\.[0-9]+-testsuite$',
    keep: 'test/test_email/data',
  },
};

/**
 * Make everything available that the tests with real servers use.
 *
 * @returns what cannot run and why: keys dovecot, cyrus, courier, python-mail, python3, strace, openssl, mbsync, chromium
 */
export function prepareServers() {
  const skipped = {};
  const tools = {
    dovecot: 'dovecot-imapd',
    python3: 'python3',
    strace: 'strace',
    openssl: 'openssl',
    mbsync: 'isync',
    chromium: 'chromium',
  };
  const { missing, reason } = ensureDebianPackages(Object.values(tools).filter((name) => !hasProgram(name)));
  for (const [what, name] of Object.entries(tools)) if (missing.includes(name)) skipped[what] = reason;
  for (const kind of Object.keys(UNPACKED)) {
    const obstacle = kind === 'courier' ? (needsNamespaces() ?? unpack(kind)) : unpack(kind);
    if (obstacle) skipped[kind] = obstacle;
  }
  if (skipped.openssl) for (const kind of ['dovecot', 'cyrus', 'courier']) skipped[kind] ??= skipped.openssl;
  return skipped;
}

/** One line for each reason. */
export function sayUnavailable(unavailable) {
  const byReason = new Map();
  for (const [what, reason] of Object.entries(unavailable))
    byReason.set(reason, [...(byReason.get(reason) ?? []), what]);
  for (const [reason, what] of byReason) say(`tests with ${what.join(', ')} are left out: ${reason}`);
}

/** A program that did not come from Debian's package will do as well. */
function hasProgram(name) {
  const paths = { 'dovecot-imapd': ['/usr/sbin/dovecot'], isync: ['/usr/bin/mbsync', '/usr/local/bin/mbsync'] };
  return (paths[name] ?? [`/usr/bin/${name}`, `/usr/local/bin/${name}`]).some((path) => existsSync(path));
}

function needsNamespaces() {
  if (process.getuid?.() !== 0)
    return 'Courier has fixed paths and runs in a mount namespace of its own, which needs root.';
  const probe = spawnSync('unshare', ['-m', '-p', '-f', 'mount', '-t', 'tmpfs', 'none', '/mnt']);
  return probe.status === 0 ? null : 'Courier needs a mount namespace of its own, which this system does not allow.';
}

/** @returns why it could not be done, or null. A folder that is there is whole: it got its name last. */
function unpack(kind) {
  const target = join(CACHE, kind);
  if (existsSync(join(target, '.complete'))) return null;
  if (!hasApt()) return `${kind} is unpacked from Debian's packages, and this system has no apt-get.`;
  removeBrokenOff();
  const work = join(CACHE, `${kind}.partial-${process.pid}`);
  try {
    const failure = download(kind, join(work, 'debs')) ?? extract(kind, join(work, 'debs'), join(work, 'root'));
    if (failure) return failure;
    rmSync(target, { recursive: true, force: true });
    renameSync(join(work, 'root'), target);
    return null;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What a killed set-up left an hour ago or earlier; a younger one may be at work beside us. */
function removeBrokenOff() {
  const names = existsSync(CACHE) ? readdirSync(CACHE).filter((name) => name.includes('.partial-')) : [];
  for (const path of names.map((name) => join(CACHE, name)))
    if (Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { recursive: true, force: true });
}

function download(kind, folder) {
  mkdirSync(folder, { recursive: true });
  let names = packagesOf(kind);
  let failure = names && fetch(kind, names, folder);
  if (names && !failure) return null;
  // Lists may be absent or too old: a version that is no longer on the server answers 404.
  const stale =
    process.getuid?.() === 0 ? updateLists() : 'its package lists are out of date, run `apt-get update` as root';
  if (stale) return `apt-get cannot download ${kind}: ${stale}.`;
  names = packagesOf(kind);
  failure = names ? fetch(kind, names, folder) : 'its packages are not known here';
  return failure ? `apt-get cannot download ${kind}: ${failure}.` : null;
}

function fetch(kind, names, folder) {
  say(`downloading ${kind} for the tests (${names.length} Debian packages, not installed): ${names.join(' ')}`);
  return apt(['download', '-q', ...names], { cwd: folder });
}

/** The server's own packages and every library that apt would add for them here. null: apt does not know them. */
function packagesOf(kind) {
  const { packages, pattern } = UNPACKED[kind];
  if (pattern) return byPattern(pattern);
  const args = ['-s', 'install', '--no-install-recommends', '-o', 'Debug::NoLocking=1', ...packages];
  const run = spawnSync('apt-get', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  if (run.status !== 0) return null;
  const added = run.stdout.split('\n').flatMap((line) => /^Inst (lib\S+) \(/.exec(line)?.[1] ?? []);
  return [...new Set([...packages, ...added])];
}

/** The newest: Debian has one such package for each version of Python that it has. */
function byPattern(pattern) {
  const run = spawnSync('apt-cache', ['search', '--names-only', pattern], { encoding: 'utf8' });
  const names = (run.stdout ?? '').split('\n').flatMap((line) => /^\S+/.exec(line)?.[0] ?? []);
  return names.length === 0 ? null : [names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)];
}

function extract(kind, debs, folder) {
  mkdirSync(folder, { recursive: true });
  for (const deb of readdirSync(debs).filter((name) => name.endsWith('.deb'))) {
    const run = spawnSync('dpkg-deb', ['-x', join(debs, deb), folder], { encoding: 'utf8' });
    if (run.status !== 0) return `${deb} could not be unpacked: ${(run.stderr || String(run.error)).trim()}.`;
  }
  const { keep } = UNPACKED[kind];
  const failure = keep ? keepOnly(keep, folder) : trim(kind, folder);
  if (failure) return failure;
  writeFileSync(join(folder, '.complete'), `${readdirSync(debs).join('\n')}\n`);
  return null;
}

function trim(kind, folder) {
  // On a merged-/usr system /lib is a link, and an overlay of usr must hold these libraries too.
  if (existsSync(join(folder, 'lib')))
    cpSync(join(folder, 'lib'), join(folder, 'usr/lib'), { recursive: true, verbatimSymlinks: true });
  for (const name of ['lib', 'usr/share/doc', 'usr/share/man', 'usr/share/locale', 'usr/share/perl5'])
    rmSync(join(folder, name), { recursive: true, force: true });
  const lacking = missingLibraries(kind, folder);
  return lacking ? `${kind} was unpacked, but these libraries are not on this system: ${lacking}.` : null;
}

/** The folder is called `kept` then, whatever the version of Python is. */
function keepOnly(path, folder) {
  const python = readdirSync(join(folder, 'usr/lib')).find((name) => existsSync(join(folder, 'usr/lib', name, path)));
  if (!python) return `${path} is not in Debian's package.`;
  renameSync(join(folder, 'usr/lib', python, path), join(folder, 'kept'));
  rmSync(join(folder, 'usr'), { recursive: true, force: true });
  return null;
}

function missingLibraries(kind, folder) {
  const libraries = join(folder, 'usr/lib');
  const folders = readdirSync(libraries).filter((name) => name.endsWith('-linux-gnu'));
  const search = ['', 'courier-authlib', ...folders].map((name) => join(libraries, name)).join(':');
  const files = UNPACKED[kind].programs.map((name) => join(folder, name));
  const run = spawnSync('ldd', files, { encoding: 'utf8', env: { ...process.env, LD_LIBRARY_PATH: search } });
  const lacking = (run.stdout ?? '').split('\n').filter((line) => line.includes('not found'));
  return [...new Set(lacking.map((line) => line.trim().split(' ')[0]))].join(', ');
}
