import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadUsers } from '../../bench/load-users.ts';
import { apiOf } from '../support/api.ts';
import { connectTo } from '../support/embedded-sql.ts';
import { startServer, type TestServer } from '../support/server.ts';

/**
 * A batch of 5,000 users, 100 in a range, and the server killed with -9 at ten different points of it. Most points are
 * inside a range: the test holds a lock that the range needs, so the worker stands at exactly that statement when it
 * dies. What the range had done before it (users deleted, audit written) must then be as if it had never been.
 */
const userCount = 5000;
const rangeSize = 100;

type Held = 'user' | 'quick connect' | 'record';

const points: readonly {
  readonly after: number;
  /** What the range waits for: before it deletes, after it deleted users, or after it wrote the audit. */
  readonly inside?: Held;
  /** PostgreSQL is killed in the same moment. */
  readonly postgres?: boolean;
}[] = [
  { after: 0 },
  { after: 0, inside: 'quick connect' },
  { after: 600, inside: 'record' },
  { after: 1100, inside: 'user' },
  { after: 1700, inside: 'record', postgres: true },
  { after: 2300 },
  { after: 2900, inside: 'quick connect', postgres: true },
  { after: 3600, inside: 'quick connect' },
  { after: 4400, postgres: true },
  { after: 4900, inside: 'record' },
];

let server: TestServer;
let instance: string;
beforeAll(async () => {
  server = await start();
  const { body } = await apiOf(server)('ListInstances', {});
  instance = body.InstanceSummaryList[0]?.Id ?? '';
});
afterAll(() => server.remove());

function start(dataDir?: string): Promise<TestServer> {
  // The port changes with each start; the address that people use is part of no answer here.
  return startServer({ dataDir, environment: { CORDBOARD_BATCH_RANGE_SIZE: String(rangeSize) } });
}

/** Asks until the answer is there. Its only clock is the test's own limit. */
async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await delay(2);
  }
}

const holding: Record<Held, string> = {
  user: 'select 1 from users where id = $1 and $2::uuid is not null for update',
  'quick connect': 'select 1 from quick_connect where user_id = $1 and $2::uuid is not null for update',
  record: 'select 1 from user_batch_record where user_id = $1 and user_batch_id = $2 for update',
};

test.each(points.map((point, index) => ({ ...point, round: index + 1 })))(
  'killed after $after records, inside a range at: $inside, with PostgreSQL: $postgres',
  async ({ after, inside, postgres, round }) => {
    const observer = await open();
    const ids = await loadUsers(observer, instance, userCount, `round${round}-`, { quickConnects: true });
    // Some that fail, so that both ends are seen; spread, so that ranges have both.
    const unknown = Array.from({ length: 20 }, () => randomUUID());
    const asked = ids.flatMap((id, index) => (index % 250 === 0 ? [id, unknown[index / 250] ?? id] : [id]));

    const holder = inside ? await open() : undefined;
    const heldUser = ids[after + Math.floor(rangeSize / 2)] ?? '';
    if (inside && inside !== 'record') {
      await holder?.query('begin');
      await holder?.query(holding[inside], [heldUser, randomUUID()]);
    }
    const call = apiOf(server);
    const { status, body } = await call('StartUserDeletion', {
      InstanceId: instance,
      UserIds: asked,
      QuickConnects: 'DELETE',
    });
    expect(status).toBe(202);
    const batch = body.UserBatchId;
    if (inside === 'record') {
      // Its rows exist only now; the range that they stand in is still far.
      await holder?.query('begin');
      const held = await holder?.query(holding.record, [heldUser, batch]);
      expect(held?.rowCount).toBe(1);
    }

    const done = async () => {
      const { rows } = await observer.query<{ done: number }>(
        'select succeeded_count + failed_count as done from user_batch where id = $1',
        [batch],
      );
      return rows[0]?.done ?? 0;
    };
    if (inside) {
      await until(async () => {
        const { rows } = await observer.query(
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and cardinality(pg_blocking_pids(pid)) > 0",
        );
        return rows.length > 0;
      });
    } else {
      await until(async () => (await done()) >= after);
    }
    const atTheKill = await done();
    expect(atTheKill).toBeLessThan(asked.length);
    if (postgres) process.kill(postmasterOf(server.dataDir), 'SIGKILL');
    await server.end('SIGKILL');
    await holder?.end().catch(() => {});
    await observer.end().catch(() => {});

    server = await start(server.dataDir);
    const again = apiOf(server);
    const finished = await until(async () => {
      const answer = await again('DescribeUserBatch', { InstanceId: instance, UserBatchId: batch });
      expect(answer.status).toBe(200);
      return answer.body.UserBatch.Status.startsWith('COMPLETED') && answer.body.UserBatch;
    });
    expect(finished).toMatchObject({
      Status: 'COMPLETED_WITH_FAILURES',
      Counts: {
        Requested: userCount + unknown.length,
        Succeeded: userCount,
        Failed: unknown.length,
        Stopped: 0,
        Remaining: 0,
        QuickConnectsDeleted: userCount,
      },
    });
    await expectAccounted(batch, ids, unknown);
  },
  180_000,
);

async function open(): Promise<pg.Client> {
  const client = await connectTo(server.dataDir);
  client.on('error', () => {});
  return client;
}

function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Each record once and in one end state, as the users that really exist; each deletion audited and fed once. */
async function expectAccounted(batch: string, ids: readonly string[], unknown: readonly string[]) {
  const client = await open();
  const list = async (sql: string, values: readonly unknown[] = [batch]) =>
    (await client.query<{ id: string }>(sql, [...values])).rows.map((row) => row.id);
  try {
    const succeeded = await list(
      `select user_id::text as id from user_batch_record where user_batch_id = $1 and status = 'SUCCEEDED' and kind_counts = '{"QuickConnectsDeleted": 1}'`,
    );
    const failed = await list(
      `select user_id::text as id from user_batch_record where user_batch_id = $1 and status = 'FAILED' and error_code = 'ResourceNotFoundException'`,
    );
    expect(succeeded.toSorted()).toEqual(ids.toSorted());
    expect(failed.toSorted()).toEqual(unknown.toSorted());
    const all = await list('select user_id::text as id from user_batch_record where user_batch_id = $1');
    expect(all).toHaveLength(ids.length + unknown.length);

    expect(await list('select id::text from users where id = any($1::uuid[])', [ids])).toEqual([]);
    expect(await list('select id::text from quick_connect where user_id = any($1::uuid[])', [ids])).toEqual([]);

    const audited = await list(
      `select resource_id as id from audit_entry where user_batch_id = $1 and resource_type = 'agent' and change = 'DELETED'`,
    );
    expect(audited.toSorted()).toEqual(ids.toSorted());
    const quickConnects = await list(
      `select resource_id as id from audit_entry where user_batch_id = $1 and resource_type = 'transfer-destination'`,
    );
    expect(new Set(quickConnects).size).toBe(ids.length);
    expect(quickConnects).toHaveLength(ids.length);
    const fed = await list(
      `select resource_id as id from change_entry where resource_type = 'agent' and change = 'DELETED' and resource_id = any($1::text[])`,
      [ids],
    );
    expect(fed.toSorted()).toEqual(ids.toSorted());
    // The server that goes on has numbered what the killed ones left, so that whoever follows the feed sees it.
    await until(async () => (await list('select id::text from change_set where sequence is null', [])).length === 0);
  } finally {
    await client.end();
  }
}
