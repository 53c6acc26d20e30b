import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { batchesOf } from '../../../test/support/batches.ts';
import { centreForEach } from '../../../test/support/centre.ts';
import { untilItWaits } from '../../../test/support/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import { executeDeletion } from './kinds/deletion.ts';
import type { Executor } from './kinds/kind.ts';

const centre = centreForEach({ max: 20 });
const batches = batchesOf(centre);

/** Every record is in one end state, the counts say so, and each deleted user was audited exactly once. */
async function expectAccounted(batchId: string) {
  const results = await batches.results(batchId);
  const batch = await batches.describe(batchId);
  const count = (status: string) => results.filter((result) => result.Status === status).length;
  expect(batch.Counts).toMatchObject({
    Requested: results.length,
    Succeeded: count('SUCCEEDED'),
    Failed: count('FAILED'),
    Stopped: count('STOPPED'),
    Remaining: 0,
  });
  const deleted = results.flatMap((result) => (result.Status === 'SUCCEEDED' && result.UserId ? [result.UserId] : []));
  const audited = (await centre.audited(batchId)).filter((entry) => entry.resourceType === 'agent');
  expect(audited.map((entry) => entry.resourceId).sort()).toEqual(deleted.toSorted());
  return { results, batch, deleted };
}

describe('fairness', () => {
  test('a batch of 10 behind one of 50,000 is done with its first range', async () => {
    const large = await batches.start({ UserIds: Array.from({ length: 50_000 }, () => randomUUID()) });
    await centre.range();
    const small = await batches.start({ UserIds: await centre.addUsers(10) });
    await centre.range();
    expect((await batches.describe(small.UserBatchId)).Status).toBe('COMPLETED');
    expect((await batches.describe(large.UserBatchId)).Counts).toMatchObject({ Failed: 500, Remaining: 49_500 });
  });

  test('batches take turns range by range', async () => {
    const started = [];
    for (let index = 0; index < 3; index++) {
      started.push(await batches.start({ UserIds: Array.from({ length: 10 }, () => randomUUID()) }));
    }
    for (let done = 1; done <= 9; done++) {
      await centre.range({ rangeSize: 3 });
      const counts = await Promise.all(
        started.map(async ({ UserBatchId }) => (await batches.describe(UserBatchId)).Counts.Failed),
      );
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(done * 3);
    }
  });
});

describe('many at once', () => {
  test('several workers on several batches with the same users delete each user once', async () => {
    const ids = await centre.addUsers(300);
    const quickConnects = await centre.addQuickConnects(ids);
    // Each batch names most users, in another order, so that ranges want the same ones in rings.
    const started = await Promise.all(
      [ids, ids.toReversed(), [...ids.slice(100), ...ids.slice(0, 100)], ids.slice(50).toReversed()].map((UserIds) =>
        batches.start({ UserIds, QuickConnects: 'DELETE' }),
      ),
    );
    await Promise.all(Array.from({ length: 6 }, () => centre.work({ rangeSize: 40 })));
    await centre.work();

    const accounts = await Promise.all(started.map(({ UserBatchId }) => expectAccounted(UserBatchId)));
    const deleted = accounts.flatMap((account) => account.deleted);
    expect(deleted.toSorted()).toEqual(ids.toSorted());
    expect(await centre.living(ids)).toBe(0);
    expect(accounts.reduce((sum, { batch }) => sum + batch.Counts.QuickConnectsDeleted, 0)).toBe(quickConnects.length);
  });

  test('of two batches that name the same user one succeeds and one fails, naming the other', async () => {
    const [id = ''] = await centre.addUsers(1);
    const first = await batches.start({ UserIds: [id] });
    const second = await batches.start({ UserIds: [id] }, centre.key);
    await Promise.all([centre.range(), centre.range()]);
    const results = await Promise.all([batches.results(first.UserBatchId), batches.results(second.UserBatchId)]);
    const [winner, loser] = results[0][0]?.Status === 'SUCCEEDED' ? [first, results[1]] : [second, results[0]];
    expect(results.flat().filter((result) => result.Status === 'SUCCEEDED')).toHaveLength(1);
    expect(loser).toMatchObject([{ Status: 'FAILED', ErrorCode: 'ResourceNotFoundException' }]);
    expect(loser[0]?.Reason).toContain(`with the user batch ${winner.UserBatchId}`);
  });

  test('single deletions, edits and new quick connects beside a batch neither deadlock nor get lost', async () => {
    const ids = await centre.addUsers(120);
    await centre.addQuickConnects(ids);
    const { UserBatchId } = await batches.start({ UserIds: ids, QuickConnects: 'DELETE' });
    const flow = await centre.db
      .selectFrom('contact_flow')
      .select('id')
      .where('type', '=', 'AGENT_TRANSFER')
      .executeTakeFirstOrThrow();
    const beside = ids.toReversed().map(async (UserId, index) => {
      const outcome = await Promise.allSettled([
        index % 3 === 0
          ? centre.call('DeleteUser', { UserId })
          : index % 3 === 1
            ? centre.call('UpdateUserIdentityInfo', { UserId, IdentityInfo: { FirstName: 'New', LastName: 'Name' } })
            : centre.call('CreateQuickConnect', {
                Name: `beside ${UserId}`,
                QuickConnectConfig: {
                  QuickConnectType: 'USER',
                  UserConfig: { UserId, ContactFlowId: flow.id },
                },
              }),
      ]);
      return outcome[0];
    });
    const [outcomes] = await Promise.all([
      Promise.all(beside),
      centre.work({ rangeSize: 20 }),
      centre.work({ rangeSize: 20 }),
    ]);
    // What they are refused with is that somebody was quicker, and nothing else.
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'OperationError' });
    }
    await expectAccounted(UserBatchId);
    expect(await centre.living(ids)).toBe(0);
    const orphans = await centre.db
      .selectFrom('quick_connect')
      .select('name')
      .where('user_id', 'in', ids)
      .where('name', 'like', 'beside %')
      .execute();
    expect(orphans).toEqual([]);
  });
});

describe('whatever breaks in the middle of a range leaves nothing half done', () => {
  /** Does the work, and then fails as code with a bug would. */
  const failingAfterwards =
    (times: number): Executor =>
    async (tx, batch, records, time) => {
      const outcomes = await executeDeletion(tx, batch, records, time);
      times -= 1;
      if (times >= 0) throw new Error('a bug');
      return outcomes;
    };

  test('an error after the deletions takes them back, and the next range does them', async () => {
    const ids = await centre.addUsers(10);
    await centre.addQuickConnects(ids);
    const { UserBatchId } = await batches.start({ UserIds: ids, QuickConnects: 'DELETE' });
    const executors = { DELETION: failingAfterwards(2) };
    expect(await centre.range({ executors })).toBe(true);
    expect(await centre.living(ids)).toBe(10);
    expect(await centre.audited(UserBatchId)).toEqual([]);
    expect((await batches.describe(UserBatchId)).Counts).toMatchObject({ Succeeded: 0, Remaining: 10 });
    await centre.work({ executors });
    const { deleted } = await expectAccounted(UserBatchId);
    expect(deleted).toHaveLength(10);
    expect(await centre.audited(UserBatchId)).toHaveLength(20);
  });

  test('a connection that is cut in the middle gives the range back at once', async () => {
    const ids = await centre.addUsers(10);
    const { UserBatchId } = await batches.start({ UserIds: ids });
    const cut: Executor = async (tx, batch, records, time) => {
      const outcomes = await executeDeletion(tx, batch, records, time);
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(centre.db);
      return outcomes;
    };
    await expect(centre.range({ executors: { DELETION: cut } })).rejects.toThrow();
    expect(await centre.living(ids)).toBe(10);
    // It was not the batch's fault, so it is not held against it.
    const { range_errors } = await centre.db.selectFrom('user_batch').select('range_errors').executeTakeFirstOrThrow();
    expect(range_errors).toBe(0);
    expect(await centre.work()).toBe(1);
    await expectAccounted(UserBatchId);
  });

  test('a worker that hangs with a range holds up its batch only, and loses it with its connection', async () => {
    const hanging = await batches.start({ UserIds: await centre.addUsers(3, { prefix: 'hanging' }) });
    const client = new pg.Client(centre.database.connection);
    client.on('error', () => {});
    await client.connect();
    await client.query('begin');
    await client.query('select 1 from user_batch where id = $1 for update', [hanging.UserBatchId]);

    const other = await batches.start({ UserIds: await centre.addUsers(3, { prefix: 'other' }) });
    await centre.work();
    expect((await batches.describe(other.UserBatchId)).Status).toBe('COMPLETED');
    expect((await batches.describe(hanging.UserBatchId)).Status).toBe('QUEUED');
    await client.end();
    await centre.work();
    expect((await batches.describe(hanging.UserBatchId)).Status).toBe('COMPLETED');
  });

  test('a record that fails every time fails alone, and no other batch waits for it', async () => {
    const ids = await centre.addUsers(20);
    const poison = ids[7];
    const executors: { DELETION: Executor } = {
      DELETION: async (tx, batch, records, time) => {
        const outcomes = await executeDeletion(tx, batch, records, time);
        // A failing statement, as a bug in SQL is: it spoils the transaction or savepoint that it is in.
        if (records.some((record) => record.userId === poison)) await sql`select 1 / 0`.execute(tx);
        return outcomes;
      },
    };
    const poisoned = await batches.start({ UserIds: ids });
    await centre.range({ executors });
    const other = await batches.start({ UserIds: await centre.addUsers(1, { prefix: 'other' }) });
    await centre.range({ executors });
    expect((await batches.describe(other.UserBatchId)).Status).toBe('COMPLETED');

    await centre.work({ executors });
    const { results, batch } = await expectAccounted(poisoned.UserBatchId);
    expect(batch).toMatchObject({ Status: 'COMPLETED_WITH_FAILURES', Counts: { Succeeded: 19, Failed: 1 } });
    expect(results[7]).toMatchObject({ ErrorCode: 'InternalServiceException', Retryable: true });
    expect(results[7]?.Reason).not.toContain('division');
    expect(await centre.living(ids)).toBe(1);

    const retry = await batches.retry(poisoned.UserBatchId);
    await centre.work();
    expect((await batches.describe(retry.UserBatchId)).Status).toBe('COMPLETED');
  });

  test('a row that something else holds keeps nobody waiting: the batch goes to the end of the line, requests say so', async () => {
    const [held = '', ...ids] = await centre.addUsers(4);
    const stuck = await batches.start({ UserIds: [held, ...ids] });
    const steered = await batches.start({ UserIds: [randomUUID()] });
    const other = await batches.start({ UserIds: [randomUUID()] });
    const client = new pg.Client(centre.database.connection);
    await client.connect();
    await client.query('begin');
    await client.query('select 1 from users where id = $1 for update', [held]);
    await client.query('select 1 from user_batch where id = $1 for update', [steered.UserBatchId]);

    const warnings: string[] = [];
    const log = { warn: (_: object, message: string) => void warnings.push(message), error: () => {} };
    const busy = 'Something else has been changing what this request needs for more than 5 seconds.';
    const refused = { code: 'TooManyRequestsException', message: `${busy} Nothing was changed. Try again.` };
    // All of these wait at the same time.
    await Promise.all([
      expect(centre.range({ log })).resolves.toBe(true),
      expect(centre.call('DeleteUser', { UserId: held })).rejects.toMatchObject(refused),
      expect(batches.steer('Stop', steered.UserBatchId)).rejects.toMatchObject(refused),
    ]);
    expect(warnings).toEqual(['A user batch waits for a row that something else holds']);
    expect(await batches.describe(stuck.UserBatchId)).toMatchObject({
      Status: 'QUEUED',
      Note: 'Something else has been holding a record of this batch. The records wait; the batch goes on by itself as soon as it can.',
      Counts: { Remaining: 4 },
    });
    // It was first in line, and now it is last.
    await centre.range();
    expect((await batches.describe(other.UserBatchId)).Status).toBe('COMPLETED_WITH_FAILURES');
    expect(
      (
        await centre.db
          .selectFrom('user_batch')
          .select('range_errors')
          .where('id', '=', stuck.UserBatchId)
          .executeTakeFirstOrThrow()
      ).range_errors,
    ).toBe(0);

    await client.end();
    await centre.work();
    const done = await batches.describe(stuck.UserBatchId);
    expect(done).toMatchObject({ Status: 'COMPLETED' });
    expect(done).not.toHaveProperty('Note', expect.anything());
  });

  test('what the database lacks is not the fault of the records: they wait, and the batch says for what', async () => {
    const ids = await centre.addUsers(3);
    const { UserBatchId } = await batches.start({ UserIds: ids });
    const lines: string[] = [];
    const log = { warn: () => {}, error: (_: object, message: string) => void lines.push(message) };
    /** Raised by PostgreSQL itself, as it raises it when a file cannot grow. */
    const full: Executor = async (tx) => {
      await sql`do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`.execute(tx);
      return [];
    };
    // More often than a range fails before its records are tried one by one.
    for (let times = 0; times < 8; times++) {
      await expect(centre.range({ executors: { DELETION: full }, log })).rejects.toThrow('could not extend file');
    }
    expect(lines).toEqual([]);
    expect(await batches.describe(UserBatchId)).toMatchObject({
      Status: 'QUEUED',
      Note: 'The disk of the database is full. The records wait; the batch goes on by itself as soon as it can.',
      Counts: { Failed: 0, Remaining: 3 },
    });
    await centre.work();
    expect(await batches.describe(UserBatchId)).toMatchObject({ Status: 'COMPLETED', Counts: { Succeeded: 3 } });
  });

  test('records that fail of the same are one line in the log', async () => {
    const { UserBatchId } = await batches.start({ UserIds: await centre.addUsers(20) });
    const lines: unknown[] = [];
    const log = { warn: () => {}, error: (details: object, message: string) => void lines.push([message, details]) };
    const broken: Executor = async (tx) => {
      await sql`select 1 / 0`.execute(tx);
      return [];
    };
    await centre.work({ executors: { DELETION: broken }, log });
    expect(await batches.describe(UserBatchId)).toMatchObject({ Counts: { Failed: 20 } });
    expect(lines).toHaveLength(6);
    const positions = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(lines[5]).toMatchObject(['Records of a user batch failed', { userBatchId: UserBatchId, positions }]);
  });

  /** A range that stands still before it does anything, until it is let go. */
  function heldRange(rangeSize: number) {
    const reached = withResolvers();
    const goOn = withResolvers();
    const waiting: Executor = async (tx, batch, records, time) => {
      reached.resolve();
      await goOn.promise;
      return executeDeletion(tx, batch, records, time);
    };
    const range = centre.range({ rangeSize, executors: { DELETION: waiting } });
    return { range, reached: reached.promise, goOn: goOn.resolve };
  }

  test('stopping waits for the running range and then holds', async () => {
    const { UserBatchId } = await batches.start({ UserIds: await centre.addUsers(30) });
    const { range, reached, goOn } = heldRange(10);
    await reached;
    const stop = batches.steer('Stop', UserBatchId);
    await untilItWaits(centre.db, stop);
    goOn();
    await range;
    expect(await stop).toMatchObject({ Status: 'STOPPED', Counts: { Succeeded: 10, Stopped: 20, Remaining: 0 } });
    expect(await centre.range()).toBe(false);
    await expectAccounted(UserBatchId);
  });

  test('pausing during the last range comes too late, and says so', async () => {
    const { UserBatchId } = await batches.start({ UserIds: await centre.addUsers(3) });
    const { range, reached, goOn } = heldRange(10);
    await reached;
    const pause = batches.steer('Pause', UserBatchId);
    await untilItWaits(centre.db, pause);
    goOn();
    await range;
    await expect(pause).rejects.toThrow('is COMPLETED and cannot be paused');
    await expectAccounted(UserBatchId);
  });
});

test('a batch of a type that this server does not know is left to one that does', async () => {
  const { UserBatchId } = await batches.start({ UserIds: [randomUUID()] });
  await inTransaction(centre.db, (tx) =>
    tx.updateTable('user_batch').set({ type: 'IMPORT' }).where('id', '=', UserBatchId).execute(),
  );
  expect(await centre.range()).toBe(false);
});

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
