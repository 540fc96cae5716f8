import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../electron/demo/sample/random.ts';
import { paperSample, photo } from '../../../electron/demo/sample/attachments.ts';
import { loadSampleMailbox } from '../../../electron/demo/sample/load-sample-mailbox.ts';
import { decodedBlocks, expectedBlocks } from './jpeg-scan.ts';
import { withClient, withServer } from './with-server.ts';

describe('files of the sample', () => {
  test.each(['thumbnail', 'shrunk', 'phone'] as const)('a %s photo decodes to the last block', (size) => {
    for (let seed = 1; seed <= 3; seed++) {
      const { data } = photo(new Random(seed), size, 0);
      expect(decodedBlocks(data)).toBe(expectedBlocks(data));
    }
  });

  test('a photo that lost an octet is noticed', () => {
    const { data } = photo(new Random(1), 'thumbnail', 0);
    const damaged = Buffer.concat([data.subarray(0, -1000), data.subarray(-990)]);
    expect(() => expect(decodedBlocks(damaged)).toBe(expectedBlocks(damaged))).toThrow();
  });

  test('a picture inflates to exactly its pixels', () => {
    const { data } = paperSample(new Random(3), 'a.png', 200);
    const size = data.readUInt32BE(33);
    expect(inflateSync(data.subarray(41, 41 + size)).length).toBe((data.readUInt32BE(16) * 3 + 1) * 200);
  });
});

describe('the sample behind a server', () => {
  test('is listed and served whole, under a prefix and another delimiter', async () => {
    const server = await withServer({ delimiter: '.', namespacePrefix: 'INBOX.' });
    const account = server.account();
    loadSampleMailbox(account);
    const client = await withClient(server);
    const listed = await client.run('LIST "" "*" RETURN (STATUS (MESSAGES SIZE))');
    const sum = (item: string): number =>
      [...listed.matchAll(new RegExp(`${item} (\\d+)`, 'g'))].reduce((total, found) => total + Number(found[1]), 0);
    expect(sum('MESSAGES')).toBe(account.mailboxes.reduce((total, m) => total + m.messages.length, 0));
    expect(sum('SIZE')).toBe(account.usedBytes);
    await client.run('EXAMINE "INBOX.Verein.Chor &IB4-Hafenklang&IBw-"');
    const choir = account.find('INBOX.Verein.Chor „Hafenklang“')?.messages ?? [];
    const fetched = await client.run('FETCH 1:* BODY.PEEK[]');
    expect(choir.length).toBeGreaterThan(10);
    for (const { raw } of choir) expect(fetched).toContain(`{${raw.length}}\r\n${raw.toString('latin1')}`);
  });
});
