import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../../test/support/database.ts';
import { migrate } from '../../../database/migrate.ts';
import { listRecords } from '../record-store.ts';
import { findUserBatch } from '../store.ts';

const migrations = join(import.meta.dirname, '../../../database/migrations');
const changing = '0028_user_batch_kinds.sql';

test('what a batch had counted before counts had kinds is kept', async () => {
  const database = await createTestDatabase({ migrated: false });
  const folder = mkdtempSync(join(tmpdir(), 'cordboard-test-'));
  try {
    const names = readdirSync(migrations).sort();
    for (const name of names.slice(0, names.indexOf(changing))) cpSync(join(migrations, name), join(folder, name));
    await migrate(database.pool, { folder });
    const [instance, some, none] = [randomUUID(), randomUUID(), randomUUID()];
    await database.pool.query(
      `insert into instance (id, region, account_id, alias, identity_management_type, inbound_calls_enabled,
        outbound_calls_enabled, created_time, active_time)
      values ($1, 'us-east-1', '123456789012', 'old', 'CONNECT_MANAGED', true, true, now(), now())`,
      [instance],
    );
    await database.pool.query(
      `insert into user_batch (id, instance_id, type, status, instructions, requested_by_type, requested_by_id,
        requested_by_name, request_id, request_hash, requested_count, succeeded_count, quick_connects_deleted_count, created_time)
      select id, $1, 'DELETION', 'COMPLETED', '{"QuickConnects": "DELETE"}', 'USER', 'x', 'x', 'x', 'x', 2, 2, deleted, now()
      from unnest($2::uuid[], $3::int[]) as b (id, deleted)`,
      [instance, [some, none], [3, 0]],
    );
    await database.pool.query(
      `insert into user_batch_record (user_batch_id, position, status, quick_connects_deleted)
      values ($1, 1, 'SUCCEEDED', 3), ($1, 2, 'SUCCEEDED', 0)`,
      [some],
    );
    await migrate(database.pool);
    expect((await findUserBatch(database.db, instance, some))?.kindCounts).toEqual({ QuickConnectsDeleted: 3 });
    expect((await findUserBatch(database.db, instance, none))?.kindCounts).toEqual({});
    const records = await listRecords(database.db, some, [], 0, 10);
    expect(records.map(({ kindCounts }) => kindCounts)).toEqual([{ QuickConnectsDeleted: 3 }, {}]);
  } finally {
    rmSync(folder, { recursive: true });
    await database.close();
  }
});
