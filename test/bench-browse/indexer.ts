/** Indexes an archive until its standard input ends; tells how far it is, a line of JSON each time. */
import path from 'node:path';
import { ArchiveBrowser } from '../../electron/engine/engine.ts';

const archive = process.argv[2]!;
const stop = new AbortController();
process.stdin.resume().once('end', () => stop.abort());
const browser = await ArchiveBrowser.open(archive, path.join(archive, 'state/index'));
try {
  await browser.buildIndex((indexed) => console.log(JSON.stringify({ atMs: performance.now(), indexed })), stop.signal);
} catch (error) {
  if (!stop.signal.aborted) throw error;
} finally {
  await browser.close();
}
