import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts';
import { readConfig } from './config.ts';
import { prepareInstance, randomPassword } from './first-start.ts';
import { passwordForm } from './password-rule.ts';
import { fillSampleData } from './sample-data/fill.ts';

const config = readConfig({ CORDBOARD_INSTANCE_ALIAS: 'centre' });
const now = new Date('2026-11-23T12:00:00Z');
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.close());

async function count(table: 'instance' | 'users' | 'queue' | 'routing_profile' | 'quick_connect' | 'hierarchy_group') {
  const { n } = await database.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

test('of two servers that start at once on an empty database, one makes the instance and its administrator', async () => {
  const starts = await Promise.all([
    prepareInstance(database.db, config, now),
    prepareInstance(database.db, config, now),
  ]);
  expect(starts.filter((start) => start !== null)).toHaveLength(1);
  expect([await count('instance'), await count('users')]).toEqual([1, 1]);
  expect(await prepareInstance(database.db, config, now)).toBeNull();
});

test('the sample centre is filled once, also by two servers at once, and has what the README says', async () => {
  await prepareInstance(database.db, config, now);
  const fills = await Promise.all([fillSampleData(database.db, config, now), fillSampleData(database.db, config, now)]);
  expect(fills.filter((fill) => fill !== null)).toMatchObject([{ users: 1200 }]);
  expect(await count('users')).toBe(1201);
  expect(await count('routing_profile')).toBe(8);
  expect(await count('queue')).toBe(12);
  expect(await count('quick_connect')).toBe(150);
  const { rows } = await database.pool.query(
    `select (select max(level) from hierarchy_group) as levels,
      (select count(*) from quick_connect q where q.type = 'USER' and not exists (select from users u where u.id = q.user_id)) as orphans,
      (select count(distinct type) from quick_connect) as types`,
  );
  expect(rows).toEqual([{ levels: 5, orphans: 7, types: 3 }]);
});

test('a random password keeps the rules for passwords', () => {
  for (let round = 0; round < 200; round += 1) {
    expect(randomPassword()).toMatch(passwordForm);
  }
});
