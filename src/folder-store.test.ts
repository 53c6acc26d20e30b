import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderStore, prepareFolder } from './folder-store.ts';
import type { ByteStore } from './operations/byte-store.ts';

let base: string;
let folder: string;
let store: ByteStore;
const id = 'ab1b6c52-0d3e-4f78-8a61-5c2e7d90b1f4';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'cordboard-store-'));
  folder = join(base, 'recordings');
  store = folderStore(folder);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}
const read = async (start: number, end: number) =>
  (await buffer(store.read(id, start, end) as AsyncIterable<Buffer>)).toString();

test('bytes are there whole, in parts, and no more when they have been removed', async () => {
  await store.put(id, chunks('hello ', '', 'world'));
  expect(await read(0, 10)).toBe('hello world');
  expect(await read(4, 6)).toBe('o w');
  expect(readdirSync(folder)).toEqual(['ab']);
  await store.remove(id);
  await store.remove(id);
  expect(readdirSync(join(folder, 'ab'))).toEqual([]);
  await expect(read(0, 1)).rejects.toThrow('BytesMissing');
});

test('what breaks in the middle leaves nothing, and what was cut off is removed with the rest', async () => {
  const broken = async function* () {
    yield Buffer.from('half');
    throw new Error('the client went away');
  };
  await expect(store.put(id, broken())).rejects.toThrow('the client went away');
  expect(readdirSync(join(folder, 'ab'))).toEqual([]);
  // As a killed server leaves it.
  writeFileSync(join(folder, 'ab', `${id}.part`), 'half');
  await store.remove(id);
  expect(readdirSync(join(folder, 'ab'))).toEqual([]);
});

test.each(['../../etc/passwd', '', '.', `${id}/../x`, `${id}\0`, 'a'.repeat(5000)])(
  'what is no id is refused before anything is touched: %j',
  async (odd) => {
    await expect(store.put(odd, chunks('x'))).rejects.toThrow('must be a UUID');
    await expect(store.remove(odd)).rejects.toThrow('must be a UUID');
    expect(existsSync(folder)).toBe(false);
  },
);

test('nothing is read, written or removed through a link that leads out of the folder', async () => {
  const outside = join(base, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, id), 'a secret');
  writeFileSync(join(outside, 'secret'), 'a secret');
  await prepareFolder(folder);
  symlinkSync(outside, join(folder, 'ab'));
  const refused = 'is something else';
  await expect(read(0, 7)).rejects.toThrow(refused);
  await expect(store.put(id, chunks('x'))).rejects.toThrow(refused);
  await expect(store.remove(id)).rejects.toThrow(refused);

  rmSync(join(folder, 'ab'));
  mkdirSync(join(folder, 'ab'));
  symlinkSync(join(outside, 'secret'), join(folder, 'ab', id));
  await expect(read(0, 7)).rejects.toThrow('ELOOP');
  symlinkSync(join(outside, 'secret'), join(folder, 'ab', `${id}.part`));
  await expect(store.put(id, chunks('x'))).rejects.toThrow();
  await store.remove(id);
  expect(readdirSync(join(folder, 'ab'))).toEqual([]);
  expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('a secret');
});

test('a folder that cannot be one is told in a sentence', async () => {
  writeFileSync(join(base, 'file'), '');
  await expect(prepareFolder(join(base, 'file'))).rejects.toThrow(
    /^Recordings cannot be kept in .*CORDBOARD_RECORDINGS/,
  );
});
