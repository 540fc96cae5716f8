import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDocumentStore } from '../../../electron/node/document-store.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-store-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a document comes back as it was written, dots in names too', () => {
  const document = { version: 1, accounts: [{ id: 'a', 'a.b': { c: [1, null, 'ä'] } }] };
  expect(openDocumentStore(folder).read()).toBeUndefined();
  openDocumentStore(folder).write(document);
  expect(openDocumentStore(folder).read()).toEqual(document);
});

test('only its owner can read the file', () => {
  openDocumentStore(folder).write({ version: 1 });
  for (const name of fs.readdirSync(folder))
    expect([name, fs.statSync(path.join(folder, name)).mode & 0o777]).toEqual(['mailferry.json', 0o600]);
});

test('a damaged file is named and left as it is', () => {
  const file = path.join(folder, 'mailferry.json');
  fs.writeFileSync(file, '{"document": {');
  expect(() => openDocumentStore(folder)).toThrow(/mailferry\.json is damaged/);
  expect(fs.readFileSync(file, 'utf8')).toBe('{"document": {');
});
