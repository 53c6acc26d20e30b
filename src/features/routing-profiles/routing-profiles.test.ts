import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { type Centre, centreForFile, monday } from '../../../test/support/centre.ts';
import type { PermissionId } from '../../access/permissions.ts';
import { arnOf } from '../../operations/arn.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 8 });
let basicQueue: string;
let queues: string[];

beforeAll(async () => {
  basicQueue = (await centre.db.selectFrom('queue').select('id').executeTakeFirstOrThrow()).id;
  const hours = (await centre.db.selectFrom('hours_of_operation').select('id').executeTakeFirstOrThrow()).id;
  queues = [];
  for (let index = 0; index < 31; index += 1) {
    const Name = `Queue ${String(index).padStart(2, '0')}`;
    const { QueueId } = await centre.call('CreateQueue', { Name, HoursOfOperationId: hours });
    queues.push(QueueId);
  }
});

type Channel = 'VOICE' | 'CHAT' | 'TASK' | 'EMAIL';
const voice = [{ Channel: 'VOICE' as const, Concurrency: 1 }];
let count = 0;

async function create(input: object = {}, caller?: Parameters<Centre['call']>[2]): Promise<string> {
  count += 1;
  const { RoutingProfileId } = await centre.call(
    'CreateRoutingProfile',
    {
      Name: `Profile ${count}`,
      Description: 'about it',
      DefaultOutboundQueueId: basicQueue,
      MediaConcurrencies: voice,
      ...input,
    },
    caller,
  );
  return RoutingProfileId;
}

const describeProfile = async (RoutingProfileId: string) =>
  (await centre.call('DescribeRoutingProfile', { RoutingProfileId })).RoutingProfile;

const pair = (index: number, Channel: Channel = 'VOICE') => ({ QueueId: queues[index] ?? '', Channel });
const config = (index: number, Channel: Channel = 'VOICE', Priority = 1, Delay = 0) => ({
  QueueReference: pair(index, Channel),
  Priority,
  Delay,
});

async function queuesOf(RoutingProfileId: string) {
  const { RoutingProfileQueueConfigSummaryList: list = [] } = await centre.call('ListRoutingProfileQueues', {
    RoutingProfileId,
  });
  return list.map(({ QueueId, Channel, Priority, Delay }) => [queues.indexOf(QueueId ?? ''), Channel, Priority, Delay]);
}

async function manualQueuesOf(RoutingProfileId: string, MaxResults = 100) {
  const pages = await allPages((NextToken) =>
    centre.call('ListRoutingProfileManualAssignmentQueues', {
      RoutingProfileId,
      MaxResults,
      NextToken,
    }),
  );
  return pages.flatMap((page) => page.RoutingProfileManualAssignmentQueueConfigSummaryList ?? []);
}

describe('CreateRoutingProfile', () => {
  test('keeps every member, and takes ARNs', async () => {
    const id = await create({
      Name: 'Everything',
      DefaultOutboundQueueId: arnOf(centre.instance, 'queue', basicQueue),
      MediaConcurrencies: [
        { Channel: 'VOICE', Concurrency: 1, CrossChannelBehavior: { BehaviorType: 'ROUTE_ANY_CHANNEL' } },
        { Channel: 'CHAT', Concurrency: 10 },
        { Channel: 'TASK', WorkloadTypeConcurrencies: [{ WorkloadType: 'mail', Concurrency: 3 }] },
      ],
      QueueConfigs: [config(0, 'VOICE', 99, 9999), config(0, 'CHAT', 1, 0)],
      ManualAssignmentQueueConfigs: [{ QueueReference: pair(1, 'TASK') }],
      AgentAvailabilityTimer: 'TIME_SINCE_LAST_INBOUND',
      Tags: { team: 'a' },
    });
    expect(await describeProfile(id)).toEqual({
      InstanceId: centre.instance.id,
      RoutingProfileId: id,
      RoutingProfileArn: arnOf(centre.instance, 'routing-profile', id),
      Name: 'Everything',
      Description: 'about it',
      DefaultOutboundQueueId: basicQueue,
      MediaConcurrencies: [
        { Channel: 'VOICE', Concurrency: 1, CrossChannelBehavior: { BehaviorType: 'ROUTE_ANY_CHANNEL' } },
        { Channel: 'CHAT', Concurrency: 10 },
        { Channel: 'TASK', WorkloadTypeConcurrencies: [{ WorkloadType: 'mail', Concurrency: 3 }] },
      ],
      AgentAvailabilityTimer: 'TIME_SINCE_LAST_INBOUND',
      IsDefault: false,
      NumberOfAssociatedQueues: 1,
      NumberOfAssociatedManualAssignmentQueues: 1,
      NumberOfAssociatedUsers: 0,
      Tags: { team: 'a' },
      LastModifiedTime: centre.clock.getTime() / 1000,
      LastModifiedRegion: 'us-east-1',
    });
    expect(await queuesOf(id)).toEqual([
      [0, 'CHAT', 1, 0],
      [0, 'VOICE', 99, 9999],
    ]);
    expect(await manualQueuesOf(id)).toEqual([
      {
        QueueId: queues[1],
        QueueArn: arnOf(centre.instance, 'queue', queues[1] ?? ''),
        QueueName: 'Queue 01',
        Channel: 'TASK',
      },
    ]);
  });

  test.each([
    ['no channel', () => ({ MediaConcurrencies: [] })],
    ['a channel twice', () => ({ MediaConcurrencies: [...voice, ...voice] })],
    ['two calls at once', () => ({ MediaConcurrencies: [{ Channel: 'VOICE', Concurrency: 2 }] })],
    ['no number', () => ({ MediaConcurrencies: [{ Channel: 'CHAT' }] })],
    ['a number of none', () => ({ MediaConcurrencies: [{ Channel: 'CHAT', Concurrency: 0 }] })],
    ['eleven chats', () => ({ MediaConcurrencies: [{ Channel: 'CHAT', Concurrency: 11 }] })],
    [
      'a workload type twice',
      () => ({
        MediaConcurrencies: [
          {
            Channel: 'CHAT',
            WorkloadTypeConcurrencies: [
              { WorkloadType: 'x', Concurrency: 1 },
              { WorkloadType: 'x', Concurrency: 2 },
            ],
          },
        ],
      }),
    ],
    [
      'two calls of a workload type',
      () => ({
        MediaConcurrencies: [{ Channel: 'VOICE', WorkloadTypeConcurrencies: [{ WorkloadType: 'x', Concurrency: 2 }] }],
      }),
    ],
    ['a pair twice', () => ({ QueueConfigs: [config(0), config(0, 'VOICE', 2)] })],
    ['eleven pairs', () => ({ QueueConfigs: Array.from({ length: 11 }, (_, index) => config(index)) })],
    ['a priority of none', () => ({ QueueConfigs: [config(0, 'VOICE', 0)] })],
    ['a delay too long', () => ({ QueueConfigs: [config(0, 'VOICE', 1, 10_000)] })],
    [
      'a pair twice for manual assignment',
      () => ({
        ManualAssignmentQueueConfigs: [{ QueueReference: pair(0) }, { QueueReference: pair(0) }],
      }),
    ],
    ['a timer that there is not', () => ({ AgentAvailabilityTimer: 'NEVER' })],
    ['an empty name', () => ({ Name: '' })],
    ['no description', () => ({ Description: undefined })],
    ['a queue that is no id', () => ({ DefaultOutboundQueueId: 'basic' })],
  ])('refuses %s', async (_, input) => {
    expect(await refusalOf(create(input()))).toBe('InvalidParameterException');
  });

  test('refuses queues that are not there, and names that are', async () => {
    const nowhere = { QueueReference: { QueueId: randomUUID(), Channel: 'VOICE' }, Priority: 1, Delay: 0 };
    expect(await refusalOf(create({ DefaultOutboundQueueId: randomUUID() }))).toBe('ResourceNotFoundException');
    expect(await refusalOf(create({ QueueConfigs: [nowhere] }))).toBe('ResourceNotFoundException');
    const agentQueue = { QueueId: await centre.addUser(), Channel: 'VOICE' };
    const manual = { ManualAssignmentQueueConfigs: [{ QueueReference: agentQueue }] };
    expect(await refusalOf(create(manual))).toBe('ResourceNotFoundException');
    expect(await refusalOf(create({ Name: 'Basic Routing Profile' }))).toBe('DuplicateResourceException');
  });

  test('one of two at once gets the name', async () => {
    const attempts = await Promise.all([1, 2, 3, 4].map(() => refusalOf(create({ Name: 'Wanted by all' }))));
    expect(attempts.toSorted()).toEqual([
      'DuplicateResourceException',
      'DuplicateResourceException',
      'DuplicateResourceException',
      'was not refused',
    ]);
  });
});

describe('queues of a routing profile', () => {
  test('are associated, updated and disassociated, and the profile says that it changed', async () => {
    const id = await create({ QueueConfigs: [config(0)] });
    centre.clock = new Date(centre.clock.getTime() + 60_000);
    await centre.call('AssociateRoutingProfileQueues', {
      RoutingProfileId: id,
      QueueConfigs: [config(1, 'CHAT', 5, 30), config(0, 'VOICE', 7, 10)],
      ManualAssignmentQueueConfigs: [{ QueueReference: pair(2) }, { QueueReference: pair(1) }],
    });
    expect(await queuesOf(id)).toEqual([
      [1, 'CHAT', 5, 30],
      [0, 'VOICE', 7, 10],
    ]);
    expect((await manualQueuesOf(id, 1)).map(({ QueueName }) => QueueName).toSorted()).toEqual([
      'Queue 01',
      'Queue 02',
    ]);
    expect(await describeProfile(id)).toMatchObject({ LastModifiedTime: centre.clock.getTime() / 1000 });

    await centre.call('UpdateRoutingProfileQueues', { RoutingProfileId: id, QueueConfigs: [config(1, 'CHAT', 9, 40)] });
    await centre.call('DisassociateRoutingProfileQueues', {
      RoutingProfileId: arnOf(centre.instance, 'routing-profile', id),
      QueueReferences: [pair(0), pair(3)],
      ManualAssignmentQueueReferences: [pair(1)],
    });
    expect(await queuesOf(id)).toEqual([[1, 'CHAT', 9, 40]]);
    expect((await manualQueuesOf(id)).map(({ QueueName }) => QueueName)).toEqual(['Queue 02']);
    const audited = new Map((await centre.history(id)).map(({ operation, details }) => [operation, details]));
    expect([...audited.keys()].toSorted()).toEqual([
      'AssociateRoutingProfileQueues',
      'CreateRoutingProfile',
      'DisassociateRoutingProfileQueues',
      'UpdateRoutingProfileQueues',
    ]);
    // What came, went and changed, with the values that it had.
    expect(audited.get('UpdateRoutingProfileQueues')).toEqual({
      Changes: { QueueConfigs: { Old: [config(1, 'CHAT', 5, 30)], New: [config(1, 'CHAT', 9, 40)] } },
    });
    expect(audited.get('DisassociateRoutingProfileQueues')).toEqual({
      Changes: {
        QueueConfigs: { Old: [config(0, 'VOICE', 7, 10)], New: [] },
        ManualAssignmentQueueConfigs: { Old: [{ QueueReference: pair(1) }], New: [] },
      },
    });
  });

  test('what is so already is not audited', async () => {
    const id = await create({ QueueConfigs: [config(0)] });
    await centre.call('AssociateRoutingProfileQueues', { RoutingProfileId: id, QueueConfigs: [config(0)] });
    await centre.call('UpdateRoutingProfileQueues', { RoutingProfileId: id, QueueConfigs: [config(0)] });
    await centre.call('DisassociateRoutingProfileQueues', { RoutingProfileId: id, QueueReferences: [pair(5)] });
    expect(await centre.history(id)).toHaveLength(1);
  });

  test('an update of a pair that is not associated names it and changes nothing', async () => {
    const id = await create({ QueueConfigs: [config(0), config(1)] });
    const update = centre.call('UpdateRoutingProfileQueues', {
      RoutingProfileId: id,
      QueueConfigs: [config(0, 'VOICE', 9), config(1, 'CHAT', 9)],
    });
    await expect(update).rejects.toMatchObject({
      code: 'InvalidRequestException',
      message: expect.stringContaining('"Queue 01"'),
    });
    expect(await queuesOf(id)).toEqual(expect.arrayContaining([[0, 'VOICE', 1, 0]]));
  });

  test('fifty pairs and no more, however many ask at once', async () => {
    const id = await create();
    const chunk = (from: number, channel: Channel) =>
      Array.from({ length: 10 }, (_, index) => config((from + index) % 30, channel));
    const attempts = await Promise.all(
      [
        chunk(0, 'VOICE'),
        chunk(10, 'VOICE'),
        chunk(20, 'VOICE'),
        chunk(0, 'CHAT'),
        chunk(10, 'CHAT'),
        chunk(20, 'CHAT'),
        chunk(0, 'TASK'),
      ].map((QueueConfigs) =>
        refusalOf(centre.call('AssociateRoutingProfileQueues', { RoutingProfileId: id, QueueConfigs })),
      ),
    );
    expect(attempts.filter((code) => code === 'was not refused')).toHaveLength(5);
    expect(attempts.filter((code) => code === 'LimitExceededException')).toHaveLength(2);
    expect(await queuesOf(id)).toHaveLength(50);
    // Of pairs one at a time, too, the last that fits is the fiftieth.
    await centre.call('DisassociateRoutingProfileQueues', {
      RoutingProfileId: id,
      QueueReferences: [0, 1, 2].flatMap((index) =>
        (['VOICE', 'CHAT', 'TASK'] as const).map((channel) => pair(index, channel)),
      ),
    });
    const room = 50 - (await queuesOf(id)).length;
    const single = Array.from({ length: room + 2 }, (_, index) =>
      refusalOf(
        centre.call('AssociateRoutingProfileQueues', { RoutingProfileId: id, QueueConfigs: [config(index, 'EMAIL')] }),
      ),
    );
    const refused = (await Promise.all(single)).filter((code) => code === 'LimitExceededException');
    expect(refused).toHaveLength(2);
  });

  test('nothing to do, or something unknown, is refused', async () => {
    const id = await create();
    const attempt = (name: string, input: object) => refusalOf(centre.send(name, { RoutingProfileId: id, ...input }));
    expect(await attempt('AssociateRoutingProfileQueues', {})).toBe('InvalidParameterException');
    expect(await attempt('DisassociateRoutingProfileQueues', {})).toBe('InvalidParameterException');
    const unknown = [{ QueueId: randomUUID(), Channel: 'VOICE' }];
    expect(await attempt('DisassociateRoutingProfileQueues', { QueueReferences: unknown })).toBe(
      'ResourceNotFoundException',
    );
    const eleven = Array.from({ length: 11 }, (_, index) => pair(index));
    for (const member of ['QueueReferences', 'ManualAssignmentQueueReferences']) {
      const given = (count: number) =>
        attempt('DisassociateRoutingProfileQueues', { [member]: eleven.slice(0, count) });
      expect(await given(11), member).toBe('InvalidParameterException');
      expect(await given(10), member).toBe('was not refused');
    }
    const twice = { QueueReferences: [pair(0), pair(0)] };
    expect(await attempt('DisassociateRoutingProfileQueues', twice)).toBe('InvalidParameterException');
    for (const name of ['AssociateRoutingProfileQueues', 'UpdateRoutingProfileQueues']) {
      expect(await attempt(name, { RoutingProfileId: randomUUID(), QueueConfigs: [config(0)] })).toBe(
        'ResourceNotFoundException',
      );
    }
  });
});

describe('changes', () => {
  test('each is made, audited with both values, and made once', async () => {
    const id = await create({ Name: 'To be changed' });
    const change = (name: string, input: object) => centre.send(name, { RoutingProfileId: id, ...input });
    for (let round = 0; round < 2; round += 1) {
      await change('UpdateRoutingProfileName', { Name: 'Changed' });
      await change('UpdateRoutingProfileName', { Description: 'new' });
      await change('UpdateRoutingProfileConcurrency', { MediaConcurrencies: [{ Channel: 'TASK', Concurrency: 7 }] });
      await change('UpdateRoutingProfileDefaultOutboundQueue', { DefaultOutboundQueueId: queues[3] });
      await change('UpdateRoutingProfileAgentAvailabilityTimer', {
        AgentAvailabilityTimer: 'TIME_SINCE_LAST_INBOUND',
      });
    }
    expect(await describeProfile(id)).toMatchObject({
      Name: 'Changed',
      Description: 'new',
      MediaConcurrencies: [{ Channel: 'TASK', Concurrency: 7 }],
      DefaultOutboundQueueId: queues[3],
      AgentAvailabilityTimer: 'TIME_SINCE_LAST_INBOUND',
    });
    const entries = await centre.history(id);
    expect(entries).toHaveLength(6);
    expect(entries.find(({ operation }) => operation === 'UpdateRoutingProfileDefaultOutboundQueue')).toMatchObject({
      change: 'UPDATED',
      details: { Changes: { DefaultOutboundQueueId: { Old: basicQueue, New: queues[3] } } },
    });
  });

  test('what cannot be is refused', async () => {
    const id = await create();
    const attempt = (name: string, input: object) => refusalOf(centre.send(name, { RoutingProfileId: id, ...input }));
    expect(await attempt('UpdateRoutingProfileName', {})).toBe('InvalidParameterException');
    expect(await attempt('UpdateRoutingProfileName', { Description: '' })).toBe('InvalidParameterException');
    expect(await attempt('UpdateRoutingProfileName', { Name: 'Basic Routing Profile' })).toBe(
      'DuplicateResourceException',
    );
    expect(
      await attempt('UpdateRoutingProfileConcurrency', { MediaConcurrencies: [{ Channel: 'VOICE', Concurrency: 2 }] }),
    ).toBe('InvalidParameterException');
    expect(await attempt('UpdateRoutingProfileDefaultOutboundQueue', { DefaultOutboundQueueId: randomUUID() })).toBe(
      'ResourceNotFoundException',
    );
    expect(await attempt('UpdateRoutingProfileName', { RoutingProfileId: randomUUID(), Name: 'x' })).toBe(
      'ResourceNotFoundException',
    );
  });
});

describe('DeleteRoutingProfile', () => {
  test('takes its queues with it, and is audited', async () => {
    const id = await create({ Name: 'Going', QueueConfigs: [config(0)] });
    await centre.call('DeleteRoutingProfile', { RoutingProfileId: id });
    expect(await refusalOf(describeProfile(id))).toBe('ResourceNotFoundException');
    expect(await refusalOf(centre.call('DeleteRoutingProfile', { RoutingProfileId: id }))).toBe(
      'ResourceNotFoundException',
    );
    expect((await centre.history(id)).at(-1)).toMatchObject({ operation: 'DeleteRoutingProfile', change: 'DELETED' });
  });

  test('is refused while somebody has it, and says who', async () => {
    const id = await create({ Name: 'Held' });
    const userId = await centre.addUser({ routingProfileId: id });
    await expect(centre.call('DeleteRoutingProfile', { RoutingProfileId: id })).rejects.toMatchObject({
      code: 'ResourceInUseException',
      members: { ResourceType: 'USER', ResourceId: arnOf(centre.instance, 'agent', userId) },
    });
    await centre.call('DeleteUser', { UserId: userId });
    await centre.call('DeleteRoutingProfile', { RoutingProfileId: id });
  });

  test('the default one stays', async () => {
    const attempt = centre.call('DeleteRoutingProfile', { RoutingProfileId: centre.routingProfileId });
    expect(await refusalOf(attempt)).toBe('InvalidRequestException');
  });

  test('either somebody gets it or it goes, whoever asks at the same time', async () => {
    for (let round = 0; round < 15; round += 1) {
      const id = await create();
      const userId = await centre.addUser();
      const [moved, gone] = await Promise.all([
        refusalOf(centre.call('UpdateUserRoutingProfile', { UserId: userId, RoutingProfileId: id })),
        refusalOf(centre.call('DeleteRoutingProfile', { RoutingProfileId: id })),
      ]);
      expect([
        ['was not refused', 'ResourceInUseException'],
        ['ResourceNotFoundException', 'was not refused'],
      ]).toContainEqual([moved, gone]);
    }
  });
});

describe('SearchRoutingProfiles', () => {
  const search = async (input: object) => {
    const pages = await allPages((NextToken) =>
      centre.call('SearchRoutingProfiles', { MaxResults: 2, ...input, NextToken }),
    );
    const found = pages.flatMap((page) => page.RoutingProfiles ?? []);
    for (const page of pages) expect(page.ApproximateTotalCount).toBe(found.length);
    return found;
  };
  const by = (FieldName: string, Value: string, ComparisonType = 'EXACT') => ({
    SearchCriteria: { StringCondition: { FieldName, Value, ComparisonType } },
  });

  test('answers queues, and leaves out what the API Reference says it leaves out', async () => {
    const id = await create({
      Name: 'Found by search',
      MediaConcurrencies: [
        { Channel: 'VOICE', Concurrency: 1, CrossChannelBehavior: { BehaviorType: 'ROUTE_ANY_CHANNEL' } },
      ],
      QueueConfigs: [config(20), config(20, 'CHAT'), config(21)],
      ManualAssignmentQueueConfigs: [{ QueueReference: pair(22) }],
    });
    await centre.addUser({ routingProfileId: id });
    const [found] = await search(by('resourceID', id));
    expect(found).toEqual({
      InstanceId: centre.instance.id,
      RoutingProfileId: id,
      RoutingProfileArn: arnOf(centre.instance, 'routing-profile', id),
      Name: 'Found by search',
      Description: 'about it',
      DefaultOutboundQueueId: basicQueue,
      MediaConcurrencies: voice,
      IsDefault: false,
      NumberOfAssociatedQueues: 2,
      NumberOfAssociatedManualAssignmentQueues: 1,
      NumberOfAssociatedUsers: 1,
      AssociatedQueueIds: [queues[20], queues[21]].toSorted(),
      AssociatedManualAssignmentQueueIds: [queues[22]],
      Tags: {},
    });
  });

  test('finds by every field, by tag, and page by page', async () => {
    const id = await create({ Name: 'Needle One', Description: 'sharp', QueueConfigs: [config(30)], Tags: { n: '1' } });
    await create({ Name: 'Needle Two', Tags: { n: '2' } });
    await create({ Name: 'needle three' });
    const names = async (input: object) => (await search(input)).map(({ Name }) => Name);
    expect(await names(by('Name', 'NEEDLE', 'STARTS_WITH'))).toEqual(['Needle One', 'needle three', 'Needle Two']);
    expect(await names(by('description', 'sharp'))).toEqual(['Needle One']);
    expect(await names(by('resourceID', arnOf(centre.instance, 'routing-profile', id)))).toEqual(['Needle One']);
    expect(await names(by('associatedQueueIds', queues[30] ?? ''))).toEqual(['Needle One']);
    expect(await names({ SearchFilter: { TagFilter: { TagCondition: { TagKey: 'n' } } } })).toEqual([
      'Needle One',
      'Needle Two',
    ]);
    expect(await refusalOf(search(by('colour', 'red')))).toBe('InvalidParameterException');
    expect(await refusalOf(search({ MaxResults: 501 }))).toBe('InvalidParameterException');
  });
});

describe('permissions', () => {
  test('each right of routing profiles is its own', async () => {
    const may = async (permission: PermissionId, name: string, input: object) =>
      (await refusalOf(centre.send(name, input, await centre.signedIn([permission])))) !== 'AccessDeniedException';
    const id = await create();
    const edit = { RoutingProfileId: id, Name: `renamed ${randomUUID()}` };
    expect(await may('RoutingPolicies.Edit', 'UpdateRoutingProfileName', edit)).toBe(true);
    expect(await may('RoutingPolicies.View', 'UpdateRoutingProfileName', edit)).toBe(false);
    expect(await may('RoutingPolicies.View', 'SearchRoutingProfiles', {})).toBe(true);
    expect(await may('Users.View', 'SearchRoutingProfiles', {})).toBe(false);
    expect(await may('RoutingPolicies.Edit', 'DeleteRoutingProfile', { RoutingProfileId: id })).toBe(false);
    expect(await may('RoutingPolicies.Delete', 'DeleteRoutingProfile', { RoutingProfileId: id })).toBe(true);
    expect(await refusalOf(create({}, await centre.signedIn(['RoutingPolicies.Edit'])))).toBe('AccessDeniedException');
    const made = await create({}, await centre.signedIn(['RoutingPolicies.Create']));
    expect((await centre.history(made))[0]).toMatchObject({ permission: 'RoutingPolicies.Create', change: 'CREATED' });
  });
});
