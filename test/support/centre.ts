import { randomUUID } from 'node:crypto';
import { createSealing } from '../../src/access/sealing.ts';
import type { Change } from '../../src/audit/change.ts';
import { databaseTime } from '../../src/database/clock.ts';
import type { Db } from '../../src/database/db.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createInstance } from '../../src/features/instances/beginnings.ts';
import { type RangeOptions, runRange } from '../../src/features/user-batches/run-range.ts';
import { insertUsers } from '../../src/features/users/store.ts';
import type { BatchLimits } from '../../src/operations/batch-limits.ts';
import type { AccessKeyCaller, Caller, UserCaller } from '../../src/operations/caller.ts';
import type { Instance } from '../../src/operations/instance.ts';
import { allOperations } from '../../src/operations.ts';
import { createRunner } from '../../src/runner.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** A small contact centre with an administrator who is signed in, to run operations and ranges of batches against. */
export interface Centre {
  readonly database: TestDatabase;
  readonly db: Db;
  readonly instance: Instance;
  readonly admin: UserCaller;
  readonly key: AccessKeyCaller;
  /** Runs an operation as the server does, only without the wire. */
  call<T = Record<string, unknown>>(name: string, input: Record<string, unknown>, caller?: Caller): Promise<T>;
  /** Does one range; false when there was nothing to do. */
  range(options?: Partial<RangeOptions>): Promise<boolean>;
  /** Does ranges until nothing is left; answers how many it took. */
  work(options?: Partial<RangeOptions>): Promise<number>;
  /** Ids of new users, in their order. */
  addUsers(count: number, options?: NewUsers): Promise<string[]>;
  /** A user who is signed in. */
  signIn(username: string, securityProfile?: string): Promise<UserCaller>;
  /** One quick connect for each of the users, offered by BasicQueue. Answers their ids. */
  addQuickConnects(userIds: readonly string[], prefix?: string): Promise<string[]>;
  /** How many of these users are there. */
  living(ids: readonly string[]): Promise<number>;
  audited(userBatchId: string): Promise<(Change & { actor: string; permission: string; operation: string })[]>;
  close(): Promise<void>;
}

interface NewUsers {
  readonly prefix?: string;
  readonly securityProfile?: string;
  readonly instance?: Instance;
}

export async function openCentre(
  options: { readonly max?: number; readonly batchLimits?: BatchLimits } = {},
): Promise<Centre> {
  const database = await createTestDatabase(options);
  const { db } = database;
  const now = () => new Date();
  const instance = await makeInstance(db, 'centre');
  const run = createRunner({
    db,
    accountId: instance.accountId,
    publicUrl: () => 'http://localhost',
    sealing: createSealing('test'),
    ...(options.batchLimits && { batchLimits: options.batchLimits }),
  });
  const log = { warn: () => {}, error: () => {} };
  const idOf = async (table: 'security_profile' | 'routing_profile' | 'queue', name: string, of: Instance) => {
    const query = db.selectFrom(table).select('id').where('instance_id', '=', of.id).where('name', '=', name);
    return (await query.executeTakeFirstOrThrow()).id;
  };

  const addUsers: Centre['addUsers'] = async (count, { prefix = 'agent', securityProfile = 'Agent', ...rest } = {}) => {
    const of = rest.instance ?? instance;
    const routingProfileId = await idOf('routing_profile', 'Basic Routing Profile', of);
    const securityProfileIds = [await idOf('security_profile', securityProfile, of)];
    const users = Array.from({ length: count }, (_, index) => ({
      id: randomUUID(),
      username: `${prefix}${String(index + 1).padStart(5, '0')}`,
      firstName: `First ${index + 1}`,
      lastName: 'Müller',
      passwordHash: 'a hash that nobody signs in with',
      routingProfileId,
      securityProfileIds,
    }));
    await inTransaction(db, (tx) => insertUsers(tx, of, users, now()));
    return users.map((user) => user.id);
  };
  const signIn: Centre['signIn'] = async (username, securityProfile = 'Admin') => {
    const [userId = ''] = await addUsers(1, { prefix: username, securityProfile });
    return { kind: 'USER', userId, username: `${username}00001`, instanceId: instance.id };
  };
  const admin = await signIn('admin');
  const range: Centre['range'] = async (given) => (await runRange({ db, rangeSize: 500, log, ...given })) !== 'NOTHING';

  return {
    database,
    db,
    instance,
    admin,
    key: { kind: 'ACCESS_KEY', accessKeyId: 'TESTKEY', actions: ['connect:*'] },
    call: async (name, input, caller = admin) => {
      const operation = allOperations.find((candidate) => candidate.name === name);
      if (!operation) throw new Error(`There is no operation ${name}.`);
      const call = { operation, caller, region: instance.region, requestId: randomUUID() };
      return (await run({ ...call, input: { InstanceId: instance.id, ...input } })) as never;
    },
    range,
    work: async (given) => {
      let ranges = 0;
      while (await range(given)) ranges += 1;
      return ranges;
    },
    addUsers,
    signIn,
    addQuickConnects: async (userIds, prefix = 'to') => {
      const queue = await idOf('queue', 'BasicQueue', instance);
      const rows = userIds.map((userId) => ({
        id: randomUUID(),
        instance_id: instance.id,
        name: `${prefix} ${userId}`,
        type: 'USER' as const,
        user_id: userId,
        last_modified_time: now(),
        last_modified_region: instance.region,
      }));
      for (let start = 0; start < rows.length; start += 5000) {
        const chunk = rows.slice(start, start + 5000);
        await db.insertInto('quick_connect').values(chunk).execute();
        const links = chunk.map((row) => ({ queue_id: queue, quick_connect_id: row.id }));
        await db.insertInto('queue_quick_connect').values(links).execute();
      }
      return rows.map((row) => row.id);
    },
    living: async (ids) => {
      const rows = await db
        .selectFrom('users')
        .select('id')
        .where('id', 'in', [...ids])
        .execute();
      return rows.length;
    },
    audited: async (userBatchId) => {
      const rows = await db.selectFrom('audit_entry').selectAll().where('user_batch_id', '=', userBatchId).execute();
      return rows.map((row) => ({
        ...({
          change: row.change,
          resourceType: row.resource_type,
          resourceId: row.resource_id,
          resourceName: row.resource_name,
          details: row.details,
        } as Change),
        actor: row.actor_name,
        permission: row.permission,
        operation: row.operation,
      }));
    },
    close: () => database.close(),
  };
}

export function makeInstance(db: Db, alias: string): Promise<Instance> {
  return inTransaction(db, async (tx) =>
    createInstance(tx, {
      id: randomUUID(),
      region: 'us-east-1',
      accountId: '123456789012',
      alias,
      identityManagementType: 'CONNECT_MANAGED',
      now: await databaseTime(tx),
    }),
  );
}
