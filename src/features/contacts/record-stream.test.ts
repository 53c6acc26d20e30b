import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestRecord, readRecords } from './record-stream.ts';

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function read(content: string | Uint8Array, size = 64 * 1024) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const items = [];
  for await (const { position, text, problem } of readRecords(chunksOf(bytes, size))) {
    const at = `${position.line}/${position.record}`;
    items.push(problem === undefined ? { at, text } : { at, problem, text: undefined });
  }
  return items;
}

const texts = async (content: string | Uint8Array, size?: number) =>
  (await read(content, size)).map(({ text }) => text);
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const [one, two] = ['{"ContactId":"1","a":{"b":"}{ \\" \\\\"}}', '{"ContactId":"2"}'];

test.each([
  ['one after another', `${one}${two}`],
  ['one in a line', `${one}\n${two}\n`],
  ['lines of Windows, after a byte order mark', `\uFEFF${one}\r\n${two}\r\n`],
  ['a list', `[\n${one},\n${two}\n]`],
  ['several lists', `[${one}]\n[${two}]`],
  [
    'what a Lambda function is handed by Kinesis',
    JSON.stringify({ Records: [one, two].map((text) => ({ kinesis: { data: base64(text) } })) }),
  ],
  [
    'what a Lambda function is handed by Firehose',
    JSON.stringify({ invocationId: 'i', records: [{ recordId: 'r', data: base64(one + two) }] }),
  ],
  ['what GetRecords answers', JSON.stringify({ Records: [{ Data: base64(`${one}\n`) }, { Data: base64(two) }] })],
  [
    'records of Kinesis in lines',
    [one, two].map((text) => JSON.stringify({ SequenceNumber: '1', Data: base64(text) })).join('\n'),
  ],
  ['packed data in a wrapper', JSON.stringify({ records: [{ data: base64(gzipSync(one + two)) }] })],
])('%s', async (_, content) => {
  for (const size of [1, 7, 64 * 1024]) {
    expect(await texts(content, size)).toEqual([one, two]);
    expect(await texts(gzipSync(content), size)).toEqual([one, two]);
  }
  // Parts that were packed alone and put together.
  expect(await texts(Buffer.concat([gzipSync(content), gzipSync(content)]))).toEqual([one, two, one, two]);
});

test('any objects, however they are written and cut, come out word for word', async () => {
  const key = fc.string({ minLength: 1 }).filter((text) => !/^(records|data|kinesis)$/i.test(text));
  const object = fc.dictionary(key, fc.jsonValue({ depthSize: 'small' }), { noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(object, fc.constantFrom('', '\n', ' ', ',', '\r\n')), { maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(undefined, 2),
      async (objects, size, indent) => {
        const written = objects.map(([value, separator]) => [
          JSON.stringify({ ContactId: 1, ...value }, null, indent),
          separator,
        ]);
        expect(await texts(written.flat().join(''), size)).toEqual(written.map(([text]) => text));
      },
    ),
  );
});

test('what is no record is told with its place, and the reading goes on behind it', async () => {
  expect(await read(`${one}\nhello, world\n\n${two}\n<xml/>`)).toEqual([
    { at: '1/1', text: one },
    { at: '2/2', problem: 'This is no JSON object.' },
    { at: '4/3', text: two },
    { at: '5/4', problem: 'This is no JSON object.' },
  ]);
  expect(await read(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from(`"}${two}`)]))).toEqual([
    { at: '1/1', problem: 'This is no UTF-8.' },
    { at: '1/2', text: two },
  ]);
  expect(await read(`${two}\n${one.slice(0, 20)}`)).toEqual([
    { at: '1/1', text: two },
    { at: '2/2', problem: 'This record has no end: the file may have been cut off.' },
  ]);
  const records = [{ data: base64(two) }, {}, { data: 'bm9uZQ==' }, { data: base64(gzipSync(one).subarray(0, 30)) }];
  expect(await read(JSON.stringify({ records }))).toEqual([
    { at: '1/1', text: two },
    { at: '1/2', problem: 'This record of a stream has no data.' },
    { at: '1/3', problem: 'This is no JSON object.' },
    { at: '1/4', problem: 'The data of this record of a stream are packed with gzip, and damaged or too much.' },
  ]);
  expect(await read('')).toEqual([]);
});

test('a packed file that is cut off or damaged is told where it ends', async () => {
  const packed = gzipSync(
    Array.from({ length: 5000 }, (_, index) => `{"ContactId":"${index} ${Math.sin(index)}"}`).join('\n'),
  );
  const damage = 'The file is packed with gzip and damaged: nothing behind this place can be read.';
  for (const bytes of [
    packed.subarray(0, packed.length / 2),
    Buffer.concat([packed.subarray(0, 9000), Buffer.alloc(500)]),
  ]) {
    const items = await read(bytes);
    expect(items.length).toBeGreaterThan(2);
    expect(items.at(-1)).toMatchObject({ problem: damage });
    expect(items.slice(0, -1).every(({ text }) => text)).toBe(true);
  }
});

test('a record that is too long is passed over without being kept, a wrapper of several is not', async () => {
  const long = `{"ContactId":"${'x'.repeat(3 * 1024 * 1024)}"}`;
  expect(await read(`${long}${two}`)).toEqual([
    { at: '1/1', problem: expect.stringContaining('longer than 1,048,576 bytes') },
    { at: '1/2', text: two },
  ]);
  const many = JSON.stringify({ Records: Array.from({ length: 40_000 }, () => ({ Data: base64(two) })) });
  expect(many.length).toBeGreaterThan(longestRecord);
  expect(await texts(many)).toHaveLength(40_000);
  expect(
    await read(JSON.stringify({ records: [{ data: base64(`{"a":"${'x'.repeat(longestRecord)}"}`) }] })),
  ).toMatchObject([{ problem: expect.stringContaining('longer than') }]);
});
