/** Set-up speaks on stderr only: a program's own output must stay clean for pipes. */
export function say(line) {
  process.stderr.write(`mailferry set-up: ${line}\n`);
}
