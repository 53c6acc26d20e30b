import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchesOf } from '../../../test/support/batches.ts';
import { centreForFile } from '../../../test/support/centre.ts';
import { deletion } from './kinds/deletion.ts';
import { resultsFile } from './results-file.ts';
import type { UserBatchRecord } from './types.ts';

const centre = centreForFile();

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

/** A reader of RFC 4180 written from its grammar, so that the writer is not tested with itself. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (text[at] === '"') at += 1;
        cell += text[at] ?? fail('a quote is not closed');
      }
      at += 1;
    } else {
      for (; at < text.length && text[at] !== ',' && text[at] !== '\r' && text[at] !== '\n'; at += 1) {
        if (text[at] === '"') fail('a quote in a cell that is not quoted');
        cell += text[at];
      }
    }
    row.push(cell);
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else fail('a line does not end with CRLF');
  }
  return rows;
}

function fail(message: string): never {
  throw new Error(message);
}

const record = (given: Partial<UserBatchRecord>): UserBatchRecord => ({
  position: 1,
  userId: null,
  username: null,
  firstName: null,
  lastName: null,
  status: 'FAILED',
  errorCode: null,
  reason: null,
  retryable: null,
  time: null,
  kindCounts: {},
  given: null,
  caseDiffers: false,
  finding: null,
  ...given,
});
const fileOf = (records: UserBatchRecord[]) =>
  textOf(
    resultsFile(
      async (after, limit) => records.filter(({ position }) => position > after).slice(0, limit),
      deletion.counts,
    ),
  );

const today = new Date().toISOString().slice(0, 10);
test('the download has a header, a line for each record, and only the asked states', async () => {
  const batches = batchesOf(centre);
  const ids = await centre.addUsers(2, { prefix: 'csv' });
  await centre.addQuickConnects(ids.slice(0, 1));
  const gone = randomUUID();
  const { UserBatchId } = await batches.start({ UserIds: [...ids, gone], QuickConnects: 'DELETE' });
  await centre.work();
  const all = await centre.download('DownloadUserBatchResults', { UserBatchId });
  expect(all).toMatchObject({
    contentType: 'text/csv; charset=utf-8',
    fileName: `user-batch-${UserBatchId}-${today}.csv`,
  });
  const text = await textOf(all.chunks);
  // Excel reads UTF-8 as such only behind a byte order mark.
  expect(text[0]).toBe('\uFEFF');
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(parse(text.slice(1))).toEqual([
    [
      ...['Login', 'First name', 'Last name', 'User ID', 'Status', 'Error code', 'Reason', 'Quick connects deleted'],
      ...['Time', 'Given as', 'Case differs', 'Finding'],
    ],
    ['csv00001', 'First 1', 'Müller', ids[0], 'SUCCEEDED', '', '', '1', time, '', '', ''],
    ['csv00002', 'First 2', 'Müller', ids[1], 'SUCCEEDED', '', '', '0', time, '', '', ''],
    [
      '',
      '',
      '',
      gone,
      'FAILED',
      'ResourceNotFoundException',
      `The user with the id ${gone} does not exist in this instance, and nothing says that it ever did. Look for a typing error.`,
      '0',
      time,
      '',
      '',
      'NEVER_EXISTED',
    ],
  ]);
  const failed = await centre.download('DownloadUserBatchResults', { UserBatchId, Status: ['FAILED'] });
  expect(failed.fileName).toBe(`user-batch-${UserBatchId}-failed-${today}.csv`);
  expect(parse((await textOf(failed.chunks)).slice(1))).toHaveLength(2);
});

test('every record is in it once, over any number of pages', async () => {
  for (const count of [0, 1, 499, 500, 501, 1250]) {
    const rows = Array.from({ length: count }, (_, index) => record({ position: index + 1, username: `u${index}` }));
    const lines = parse((await fileOf(rows)).slice(1));
    expect(lines.slice(1).map(([login]) => login)).toEqual(rows.map(({ username }) => username));
  }
});

test('any text comes back as it was, but for the apostrophe before what a spreadsheet would run', async () => {
  const dangerous = fc
    .tuple(
      fc.constantFrom(' ', ';', '\u00a0', '\u200b', '\t', '\n', ''),
      fc.constantFrom('=', '+', '-', '@', '\t', '\r', '"', ',', '\n', ''),
      fc.string(),
    )
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(dangerous, dangerous, async (username, reason) => {
      const [, line] = parse((await fileOf([record({ username, reason })])).slice(1));
      for (const [index, given] of [[0, username] as const, [6, reason] as const]) {
        const cell = line?.[index] ?? '';
        // A dash alone is how reports write that there is nothing; it computes nothing.
        const runs = given !== '-' && /^(?:[\t\r]|[\s\p{Cf};]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u.test(given);
        expect(cell).toBe(runs ? `'${given}` : given);
        expect(cell).not.toMatch(/^(?:[=+@\t\r]|-.)/s);
      }
    }),
  );
});
