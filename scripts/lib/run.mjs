import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureNode24, ensureNodeModules, root } from './packages.mjs';

/**
 * Run one of the project's TypeScript files as if it were this process: same streams, signals and exit code.
 * Does not return: this process ends as the child did.
 *
 * @param script path below the project's root
 * @param args   handed on as they are
 */
export async function runProject(script, args) {
  ensureNodeModules();
  const node = ensureNode24();
  await become(node.path, [...node.flags, join(root, script), ...args], { cwd: callersFolder() });
}

/** npm runs scripts in the project's root; paths that the user typed are meant from where they typed them. */
function callersFolder() {
  const { INIT_CWD: typedIn, npm_lifecycle_event: script } = process.env;
  return script && typedIn && process.cwd() === root ? typedIn : process.cwd();
}

async function become(file, args, options) {
  const { code, signal } = await runToEnd(file, args, options);
  if (signal) process.kill(process.pid, signal);
  else process.exit(code);
}

/**
 * Run a program with our streams and hand our signals on to it.
 *
 * @returns its exit code, or the signal that ended it
 */
export function runToEnd(file, args, options) {
  return new Promise((done) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options });
    // A terminal sends Ctrl-C to the child as well: handing it on would make it two.
    const terminal = process.stdin.isTTY || process.stderr.isTTY;
    const forward = (signal) => {
      if (signal !== 'SIGINT' || !terminal) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const end = (result) => {
      for (const signal of signals) process.off(signal, forward);
      done(result);
    };
    child.on('error', (error) => {
      console.error(`${file} could not be started: ${error.message}`);
      end({ code: 1, signal: null });
    });
    child.on('exit', (code, signal) => end({ code: code ?? 1, signal }));
  });
}
