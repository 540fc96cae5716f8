/** How fast an archive of 200,000 messages is read: `npm run bench:browse`, or with a number of messages. */
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';
import path from 'node:path';
import { ArchiveBrowser } from '../electron/engine/engine.ts';
import { largeArchive } from '../test/helpers/large-archive.ts';

const messages = Number(process.argv[2] ?? 200_000);
const ALL = {
  ...{ mailbox: null, text: '', field: 'everywhere', unread: false, flagged: false, attachment: false },
  ...{ after: null, before: null, sort: 'newest' },
};

const timed = async (act) => {
  const start = performance.now();
  const value = await act();
  return { value, ms: performance.now() - start };
};
const say = (what, value) => console.log(`${what.padEnd(58)} ${value}`);
const ms = (value) => `${value.toFixed(1).padStart(9)} ms`;

const made = await timed(() => largeArchive({ messages }));
const state = path.join(made.value, 'state');
for (const name of ['search.sqlite', 'search.sqlite-journal']) fs.rmSync(path.join(state, name), { force: true });
say(`archive of ${messages.toLocaleString('en')} messages, made or found`, ms(made.ms));

const first = await timed(() => ArchiveBrowser.open(made.value, path.join(state, 'index')));
say('open for the first time', ms(first.ms));
let browser = first.value;
await ask('list of a folder before anything is indexed', { mailbox: 'INBOX' });
await ask('search in headers before anything is indexed', { text: 'rossi' });

const slow = [];
const build = timed(() => browser.buildIndex());
let isBuilding = true;
void build.then(() => (isBuilding = false));
while (isBuilding) {
  slow.push((await timed(() => browser.messages({ ...ALL, mailbox: 'INBOX' }, slow.length * 50, 50))).ms);
  await new Promise((resolve) => setTimeout(resolve, 100));
}
const built = await build;
say(
  'index of all bodies',
  `${ms(built.ms)}, ${Math.round((messages / built.ms) * 1000).toLocaleString('en')} messages a second`,
);
slow.sort((a, b) => a - b);
say('pages meanwhile: median, longest', `${ms(slow[slow.length >> 1])}, ${ms(slow.at(-1))}`);
const bytes = fs.statSync(path.join(state, 'search.sqlite')).size;
say(
  'size of the index',
  `${(bytes / 1e6).toFixed(0).padStart(9)} MB, ${Math.round(bytes / messages)} octets a message`,
);
await browser.close();

const again = await timed(() => ArchiveBrowser.open(made.value, path.join(state, 'index')));
browser = again.value;
say('open again', ms(again.ms));
say('folders', ms((await timed(() => browser.folders())).ms));
for (const sort of ['newest', 'oldest', 'largest', 'from', 'subject']) {
  await ask(`first page of INBOX, ${sort}`, { mailbox: 'INBOX', sort });
  await ask(`  a page in the middle`, { mailbox: 'INBOX', sort }, Math.round(messages * 0.3));
}
await ask('first page of all folders, unread, with attachment', { unread: true, attachment: true });
for (const text of [
  'm',
  'me',
  'mee',
  'meeting',
  'meeting inv',
  'meeting invoice',
  'budget',
  'müller',
  'mueller',
  '"meeting invoice"',
  'rossi budget',
  'report-17',
  'the of and',
  'zufen',
  'nothingatall',
])
  await ask(`first hits: ${text}`, { text });
await ask('first hits, by relevance: rechnung', { text: 'rechnung', sort: 'relevance' });
await browser.close();

async function ask(what, query, offset = 0) {
  const { value, ms: took } = await timed(() => browser.messages({ ...ALL, ...query }, offset, 50));
  say(what, `${ms(took)}  ${value.total.toLocaleString('en').padStart(8)} in all`);
}
