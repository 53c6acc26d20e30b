import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { createRefusalCounter, pruneRefusals, type Refusal, type RefusalCounter, rowsPerMinute } from './refusals.ts';

let database: TestDatabase;
let refusals: RefusalCounter;
let time: number;
const lines: unknown[] = [];
const log = { info: (details: object) => void lines.push(details) };

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.deleteFrom('refusal_count').execute();
  time = 0;
  lines.length = 0;
  refusals = createRefusalCounter({ db: database.db, now: () => time, log });
});

const rows = () => database.db.selectFrom('refusal_count').selectAll().orderBy('caller_id').execute();
const total = async () => (await rows()).reduce((all, row) => all + row.count, 0);
const from = (address: string, more: Partial<Refusal> = {}): Refusal => {
  return { kind: 'CALL', caller: null, address, reason: 'AccessDeniedException DeleteUser', ...more };
};

test('a caller and an address have one row for a minute, with how often for which reason, also of two servers', async () => {
  const other = createRefusalCounter({ db: database.db, now: () => time, log });
  const caller = { type: 'ACCESS_KEY', id: 'AKID', name: 'AKID' } as const;
  for (let index = 0; index < 300; index += 1) refusals.count(from('192.0.2.1', { caller }));
  refusals.count(from('192.0.2.9', { reason: 'InvalidSignatureException ListUsers' }));
  await refusals.flush();
  refusals.count(from('192.0.2.2', { caller, reason: 'AccessDeniedException CreateUser' }));
  other.count(from('192.0.2.1', { caller }));
  await Promise.all([refusals.flush(), other.flush()]);
  // The minute may have turned in between.
  const summed = new Map<string, Record<string, number>>();
  for (const { caller_type, caller_id, reasons, count } of await rows()) {
    const sums = summed.get(`${caller_type} ${caller_id}`) ?? {};
    for (const [reason, times] of Object.entries(reasons)) sums[reason] = (sums[reason] ?? 0) + times;
    expect(Object.values(reasons).reduce((all, one) => all + one, 0)).toBe(count);
    summed.set(`${caller_type} ${caller_id}`, sums);
  }
  expect(Object.fromEntries(summed)).toEqual({
    'ACCESS_KEY AKID': { 'AccessDeniedException DeleteUser': 301, 'AccessDeniedException CreateUser': 1 },
    'ADDRESS 192.0.2.9': { 'InvalidSignatureException ListUsers': 1 },
  });
  expect(lines[0]).toEqual({ signIns: 0, calls: 301, rows: 2 });
});

test('those beyond the first hundred of a minute share a row, so that nobody fills the disk by being refused', async () => {
  for (let index = 0; index < 5000; index += 1) refusals.count(from(`192.0.2.${index}`));
  await refusals.flush();
  for (let index = 0; index < 5000; index += 1) refusals.count(from(`198.51.100.${index}`));
  await refusals.flush();
  const written = await rows();
  const others = written.filter((row) => row.caller_type === 'OTHERS');
  expect(written.length - others.length).toBeLessThanOrEqual(rowsPerMinute);
  expect(others.length).toBeLessThanOrEqual(2);
  expect(await total()).toBe(10_000);
  time = 60_000;
  refusals.count(from('203.0.113.5'));
  await refusals.flush();
  expect((await rows()).filter((row) => row.caller_id === '203.0.113.5')).toHaveLength(1);
});

test('the reasons of a row are few, whatever is tried', async () => {
  for (let index = 0; index < 500; index += 1)
    refusals.count(from('192.0.2.1', { reason: `Denied Operation${index}` }));
  await refusals.flush();
  const [row] = await rows();
  expect(Object.keys(row?.reasons ?? {}).length).toBeLessThanOrEqual(21);
  expect(row?.reasons.others).toBe(480);
});

test('what could not be written is written the next time', async () => {
  refusals.count(from('192.0.2.1'));
  await database.db.schema.alterTable('refusal_count').renameTo('elsewhere').execute();
  await expect(refusals.flush()).rejects.toThrow();
  refusals.count(from('192.0.2.1'));
  await database.db.schema.alterTable('elsewhere').renameTo('refusal_count').execute();
  await refusals.flush();
  expect(await total()).toBe(2);
});

test('what is older than it is kept is pruned', async () => {
  refusals.count(from('192.0.2.1'));
  await refusals.flush();
  const [row] = await rows();
  const minute = row?.minute ?? new Date();
  expect(await pruneRefusals(database.db, minute)).toBe(false);
  expect(await rows()).toHaveLength(1);
  await pruneRefusals(database.db, new Date(minute.getTime() + 1));
  expect(await rows()).toHaveLength(0);
});
