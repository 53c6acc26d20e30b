import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { mergeRefusals, rowsPerHour } from './merge-refusals.ts';
import { rowsPerMinute } from './refusals.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.deleteFrom('refusal_count').execute();
});

const hour = new Date('2026-03-01T10:00:00Z');
const at = (minute: number) => new Date(hour.getTime() + minute * 60_000);
const rows = () => database.db.selectFrom('refusal_count').selectAll().orderBy('minute').orderBy('caller_id').execute();
const total = async () => (await rows()).reduce((all, row) => all + row.count, 0);

async function refused(minute: number, address: string, reasons: Record<string, number>) {
  const count = Object.values(reasons).reduce((all, one) => all + one, 0);
  const row = { kind: 'CALL', caller_type: 'ADDRESS', caller_id: address, caller_name: address, address } as const;
  await database.db
    .insertInto('refusal_count')
    .values({ ...row, minute: at(minute), count, reasons: JSON.stringify(reasons) })
    .execute();
}

async function mergeAll(before: Date) {
  while (await mergeRefusals(database.db, before));
}

test('the minutes of an hour that is over become one row of a caller, with how often for which reason', async () => {
  await refused(0, '192.0.2.1', { wrong: 2 });
  await refused(7, '192.0.2.1', { wrong: 1, late: 4 });
  await refused(59, '192.0.2.2', { late: 1 });
  await refused(60, '192.0.2.1', { wrong: 8 });
  await mergeAll(at(60));
  const merged = async () => (await rows()).map((row) => [row.minute, row.span, row.caller_id, row.count, row.reasons]);
  const expected = [
    [hour, 'HOUR', '192.0.2.1', 7, { wrong: 3, late: 4 }],
    [hour, 'HOUR', '192.0.2.2', 1, { late: 1 }],
  ];
  expect(await merged()).toEqual([...expected, [at(60), 'MINUTE', '192.0.2.1', 8, { wrong: 8 }]]);
  // An hour goes as a whole, and once.
  await mergeAll(at(119));
  expect(await merged()).toHaveLength(3);
  await mergeAll(at(120));
  expect(await merged()).toEqual([...expected, [at(60), 'HOUR', '192.0.2.1', 8, { wrong: 8 }]]);
});

test('ever new addresses in every minute leave no more than a hundred rows of an hour: those refused most', async () => {
  for (let minute = 0; minute < 6; minute += 1) {
    for (let index = 0; index < rowsPerMinute; index += 1) await refused(minute, `${minute}.${index}`, { wrong: 1 });
  }
  for (let minute = 0; minute < 6; minute += 1) await refused(minute, 'often', { [`reason ${minute}`]: 1 });
  const before = await total();
  await Promise.all([mergeAll(at(60)), mergeAll(at(60))]);
  const merged = await rows();
  expect(merged).toHaveLength(rowsPerHour + 1);
  expect(merged.find((row) => row.caller_id === 'often')?.count).toBe(6);
  expect(merged.find((row) => row.caller_type === 'OTHERS')?.reasons).toEqual({ wrong: 501 });
  expect(await total()).toBe(before);
});

test('a row of an hour names few reasons, the most frequent ones', async () => {
  for (let minute = 0; minute < 60; minute += 1) {
    await refused(minute, '192.0.2.1', { often: 3, [`once ${minute}`]: 1, others: 1 });
  }
  await mergeAll(at(60));
  const [row] = await rows();
  expect(Object.keys(row?.reasons ?? {})).toHaveLength(21);
  expect(row?.reasons).toMatchObject({ often: 180, others: 101 });
});
