import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assembleForTest } from '../../../../test/support/assembled.ts';
import { refusalOf } from '../../../../test/support/callers.ts';
import { accessKey } from '../../../../test/support/centre.ts';
import { contactRecord } from '../../../../test/support/contact-records.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { readConfig } from '../../../config.ts';
import { inTransaction } from '../../../database/transaction.ts';
import { prepareInstance } from '../../../first-start.ts';
import type { Caller } from '../../../operations/caller.ts';
import type { Instance } from '../../../operations/instance.ts';
import type { Run } from '../../../operations/operation-call.ts';
import { allOperations } from '../../../operations.ts';
import { fillSampleData } from '../../../sample-data/fill.ts';
import { findSession, insertSession } from '../../sessions/store.ts';
import { pruneRequesters } from '../../user-batches/retention-store.ts';
import { purgeGoneInstance } from '../purge.ts';
import { deletionMs } from '../rules.ts';
import { findInstanceByAlias } from '../store.ts';

const config = readConfig({ CORDBOARD_INSTANCE_ALIAS: 'first', CORDBOARD_ADMIN_PASSWORD: 'Admin-Password-1' });
let database: TestDatabase;
let run: Run;
let clock: Date;
let first: string;

beforeEach(async () => {
  database = await createTestDatabase({ max: 8 });
  const { db } = database;
  clock = new Date('2026-11-23T12:00:00Z');
  await prepareInstance(db, config, clock);
  first = (await findInstanceByAlias(db, 'first'))?.id ?? '';
  ({ run } = assembleForTest({ db, now: () => clock }));
});
afterEach(() => database.close());

async function call(name: string, input: Record<string, unknown>, caller: Caller = accessKey) {
  const operation = allOperations.find((one) => one.name === name);
  if (!operation) throw new Error(`There is no operation ${name}.`);
  return run({ operation, input, caller, region: 'us-east-1', requestId: randomUUID() }) as Promise<never>;
}

const pass = (milliseconds: number) => {
  clock = new Date(clock.getTime() + milliseconds);
};
const another = async (InstanceAlias: string): Promise<{ Id: string }> =>
  call('CreateInstance', {
    IdentityManagementType: 'SAML',
    InboundCallsEnabled: true,
    OutboundCallsEnabled: true,
    InstanceAlias,
  });

/** How many rows there are in every table, but for those that belong to nobody. */
async function rowCounts(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_name not in ('schema_migration', 'audit_entry', 'change_entry', 'change_set', 'change_feed') order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    counts[name] = Number((await database.pool.query(`select count(*) from ${name}`)).rows[0]?.count);
  }
  return counts;
}

test('a deleted instance is active for a moment longer, and then it is gone for everybody', async () => {
  expect(await call('DeleteInstance', { InstanceId: first })).toEqual({});
  pass(deletionMs - 1);
  expect(await call('DescribeInstance', { InstanceId: first })).toMatchObject({
    Instance: { InstanceStatus: 'ACTIVE' },
  });
  expect(await call('DeleteInstance', { InstanceId: first, ClientToken: 'x' })).toEqual({});
  pass(1);
  for (const name of ['DescribeInstance', 'DeleteInstance', 'ListUsers', 'DescribeUserHierarchyStructure']) {
    expect(await refusalOf(call(name, { InstanceId: first })), name).toBe('ResourceNotFoundException');
  }
  expect(await call('ListInstances', {})).toEqual({ InstanceSummaryList: [] });
});

test('whoever is signed in is out when the instance is gone', async () => {
  const admin = await database.db.selectFrom('users').select('id').executeTakeFirstOrThrow();
  const { token } = await inTransaction(database.db, (tx) => insertSession(tx, { ...admin, instanceId: first }, clock));
  await call('DeleteInstance', { InstanceId: first });
  expect(await findSession(database.db, token, clock)).toMatchObject({ userId: admin.id });
  pass(deletionMs);
  expect(await findSession(database.db, token, clock)).toBeNull();
});

test('everything of the instance goes, nothing of another one does, and the audit stays', async () => {
  const other = await another('other');
  const { id: admin } = await database.db.selectFrom('users').select('id').executeTakeFirstOrThrow();
  pass(60_000);
  const before = await rowCounts();
  const third = await another('third');
  pass(60_000);
  await database.db.updateTable('instance').set({ alias: 'moved' }).where('id', '=', first).execute();
  await database.db.updateTable('instance').set({ alias: 'first' }).where('id', '=', third.Id).execute();
  await fillSampleData(database.db, config, clock);
  await fillMore(third.Id);
  const audited = Number((await database.pool.query('select count(*) from audit_entry')).rows[0]?.count);

  await call('DeleteInstance', { InstanceId: third.Id });
  expect(await purgeGoneInstance(database.db, clock)).toBe('NOTHING');
  pass(deletionMs);
  // Its contacts first, in bites.
  let turns = 0;
  for (; (await purgeGoneInstance(database.db, clock)) === 'DONE'; turns += 1);
  expect(turns).toBe(2);

  // Who has no batch any more is forgotten by the worker, in an idle moment.
  await pruneRequesters(database.db, 100);
  expect(await rowCounts()).toEqual(before);
  expect(Number((await database.pool.query('select count(*) from audit_entry')).rows[0]?.count)).toBe(audited + 2);
  expect(await call('DescribeUser', { InstanceId: first, UserId: admin })).toMatchObject({ User: { Id: admin } });
  expect(await call('DescribeInstance', { InstanceId: other.Id })).toMatchObject({ Instance: { Id: other.Id } });
});

/** What the sample data lacks: rows in the tables that hang below users, hours and profiles. */
async function fillMore(InstanceId: string): Promise<void> {
  const [user] = await database.db.selectFrom('users').select('id').where('instance_id', '=', InstanceId).execute();
  const [status] = await database.db
    .selectFrom('agent_status')
    .select('id')
    .where('instance_id', '=', InstanceId)
    .execute();
  const UserId = user?.id;
  await call('PutUserStatus', { InstanceId, UserId, AgentStatusId: status?.id });
  const Values = { StringList: ['German'] };
  await call('CreatePredefinedAttribute', { InstanceId, Name: 'Skill', Values });
  const UserProficiencies = [{ AttributeName: 'Skill', AttributeValue: 'German', Level: 3 }];
  await call('AssociateUserProficiencies', { InstanceId, UserId, UserProficiencies });
  const hours = await database.db
    .selectFrom('hours_of_operation')
    .select('id')
    .where('instance_id', '=', InstanceId)
    .executeTakeFirstOrThrow();
  await call('CreateHoursOfOperation', {
    ...{ InstanceId, Name: 'With a parent', TimeZone: 'UTC', Config: [] },
    ParentHoursOfOperationConfigs: [{ HoursOfOperationId: hours.id }],
  });
  await call('StartUserDeletion', { InstanceId, UserIds: [UserId] });
  const instance = { id: InstanceId, region: 'us-east-1', accountId: '123456789012' } as Instance;
  const contact = { contactId: randomUUID(), start: new Date('2026-11-02T09:00:00Z') };
  const queue = { id: randomUUID(), name: 'Support' };
  const record = contactRecord(instance, { ...contact, agent: { id: UserId ?? '', username: 'ada' }, queue });
  await call('ImportContactRecords', { InstanceId, Records: [record] });
  await inTransaction(database.db, (tx) => insertSession(tx, { id: UserId ?? '', instanceId: InstanceId }, clock));
}

test('a write whose instance is removed under its hands finds no instance', async () => {
  const operation = allOperations.find(({ name }) => name === 'CreatePredefinedAttribute');
  if (!operation) throw new Error('There is no such operation.');
  const late = {
    ...operation,
    handler: async (context: never, input: never, prepared: never) => {
      await call('DeleteInstance', { InstanceId: first });
      pass(deletionMs);
      await purgeGoneInstance(database.db, clock);
      return operation.handler(context, input, prepared);
    },
  };
  const input = { InstanceId: first, Name: 'Late', Values: { StringList: ['x'] } };
  const answer = run({ operation: late, input, caller: accessKey, region: 'us-east-1', requestId: randomUUID() });
  expect(await refusalOf(answer)).toBe('ResourceNotFoundException');
});

test('its alias and its token are free at once', async () => {
  await call('DeleteInstance', { InstanceId: first });
  expect(await another('first')).toHaveProperty('Id');
});

test('an instance that is still being created can be deleted', async () => {
  const { Id: InstanceId } = await another('short-lived');
  await call('DeleteInstance', { InstanceId });
  pass(deletionMs);
  expect(await refusalOf(call('DescribeInstance', { InstanceId }))).toBe('ResourceNotFoundException');
});

test('of many who delete at once, one is audited', async () => {
  await Promise.all(Array.from({ length: 6 }, () => call('DeleteInstance', { InstanceId: first })));
  const entries = await database.db
    .selectFrom('audit_entry')
    .select(['operation', 'actor_type', 'resource_name'])
    .where('change', '=', 'DELETED')
    .execute();
  expect(entries).toEqual([{ operation: 'DeleteInstance', actor_type: 'ACCESS_KEY', resource_name: 'first' }]);
});

test('the first instance is not made again beside another one, and is when none is left', async () => {
  const { db } = database;
  await call('DeleteInstance', { InstanceId: first });
  const { Id: InstanceId } = await another('mine');
  pass(60_000);
  expect(await prepareInstance(db, config, clock)).toBeNull();
  expect(await fillSampleData(db, config, clock)).toBeNull();
  await call('DeleteInstance', { InstanceId });
  expect(await prepareInstance(db, config, clock)).not.toBeNull();
});
