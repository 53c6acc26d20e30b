import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, makeInstance, openCentre } from '../../../test/support/centre.ts';
import { unlimited } from '../../access/access-control.ts';
import { type EntryFilter, entriesQuery } from './entry-view.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await openCentre();
});
afterAll(() => centre.close());

interface Entry {
  readonly Id: string;
  /** Seconds since 1970. */
  readonly Time: number;
  readonly Action: string;
  readonly Operation: string;
  readonly Door: string;
  readonly Permission: string;
  readonly Actor: { readonly Type: string; readonly Id: string; readonly Name?: string };
  readonly Resource: { readonly Type: string; readonly Id: string; readonly Name: string };
  readonly Changes: readonly { readonly Member: string; readonly Old?: string; readonly New?: string }[];
}
interface Page {
  readonly HistoricalChanges: readonly Entry[];
  readonly NextToken?: string;
}

const page = async (input: object = {}, caller: Parameters<Centre['send']>[2] = centre.admin) =>
  (await centre.send('ListHistoricalChanges', input, caller)) as unknown as Page;
const entries = async (input: object = {}, caller?: Parameters<Centre['send']>[2]) =>
  (await page(input, caller)).HistoricalChanges;
const idsOf = (found: readonly Entry[]) => found.map(({ Id }) => Id);

let profiles = 0;
/** Somebody who may see changes and users, of these only what the profile reaches. */
async function readerWith(permissions: readonly string[], limits: object = {}) {
  const SecurityProfileName = `Reader ${++profiles}`;
  await centre.send('CreateSecurityProfile', { SecurityProfileName, Permissions: permissions, ...limits }, centre.key);
  return centre.signIn(`reader${profiles}x`, SecurityProfileName);
}
const idOf = (name: string) =>
  centre.db.selectFrom('security_profile').select('id').where('name', '=', name).executeTakeFirstOrThrow();
const routing = () => centre.db.selectFrom('routing_profile').select('id').executeTakeFirstOrThrow();

async function createUser(Username: string, Tags: object = {}) {
  const { UserId } = await centre.send('CreateUser', {
    Username,
    Password: 'User-Password-1',
    PhoneConfig: { PhoneType: 'SOFT_PHONE' },
    IdentityInfo: { FirstName: 'Ada', LastName: 'Lovelace' },
    SecurityProfileIds: [(await idOf('Agent')).id],
    RoutingProfileId: (await routing()).id,
    Tags,
  });
  return String(UserId);
}
const identity = (UserId: string, FirstName: string, caller?: Parameters<Centre['send']>[2]) =>
  centre.call('UpdateUserIdentityInfo', { UserId, IdentityInfo: { FirstName, LastName: 'Lovelace' } }, caller);

test('what somebody did to a user is listed newest first, with the values before and after and by which door', async () => {
  const UserId = await createUser('ada');
  await identity(UserId, 'Augusta', centre.key);
  await centre.call('StartUserDeletion', { UserIds: [UserId] });
  await centre.work();
  const found = await entries({ ResourceId: UserId });
  expect(found).toMatchObject([
    { Action: 'DELETED', Operation: 'StartUserDeletion', Door: 'BATCH', Permission: 'Users.Delete' },
    {
      Action: 'UPDATED',
      Door: 'API',
      Permission: 'connect:UpdateUserIdentityInfo',
      Actor: { Type: 'ACCESS_KEY', Id: 'TESTKEY' },
      Changes: [{ Member: 'FirstName', Old: '"Ada"', New: '"Augusta"' }],
    },
    {
      Action: 'CREATED',
      Door: 'WEBSITE',
      Permission: 'Users.Create',
      Actor: { Type: 'USER', Id: centre.admin.userId, Name: 'admin00001' },
      Resource: { Type: 'agent', Id: UserId, Name: 'ada' },
    },
  ]);
  const [gone, , made] = found;
  expect(gone?.Changes).toContainEqual({ Member: 'FirstName', Old: '"Augusta"' });
  expect(made?.Changes).toContainEqual({ Member: 'FirstName', New: '"Ada"' });
  expect(JSON.stringify(found)).not.toContain('Password');
});

test('a value that was not recorded is left out, and one that is none is null', async () => {
  const UserId = await createUser('unrecorded');
  await identity(UserId, 'Other');
  await sql`update audit_entry set details = '{"Changes": {"A": {"New": null}, "B": {}}}'
    where resource_id = ${UserId} and change = 'UPDATED'`.execute(centre.db);
  const [changed] = await entries({ ResourceId: UserId });
  expect(changed?.Changes).toEqual([{ Member: 'A', New: 'null' }, { Member: 'B' }]);
});

test('each filter finds what it says and nothing else, and all of them together', async () => {
  const UserId = await createUser('filtered');
  await identity(UserId, 'Other', centre.key);
  const all = await entries({ ResourceId: UserId });
  expect(all).toHaveLength(2);
  const [updated, created] = all;
  const of = (input: object) => entries({ ResourceId: UserId, ...input });
  expect(await of({ Actions: ['UPDATED'] })).toEqual([updated]);
  expect(await of({ Actions: ['DELETED'] })).toEqual([]);
  expect(await of({ Operations: ['CreateUser'] })).toEqual([created]);
  expect(await of({ Operations: ['UpdateUserIdentityInfo', 'CreateQueue'] })).toEqual([updated]);
  expect(await of({ Doors: ['API'] })).toEqual([updated]);
  expect(await of({ Doors: ['WEBSITE', 'BATCH'] })).toEqual([created]);
  expect(await of({ Permissions: ['Users.Create'] })).toEqual([created]);
  expect(await of({ ActorName: 'ADMIN00001' })).toEqual([created]);
  expect(await of({ ActorName: 'testkey' })).toEqual([updated]);
  expect(await of({ ActorId: centre.admin.userId })).toEqual([created]);
  expect(await of({ ResourceTypes: ['queue'] })).toEqual([]);
  expect(await of({ ResourceTypes: ['queue', 'agent'] })).toEqual(all);
  expect(await of({ ResourceName: 'FILTERED' })).toEqual(all);
  expect(await of({ ResourceName: 'filter' })).toEqual([]);
  const { Time = 0 } = updated ?? {};
  expect(await of({ EndTime: Time })).toEqual(Time > (created?.Time ?? Time) ? [created] : []);
  expect(await of({ StartTime: Time + 0.001 })).toEqual([]);
  const together = { ActorId: 'TESTKEY', ResourceName: 'filtered', Actions: ['UPDATED'], Doors: ['API'] };
  expect(idsOf(await entries({ ...together, ResourceTypes: ['agent'], Permissions: [updated?.Permission] }))).toEqual([
    updated?.Id,
  ]);
});

test('pages follow each other without a gap or a repetition, also where many entries have one time', async () => {
  const time = new Date(Date.now() - 3_600_000);
  await sql`
    insert into audit_entry (instance_id, time, operation, actor_type, actor_id, actor_name, door, permission,
      resource_type, resource_id, resource_name, change, request_id)
    select ${centre.instance.id}, ${time}::timestamptz + (n % 3) * interval '1 microsecond', 'Many', 'SYSTEM', 'x', 'x',
      'SYSTEM', 'x', 'flow-module', n::text, 'many', 'CREATED', 'x' from generate_series(1, 25) n`.execute(centre.db);
  const seen: string[] = [];
  for (let NextToken: string | undefined; ; ) {
    const one = await page({ ResourceName: 'many', MaxResults: 4, ...(NextToken && { NextToken }) });
    seen.push(...idsOf(one.HistoricalChanges));
    NextToken = one.NextToken;
    if (!NextToken) break;
  }
  expect(seen).toEqual(idsOf(await entries({ ResourceName: 'many', MaxResults: 100 })));
  expect(new Set(seen).size).toBe(25);
});

test('a time range has a beginning before its end, and a bound', async () => {
  const day = 86_400;
  const EndTime = Math.floor(Date.now() / 1000);
  const range = (days: number) => page({ StartTime: EndTime - days * day, EndTime });
  await expect(range(0)).rejects.toMatchObject({ code: 'InvalidParameterException' });
  await expect(range(-1)).rejects.toThrow('StartTime must be before EndTime');
  await expect(range(732)).rejects.toThrow('731 days at most');
  await range(731);
  await expect(page({ NextToken: 'anything' })).rejects.toMatchObject({ code: 'InvalidParameterException' });
});

test('whoever is limited by tags sees the changes of what they reach and is there, and names of nobody else', async () => {
  const inside = await createUser('inside', { Team: 'Red' });
  const outside = await createUser('outside', { Team: 'Blue' });
  const left = await createUser('left', { Team: 'Red' });
  await centre.call('DeleteUser', { UserId: left });
  const limits = { AllowedAccessControlTags: { Team: 'Red' }, TagRestrictedResources: ['User'] };
  const limited = await readerWith(['HistoricalChanges.View', 'Users.View'], limits);
  const found = await entries({ ResourceTypes: ['agent', 'session'] }, limited);
  expect([...new Set(found.map(({ Resource }) => Resource.Id))]).toEqual([inside]);
  for (const Resource of [outside, left]) expect(await entries({ ResourceId: Resource }, limited)).toEqual([]);
  // The administrator is not within reach: the id stays, the name does not, and asking for it finds nothing.
  expect(found.map(({ Actor }) => Actor)).toEqual([{ Type: 'USER', Id: centre.admin.userId }]);
  expect(await entries({ ActorName: 'admin00001' }, limited)).toEqual([]);
  // The right to see changes may be limited by itself.
  const changesOnly = await readerWith(['HistoricalChanges.View'], limits);
  expect(await entries({ ResourceTypes: ['agent'] }, changesOnly)).toEqual([]);
  const whole = await readerWith(['HistoricalChanges.View', 'Users.View']);
  expect((await entries({ ResourceId: left }, whole)).map(({ Action }) => Action)).toEqual(['DELETED', 'CREATED']);
});

test('whoever is limited by the hierarchy sees the changes of users in their part of it', async () => {
  await centre.call('UpdateUserHierarchyStructure', { HierarchyStructure: { LevelOne: { Name: 'Site' } } });
  const groupId = async (Name: string) => (await centre.call('CreateUserHierarchyGroup', { Name })).HierarchyGroupId;
  const [west, east] = [await groupId('West'), await groupId('East')];
  const [westerner, easterner] = [await createUser('westerner'), await createUser('easterner')];
  await centre.call('UpdateUserHierarchy', { UserId: westerner, HierarchyGroupId: west });
  await centre.call('UpdateUserHierarchy', { UserId: easterner, HierarchyGroupId: east });
  const reader = await readerWith(['HistoricalChanges.View', 'Users.View'], {
    AllowedAccessControlHierarchyGroupId: west,
    HierarchyRestrictedResources: ['User'],
  });
  const found = await entries({ ResourceTypes: ['agent'] }, reader);
  expect([...new Set(found.map(({ Resource }) => Resource.Id))]).toEqual([westerner]);
});

test('whoever does not see a kind of resource does not see its changes, nor names in the values of others', async () => {
  await centre.call('CreateAgentStatus', { Name: 'Lunch', State: 'ENABLED' });
  const UserId = await createUser('valued');
  await centre.call('DeleteUser', { UserId });
  const users = await readerWith(['HistoricalChanges.View', 'Users.View']);
  const types = new Set((await entries({}, users)).map(({ Resource }) => Resource.Type));
  expect(types).toContain('agent');
  for (const type of ['queue', 'agent-state', 'security-profile', 'routing-profile', 'contact-flow', 'operating-hours'])
    expect(types).not.toContain(type);
  const [gone] = await entries({ ResourceId: UserId }, users);
  const values = Object.fromEntries(
    (gone?.Changes ?? []).map(({ Member, Old }) => [Member, JSON.parse(Old ?? 'null')]),
  );
  // Names of routing and security profiles are among what the form of a user shows.
  expect(values.RoutingProfile).toEqual({ Id: (await routing()).id, Name: 'Basic Routing Profile' });
  const limited = await readerWith(['HistoricalChanges.View', 'Users.View'], {
    AllowedAccessControlTags: { Team: 'Red' },
    TagRestrictedResources: ['RoutingProfile'],
  });
  const [seen] = await entries({ ResourceId: UserId }, limited);
  expect(seen?.Changes.find(({ Member }) => Member === 'RoutingProfile')?.Old).toBe(
    JSON.stringify({ Id: (await routing()).id }),
  );
  const nobody = await readerWith(['HistoricalChanges.View']);
  expect(new Set((await entries({}, nobody)).map(({ Resource }) => Resource.Type))).toEqual(new Set(['instance']));
  const others = await readerWith(['Users.View']);
  await expect(page({}, others)).rejects.toMatchObject({ code: 'AccessDeniedException' });
});

test('the changes of another instance are not among them, nor those of access keys', async () => {
  await centre.call('CreateAccessKey', { Actions: ['connect:List*'] }, centre.key);
  const of = async (Operation: string) =>
    (await entries({}, centre.key)).filter((entry) => entry.Operation === Operation);
  expect(await of('CreateAccessKey')).toEqual([]);
  const other = await makeInstance(centre.db, 'other');
  const ids = new Set((await entries({ ResourceTypes: ['instance'] }, centre.key)).map(({ Resource }) => Resource.Id));
  expect([...ids]).toEqual([centre.instance.id]);
  const there = await entries({ InstanceId: other.id, ResourceTypes: ['instance'] }, centre.key);
  expect(there.map(({ Resource }) => Resource.Id)).toEqual([other.id]);
});

test('as a file each member that changed has a line, and no cell is run as a formula', async () => {
  const UserId = await createUser('filed');
  await identity(UserId, '=1+1');
  const file = await centre.download('DownloadHistoricalChanges', { ResourceId: UserId, Actions: ['UPDATED'] });
  expect(file).toMatchObject({ contentType: 'text/csv; charset=utf-8' });
  let text = '';
  for await (const chunk of file.chunks) text += chunk;
  const [head, line, ...rest] = text.split('\r\n');
  expect(head).toMatch(/^\uFEFFTime,Actor,Actor type,Actor ID,Action,Operation,Door,Permission,/);
  expect(line).toContain(`,admin00001,USER,${centre.admin.userId},UPDATED,UpdateUserIdentityInfo,WEBSITE,Users.Edit,`);
  expect(line).toContain(`,agent,filed,${UserId},FirstName,Ada,'=1+1,,`);
  expect(rest).toEqual(['']);
});

test('the file has every page, and what its reader may not see is in none of them', async () => {
  const limited = await readerWith(['HistoricalChanges.View', 'Users.View'], {
    AllowedAccessControlTags: { Team: 'Green' },
    TagRestrictedResources: ['User'],
  });
  const UserId = await createUser('green', { Team: 'Green' });
  for (let index = 0; index < 120; index += 1) await identity(UserId, `Ada ${index}`);
  const file = await centre.download('DownloadHistoricalChanges', { ResourceTypes: ['agent'] }, limited);
  let text = '';
  for await (const chunk of file.chunks) text += chunk;
  const lines = text.split('\r\n').slice(1, -1);
  expect(lines.filter((line) => line.includes('UpdateUserIdentityInfo'))).toHaveLength(120);
  expect(lines.filter((line) => !line.includes(UserId))).toEqual([]);
});

test('200,000 entries are read by an index, whatever they are asked by', async () => {
  const { db, instance, key } = centre;
  // Indexes are made faster than they are filled.
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'audit_entry' and indexname <> 'audit_entry_pkey'`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.table(name)}`.execute(db);
  await sql`
    insert into audit_entry (instance_id, time, operation, actor_type, actor_id, actor_name, door, permission,
      resource_type, resource_id, resource_name, change, request_id)
    select ${instance.id}, now() - n * interval '1 minute', 'UpdateUserIdentityInfo', 'USER', (n % 500)::text,
      'Actor.' || n % 500, 'WEBSITE', 'Users.Edit', 'agent', (n % 20000)::text, 'Agent.' || n % 20000, 'UPDATED', 'x'
    from generate_series(1, 200000) n`.execute(db);
  for (const { definition } of indexes) await sql.raw(definition).execute(db);
  await sql`analyze audit_entry`.execute(db);
  const planOf = async (filter: Partial<EntryFilter>, after: { micros: number; id: string } | null = null) => {
    const range = { start: new Date(Date.now() - 100 * 86_400_000), end: new Date() };
    const query = entriesQuery({ instance, access: unlimited, caller: key }, { ...range, ...filter }, after, 101);
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(db);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const half = { micros: (Date.now() - 50 * 86_400_000) * 1000, id: randomUUID() };
  for (const [index, filter] of [
    // Of one instance alone, that of all instances by age is as good.
    [/audit_entry_by_(time|age)/, {}],
    [/audit_entry_by_(time|age)/, { doors: ['WEBSITE'], actions: ['UPDATED'] }],
    [/audit_entry_by_resource/, { resourceId: '77' }],
    [/audit_entry_by_name/, { resourceName: 'agent.77' }],
    [/audit_entry_by_actor/, { actorName: 'actor.77' }],
    [/audit_entry_by_type/, { resourceTypes: ['queue'] }],
    [/audit_entry_by_operation/, { operations: ['CreateQueue'] }],
  ] as const) {
    for (const after of [null, half]) {
      const plan = await planOf(filter, after);
      expect(plan, plan).toMatch(index);
      expect(plan, plan).not.toMatch(/Seq Scan|(?<!Incremental )Sort {2}/);
    }
  }
});
