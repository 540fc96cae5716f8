/** imapflow-loop.ts PORT USER PASSWORD fetch DIR|append MAILDIR: the loops that a script with imapflow has. */
import fs from 'node:fs';
import path from 'node:path';
import { ImapFlow } from 'imapflow';
import { dateOf, flagsOf, readMaildir } from './maildir.ts';

const [port, user = '', pass = '', action, folder = ''] = process.argv.slice(2);
const auth = { user, pass };
/** A PEM file: by TLS. */
const caFile = process.env['BENCH_CA'];
const tls = caFile ? { ca: fs.readFileSync(caFile) } : {};
const client = new ImapFlow({
  host: '127.0.0.1',
  port: Number(port),
  secure: caFile !== undefined,
  auth,
  tls,
  // Measured with it: three times as slow on loopback.
  disableCompression: true,
  logger: false,
});
await client.connect();
if (action === 'fetch') await fetchAll();
else await appendAll();
await client.logout();

async function fetchAll(): Promise<void> {
  for (const [index, { path: mailbox, flags }] of (await client.list()).entries()) {
    if (flags.has('\\Noselect')) continue;
    const opened = await client.mailboxOpen(mailbox, { readOnly: true });
    if (opened.exists === 0) continue;
    const to = path.join(folder, String(index));
    fs.mkdirSync(to);
    const query = { uid: true, flags: true, internalDate: true, source: true };
    for await (const message of client.fetch('1:*', query)) {
      fs.writeFileSync(path.join(to, `${message.uid}.eml`), message.source!);
    }
  }
}

async function appendAll(): Promise<void> {
  for (const { wireName, folder: from, files } of readMaildir(folder)) {
    if (wireName !== 'INBOX') await client.mailboxCreate(wireName);
    for (const file of files) {
      await client.append(wireName, fs.readFileSync(path.join(from, file)), flagsOf(file), dateOf(file));
    }
  }
}
