import { randomUUID } from 'node:crypto';
import type { Updateable } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { PermissionId } from '../../src/access/permissions.ts';
import type { Change } from '../../src/audit/change.ts';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import { decodeRequest } from '../../src/connect-api/decode-request.ts';
import { encodeResponse } from '../../src/connect-api/encode-response.ts';
import { asModelled } from '../../src/connect-api/error-answer.ts';
import { databaseTime } from '../../src/database/clock.ts';
import type { Db } from '../../src/database/db.ts';
import type { SecurityProfileTable } from '../../src/database/tables.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createInstance } from '../../src/features/instances/beginnings.ts';
import { insertSecurityProfiles } from '../../src/features/security-profiles/store.ts';
import { type RangeOptions, runRange } from '../../src/features/user-batches/run-range.ts';
import { insertUsers } from '../../src/features/users/store.ts';
import type { NewUser } from '../../src/features/users/types.ts';
import type { BatchLimits } from '../../src/operations/batch-limits.ts';
import type { AccessKeyCaller, Caller, UserCaller } from '../../src/operations/caller.ts';
import type { FileAnswer } from '../../src/operations/define-operation.ts';
import type { Instance } from '../../src/operations/instance.ts';
import { assembleForTest } from './assembled.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type Answer, type InputOf, type OperationName, operationOf } from './operations.ts';
import { membersOf, partsOf, wireOf } from './wire-request.ts';

/** The input of a call in a test: the instance is the centre's where the test says nothing else. */
export type Given<Name extends OperationName> = Omit<InputOf<Name>, 'InstanceId'> & { readonly InstanceId?: string };

/** A small contact centre, to run operations and ranges of batches against. */
export interface Centre {
  readonly database: TestDatabase;
  readonly db: Db;
  readonly instance: Instance;
  /** Signed in, with every permission. Not there in a centre that is opened `as: 'ACCESS_KEY'`. */
  readonly admin: UserCaller;
  readonly key: AccessKeyCaller;
  readonly routingProfileId: string;
  /** Ids of the four default security profiles by name. */
  readonly securityProfiles: Readonly<Record<'Admin' | 'Agent' | 'CallCenterManager' | 'QualityAnalyst', string>>;
  /** The time of every call and range. Set it, and time stands there; until then it is the database's. */
  clock: Date;
  /**
   * Calls an operation as a client does: the request is decoded and its constraints are checked, the answer is encoded.
   * By the administrator if nobody else is named, or the access key of a centre that is opened as it.
   * @throws OperationError
   */
  call<Name extends OperationName>(name: Name, input: Given<Name>, caller?: Caller): Promise<Answer<Name>>;
  /** The same for a request that no declaration would let through, or whose name is made at run time. */
  send(name: string, input: object, caller?: Caller): Promise<Record<string, unknown>>;
  /** The same for an operation that answers a file. */
  download<Name extends OperationName>(name: Name, input: Given<Name>, caller?: Caller): Promise<FileAnswer>;
  /** Does one range; false when there was nothing to do. */
  range(options?: Partial<RangeOptions>): Promise<boolean>;
  /** Does ranges until nothing is left; answers how many it took. */
  work(options?: Partial<RangeOptions>): Promise<number>;
  /** A user with what is given; by default an Agent who has a password. Answers the id. */
  addUser(user?: Partial<NewUser>): Promise<string>;
  /** Ids of new users, in their order. */
  addUsers(count: number, options?: NewUsers): Promise<string[]>;
  /** A user who is signed in. */
  signIn(username: string, securityProfile?: string): Promise<UserCaller>;
  /** A security profile with these permissions. Answers its id. */
  addSecurityProfile(permissions: readonly PermissionId[]): Promise<string>;
  /** Somebody who is signed in and holds exactly these permissions, within these limits of their security profile. */
  signedIn(permissions: readonly PermissionId[], limits?: AccessLimits): Promise<UserCaller>;
  /** One quick connect for each of the users, offered by BasicQueue. Answers their ids. */
  addQuickConnects(userIds: readonly string[], prefix?: string): Promise<string[]>;
  /** How many of these users are there. */
  living(ids: readonly string[]): Promise<number>;
  audited(userBatchId: string): Promise<(Change & { actor: string; permission: string; operation: string })[]>;
  /** What the audit says of a resource, oldest first. */
  history(resourceId: string): Promise<{ operation: string; change: string; permission: string; details: unknown }[]>;
  close(): Promise<void>;
}

/** Columns of a security profile. */
export type AccessLimits = Partial<
  Pick<
    Updateable<SecurityProfileTable>,
    | 'allowed_access_control_tags'
    | 'tag_restricted_resources'
    | 'allowed_access_control_hierarchy_group_id'
    | 'hierarchy_restricted_resources'
  >
>;

interface NewUsers {
  readonly prefix?: string;
  readonly securityProfile?: string;
  readonly instance?: Instance;
}

export interface CentreOptions {
  readonly max?: number;
  readonly batchLimits?: BatchLimits;
  /** Who calls. `ACCESS_KEY`: the instance has no user, not even an administrator. */
  readonly as?: 'ADMINISTRATOR' | 'ACCESS_KEY';
  /** Where time stands; the instance has been there for an hour then. */
  readonly clock?: Date;
  readonly identityManagementType?: Instance['identityManagementType'];
}

/** A Monday in winter, for what is to be seen in answers. */
export const monday = new Date('2026-01-05T09:00:00Z');

export const accessKey: AccessKeyCaller = { kind: 'ACCESS_KEY', accessKeyId: 'TESTKEY', actions: ['connect:*'] };

/** A centre for all tests of a file; before the first of them it is not there. */
export function centreForFile(options: CentreOptions = {}): Centre {
  const centre = {} as Centre;
  beforeAll(async () => {
    Object.defineProperties(centre, Object.getOwnPropertyDescriptors(await openCentre(options)));
  });
  afterAll(() => centre.close());
  return centre;
}

/** A centre of its own for each test of a file. */
export function centreForEach(options: CentreOptions = {}): Centre {
  const centre = {} as Centre;
  beforeEach(async () => {
    Object.defineProperties(centre, Object.getOwnPropertyDescriptors(await openCentre(options)));
  });
  afterEach(() => centre.close());
  return centre;
}

export async function openCentre(options: CentreOptions = {}): Promise<Centre> {
  const database = await createTestDatabase(options);
  const { db } = database;
  let standing = options.clock;
  const now = () => standing ?? new Date();
  const instance = await makeInstance(db, 'centre', {
    ...(options.clock && { now: new Date(options.clock.getTime() - 3_600_000) }),
    ...(options.identityManagementType && { identityManagementType: options.identityManagementType }),
  });
  const { run } = assembleForTest({ db, batchLimits: options.batchLimits, now: () => standing });
  const profiles = await db.selectFrom('security_profile').select(['id', 'name']).execute();
  const securityProfiles = Object.fromEntries(profiles.map(({ id, name }) => [name, id])) as Centre['securityProfiles'];
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
  const routingProfileId = await idOf('routing_profile', 'Basic Routing Profile', instance);
  const admin = options.as === 'ACCESS_KEY' ? null : await signIn('admin');
  const range: Centre['range'] = async (given) => {
    const steered = standing && { now };
    return (await runRange({ db, rangeSize: 500, log, ...steered, ...given })) !== 'NOTHING';
  };
  let count = 0;
  const addUser: Centre['addUser'] = async (user = {}) => {
    count += 1;
    const whole: NewUser = {
      id: randomUUID(),
      username: `user${String(count).padStart(4, '0')}`,
      firstName: 'First',
      lastName: 'Last',
      passwordHash: 'no password has this hash',
      routingProfileId,
      securityProfileIds: [securityProfiles.Agent],
      ...user,
    };
    await inTransaction(db, (tx) => insertUsers(tx, instance, [whole], now()));
    return whole.id;
  };
  const addSecurityProfile: Centre['addSecurityProfile'] = async (permissions) => {
    const id = randomUUID();
    const { id: instanceId, region } = instance;
    const profile = { id, instanceId, region, name: `Profile ${id}`, description: null, permissions, now: now() };
    await inTransaction(db, (tx) => insertSecurityProfiles(tx, [profile]));
    return id;
  };
  const answerOf = async (operation: CompiledOperation, input: object, caller: Caller) => {
    const known = new Set(membersOf(operation).map(({ name }) => name));
    const members = Object.entries({ ...(known.has('InstanceId') && { InstanceId: instance.id }), ...input });
    const parts = partsOf(operation, Object.fromEntries(members.filter(([name]) => known.has(name))));
    // What an operation does not know goes along, as from any client.
    const unknown = Object.fromEntries(members.filter(([name]) => !known.has(name)));
    const sent = parts.body === undefined ? undefined : { ...(parts.body as object), ...unknown };
    const { url, body = '' } = wireOf(operation, { ...parts, body: sent });
    const request = { url, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
    const called = run({
      operation: operation.operation,
      input: decodeRequest(operation, request),
      caller,
      region: instance.region,
      requestId: randomUUID(),
    });
    return called.catch((error: unknown) => {
      throw asModelled(operation, error);
    });
  };
  const send: Centre['send'] = async (name, input, caller = admin ?? accessKey) => {
    const operation = operationOf(name);
    const output = await answerOf(operation, input, caller);
    return typeof operation.output === 'string'
      ? output
      : JSON.parse(encodeResponse(operation.output, output, true).body);
  };

  return {
    database,
    db,
    instance,
    get admin() {
      if (!admin) throw new Error('This centre was opened as the access key: it has no administrator.');
      return admin;
    },
    key: accessKey,
    routingProfileId,
    securityProfiles,
    get clock() {
      return now();
    },
    set clock(time) {
      standing = time;
    },
    send,
    call: async (name, input, caller) => (await send(name, input, caller)) as never,
    download: async (name, input, caller) => (await send(name, input, caller)) as unknown as FileAnswer,
    range,
    work: async (given) => {
      let ranges = 0;
      while (await range(given)) ranges += 1;
      return ranges;
    },
    addUser,
    addUsers,
    signIn,
    addSecurityProfile,
    signedIn: async (permissions, limits) => {
      const username = `caller${count + 1}`;
      const securityProfileId = await addSecurityProfile(permissions);
      if (limits) await db.updateTable('security_profile').set(limits).where('id', '=', securityProfileId).execute();
      const userId = await addUser({ username, securityProfileIds: [securityProfileId] });
      return { kind: 'USER', userId, username, instanceId: instance.id };
    },
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
    history: (resourceId) =>
      db
        .selectFrom('audit_entry')
        .select(['operation', 'change', 'permission', 'details'])
        .where('resource_id', '=', resourceId)
        .orderBy('time')
        .execute(),
    close: () => database.close(),
  };
}

export function makeInstance(
  db: Db,
  alias: string,
  {
    now,
    identityManagementType = 'CONNECT_MANAGED',
  }: { now?: Date } & Partial<Pick<Instance, 'identityManagementType'>> = {},
): Promise<Instance> {
  return inTransaction(db, async (tx) =>
    createInstance(tx, {
      id: randomUUID(),
      region: 'us-east-1',
      accountId: '123456789012',
      alias,
      identityManagementType,
      now: now ?? (await databaseTime(tx)),
    }),
  );
}
