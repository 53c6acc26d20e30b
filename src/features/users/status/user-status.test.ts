import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../../test/support/callers.ts';
import { type Centre, centreForFile, monday, openCentre } from '../../../../test/support/centre.ts';
import type { Answer } from '../../../../test/support/operations.ts';
import type { PermissionId } from '../../../access/permissions.ts';
import { inTransaction } from '../../../database/transaction.ts';
import { arnOf } from '../../../operations/arn.ts';
import { insertHierarchyGroups } from '../../hierarchy/store.ts';
import { insertQueues } from '../../queues/store.ts';
import { insertRoutingProfiles } from '../../routing-profiles/store.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 8 });
let available: string;
let lunch: string;
let disabled: string;
beforeAll(async () => {
  const create = async (Name: string, State: 'ENABLED' | 'DISABLED') =>
    (await centre.call('CreateAgentStatus', { Name, State })).AgentStatusId;
  lunch = await create('Lunch', 'ENABLED');
  disabled = await create('Gone fishing', 'DISABLED');
  const { AgentStatusSummaryList: [status] = [] } = await centre.call('ListAgentStatuses', {
    AgentStatusTypes: ['ROUTABLE'],
  });
  available = status?.Id ?? '';
});

const put = (UserId: string, AgentStatusId: string) => centre.call('PutUserStatus', { UserId, AgentStatusId });
const current = (Filters: object, rest: object = {}) => centre.call('GetCurrentUserData', { Filters, ...rest });
const dataOf = async (id: string) => (await current({ Agents: [id] })).UserDataList ?? [];
const later = () => {
  centre.clock = new Date(centre.clock.getTime() + 60_000);
};

describe('PutUserStatus', () => {
  test('puts a user into a status, which GetCurrentUserData shows with the time since when', async () => {
    const id = await centre.addUser();
    expect(await dataOf(id)).toEqual([]);
    expect(await put(arnOf(centre.instance, 'agent', id), arnOf(centre.instance, 'agent-state', available))).toEqual(
      {},
    );
    const since = centre.clock.getTime() / 1000;
    expect(await dataOf(id)).toEqual([
      {
        User: { Id: id, Arn: arnOf(centre.instance, 'agent', id) },
        RoutingProfile: {
          Id: centre.routingProfileId,
          Arn: arnOf(centre.instance, 'routing-profile', centre.routingProfileId),
        },
        Status: {
          StatusStartTimestamp: since,
          StatusArn: arnOf(centre.instance, 'agent-state', available),
          StatusName: 'Available',
        },
        AvailableSlotsByChannel: { VOICE: 1, CHAT: 2, TASK: 1 },
        MaxSlotsByChannel: { VOICE: 1, CHAT: 2, TASK: 1 },
        ActiveSlotsByChannel: { VOICE: 0, CHAT: 0, TASK: 0 },
        Contacts: [],
      },
    ]);
    later();
    await put(id, available);
    expect((await dataOf(id))[0]?.Status).toMatchObject({ StatusStartTimestamp: since });
    await put(id, lunch);
    expect((await dataOf(id))[0]).toMatchObject({
      Status: { StatusStartTimestamp: since + 60, StatusName: 'Lunch' },
      AvailableSlotsByChannel: { VOICE: 0, CHAT: 0, TASK: 0 },
      MaxSlotsByChannel: { VOICE: 1, CHAT: 2, TASK: 1 },
    });
    const [first, second, ...others] = await centre.history(id);
    expect(others).toEqual([]);
    const Available = { Id: available, Name: 'Available' };
    expect(first?.details).toEqual({ Changes: { AgentStatus: { Old: null, New: Available } } });
    expect(second).toMatchObject({
      operation: 'PutUserStatus',
      details: { Changes: { AgentStatus: { Old: Available, New: { Name: 'Lunch' } } } },
    });
  });

  test('shows a status by the name that it has now', async () => {
    const id = await centre.addUser();
    await put(id, lunch);
    await centre.call('UpdateAgentStatus', { AgentStatusId: lunch, Name: 'Dinner' });
    expect((await dataOf(id))[0]?.Status).toMatchObject({ StatusName: 'Dinner' });
  });

  test('refuses a status that is disabled or not there, and a user who is not', async () => {
    const id = await centre.addUser();
    expect(await refusalOf(put(id, disabled))).toBe('InvalidRequestException');
    expect(await refusalOf(put(id, randomUUID()))).toBe('ResourceNotFoundException');
    expect(await refusalOf(put(randomUUID(), available))).toBe('ResourceNotFoundException');
    expect(await refusalOf(put(id, 'Available'))).toBe('InvalidParameterException');
    expect(await refusalOf(centre.send('PutUserStatus', { UserId: id }))).toBe('InvalidParameterException');
    expect(await dataOf(id)).toEqual([]);
    expect(await centre.history(id)).toEqual([]);
  });

  test('goes with the user', async () => {
    const id = await centre.addUser();
    await put(id, available);
    await centre.call('DeleteUser', { UserId: id });
    expect(await refusalOf(dataOf(id))).toBe('ResourceNotFoundException');
    expect(await centre.db.selectFrom('user_status').selectAll().where('user_id', '=', id).execute()).toEqual([]);
  });

  test('at the same time from many sides ends in one of them', async () => {
    const id = await centre.addUser();
    await Promise.all([available, lunch, available, lunch].map((status) => put(id, status)));
    expect(await dataOf(id)).toHaveLength(1);
  });
});

describe('GetCurrentUserData', () => {
  let own: Centre;
  const groups = ['North', 'Berlin', 'South'].map((name) => ({ id: randomUUID(), name }));
  const queues = ['Sales', 'Support'].map((name) => ({ id: randomUUID(), name }));
  const routingProfiles = ['Both', 'Support only'].map((name) => ({ id: randomUUID(), name }));
  const users: { id: string; name: string; profile: string; group: string | null }[] = [];
  const [north, berlin] = groups;
  beforeAll(async () => {
    own = await openCentre({ as: 'ACCESS_KEY', clock: monday });
    const { db, instance, clock } = own;
    const common = { instanceId: instance.id, now: clock, region: instance.region };
    const hours = await db.selectFrom('hours_of_operation').select('id').executeTakeFirstOrThrow();
    await inTransaction(db, async (tx) => {
      await insertHierarchyGroups(
        tx,
        groups.map((group) => {
          const parentGroupId = group === berlin ? (north?.id ?? null) : null;
          return { ...common, ...group, level: parentGroupId ? 2 : 1, parentGroupId };
        }),
      );
      await insertQueues(
        tx,
        queues.map((queue) => ({ ...common, ...queue, description: null, hoursOfOperationId: hours.id })),
      );
      await insertRoutingProfiles(
        tx,
        routingProfiles.map((profile, n) => ({
          ...common,
          ...profile,
          description: 'x',
          defaultOutboundQueueId: queues[1]?.id ?? '',
          mediaConcurrencies: [{ Channel: 'CHAT', Concurrency: n + 3 }],
          queues: queues.slice(n).map(({ id }) => ({ queueId: id, channel: 'CHAT', priority: 1, delay: 0 })),
        })),
      );
    });
    const status = await db.selectFrom('agent_status').select('id').where('type', '=', 'ROUTABLE').executeTakeFirst();
    for (let n = 0; n < 24; n += 1) {
      const profile = routingProfiles[n % 2]?.id ?? '';
      const group = groups[n % 4]?.id ?? null;
      const name = `${n % 3 ? 'agent' : 'Agent'}${n}`;
      const id = await own.addUser({ username: name, routingProfileId: profile, hierarchyGroupId: group });
      users.push({ id, name, profile, group });
      await own.call('PutUserStatus', { UserId: id, AgentStatusId: status?.id ?? '' });
    }
    // Who was never put into a status is never shown.
    await own.addUser({ routingProfileId: routingProfiles[0]?.id ?? '', hierarchyGroupId: north?.id ?? null });
  });
  afterAll(() => own.close());
  const ask = async (input: object) => (await own.send('GetCurrentUserData', input)) as Answer<'GetCurrentUserData'>;

  test('shows whom the filter means, each once over pages of any size, in an order that tells no login', async () => {
    const isIn = (group: string | null, wanted: string) =>
      group === wanted || (group === berlin?.id && wanted === north?.id);
    const some = <T>(from: readonly T[]) => fc.subarray([...from], { minLength: 1 });
    // The users are there when a value is drawn, not when this line is read.
    const filter = fc.oneof(
      some(queues).map((chosen) => ({
        Filters: { Queues: chosen.map(({ id }) => id) },
        means: (user: (typeof users)[number]) =>
          chosen.some(({ name }) => name === 'Support') || user.profile === routingProfiles[0]?.id,
      })),
      some(routingProfiles).map((chosen) => ({
        Filters: { RoutingProfiles: chosen.map(({ id }) => arnOf(own.instance, 'routing-profile', id)) },
        means: (user: (typeof users)[number]) => chosen.some(({ id }) => id === user.profile),
      })),
      some(groups).map(([chosen]) => ({
        Filters: { UserHierarchyGroups: [chosen?.id ?? ''] },
        means: (user: (typeof users)[number]) => isIn(user.group, chosen?.id ?? ''),
      })),
      fc.array(fc.nat(23), { minLength: 1, maxLength: 100 }).map((chosen) => ({
        Filters: { Agents: chosen.map((n) => users[n]?.id ?? '') },
        means: (user: (typeof users)[number]) => chosen.some((n) => users[n] === user),
      })),
    );
    await fc.assert(
      fc.asyncProperty(filter, fc.integer({ min: 1, max: 30 }), async ({ Filters, means }, MaxResults) => {
        const expected = users
          .filter(means)
          .map(({ id }) => id)
          .toSorted();
        const pages = await allPages((NextToken) => ask({ Filters, MaxResults, NextToken }));
        expect(pages.flatMap((page) => (page.UserDataList ?? []).map(({ User }) => User?.Id))).toEqual(expected);
        for (const page of pages) expect(page.ApproximateTotalCount).toBe(expected.length);
      }),
      { numRuns: 60 },
    );
  });

  test('shows the path in the hierarchy and the slots of the routing profile', async () => {
    const reference = (id = '') => ({ Id: id, Arn: arnOf(own.instance, 'agent-group', id) });
    const { UserDataList: [inBerlin] = [] } = await ask({ Filters: { Agents: [users[1]?.id] } });
    expect(inBerlin).toMatchObject({
      HierarchyPath: { LevelOne: reference(north?.id), LevelTwo: reference(berlin?.id) },
      MaxSlotsByChannel: { CHAT: 4 },
    });
    const { UserDataList: [nowhere] = [] } = await ask({ Filters: { Agents: [users[3]?.id] } });
    expect(nowhere).not.toHaveProperty('HierarchyPath');
  });

  test('knows no contacts, so a filter by their states finds nobody', async () => {
    const Agents = [users[0]?.id];
    const answer = await ask({ Filters: { Agents, ContactFilter: { ContactStates: ['CONNECTED'] } } });
    expect(answer).toEqual({ UserDataList: [], ApproximateTotalCount: 0 });
    for (const ContactFilter of [{}, { ContactStates: [] }]) {
      expect((await ask({ Filters: { Agents, ContactFilter } })).ApproximateTotalCount).toBe(1);
    }
  });

  test('takes exactly one kind of filter, with ids of the instance', async () => {
    const Agents = [users[0]?.id];
    const many = Array.from({ length: 101 }, () => randomUUID());
    for (const input of [
      {},
      { Filters: {} },
      { Filters: { ContactFilter: { ContactStates: ['CONNECTED'] } } },
      { Filters: { Agents, Queues: [queues[0]?.id] } },
      { Filters: { Agents, RoutingProfiles: [routingProfiles[0]?.id] } },
      { Filters: { Agents: [] } },
      { Filters: { Agents: many } },
      { Filters: { Queues: many } },
      { Filters: { RoutingProfiles: many } },
      { Filters: { UserHierarchyGroups: groups.map(({ id }) => id) } },
      { Filters: { Agents: ['Agent0'] } },
      { Filters: { Agents, ContactFilter: { ContactStates: ['BUSY'] } } },
      { Filters: { Agents, ContactFilter: { ContactStates: Array(10).fill('ENDED') } } },
      { Filters: { Agents }, MaxResults: 0 },
      { Filters: { Agents }, MaxResults: 101 },
      { Filters: { Agents }, NextToken: 'x' },
    ]) {
      expect(await refusalOf(ask(input)), JSON.stringify(input)).toBe('InvalidParameterException');
    }
    for (const kind of ['Queues', 'RoutingProfiles', 'Agents', 'UserHierarchyGroups']) {
      expect(await refusalOf(ask({ Filters: { [kind]: [randomUUID()] } })), kind).toBe('ResourceNotFoundException');
    }
  });
});

test('a status is set with Users.Edit and seen with the right to real-time metrics', async () => {
  const id = await centre.addUser();
  const every: readonly PermissionId[] = [
    'Users.Edit',
    'Users.View',
    'AgentStates.Edit',
    'AccessMetrics',
    'AccessMetrics.RealTimeMetrics.Access',
  ];
  for (const [operation, input, sufficient] of [
    ['PutUserStatus', { UserId: id, AgentStatusId: available }, ['Users.Edit']],
    ['GetCurrentUserData', { Filters: { Agents: [id] } }, ['AccessMetrics', 'AccessMetrics.RealTimeMetrics.Access']],
  ] as [string, object, PermissionId[]][]) {
    const without = await centre.signedIn(every.filter((permission) => !sufficient.includes(permission)));
    expect(await refusalOf(centre.send(operation, input, without))).toBe('AccessDeniedException');
    for (const permission of sufficient) {
      await centre.send(operation, input, await centre.signedIn([permission]));
    }
  }
  expect(await centre.history(id)).toMatchObject([{ operation: 'PutUserStatus', permission: 'Users.Edit' }]);
});
