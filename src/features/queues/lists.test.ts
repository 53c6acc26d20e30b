import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { centreForFile, makeInstance } from '../../../test/support/centre.ts';
import { inTransaction } from '../../database/transaction.ts';
import { insertQueues } from '../queues/store.ts';
import { insertRoutingProfiles } from '../routing-profiles/store.ts';

const centre = centreForFile();
let arn: string;
let hours: string;
let profileId: string;
let queueIds: string[];
const queueNames = ['Archive', 'archive', 'Billing', 'zebra', 'Ärger'];

beforeAll(async () => {
  const { instance, db } = centre;
  arn = `arn:aws:connect:us-east-1:123456789012:instance/${instance.id}`;
  hours = (await db.selectFrom('hours_of_operation').select('id').executeTakeFirstOrThrow()).id;
  const common = { instanceId: instance.id, now: new Date('2026-01-02T03:04:05Z'), region: 'us-east-1' };
  const queues = queueNames.map((name) => ({
    ...common,
    id: randomUUID(),
    name,
    description: `about ${name}`,
    hoursOfOperationId: hours,
    maxContacts: 5,
  }));
  queueIds = queues.map(({ id }) => id);
  profileId = randomUUID();
  await inTransaction(db, async (tx) => {
    await insertQueues(tx, queues);
    await insertRoutingProfiles(tx, [
      {
        ...common,
        id: profileId,
        name: 'Support',
        description: 'for support',
        defaultOutboundQueueId: queueIds[0] ?? '',
        mediaConcurrencies: [{ Channel: 'VOICE', Concurrency: 1 }],
        tags: { team: 'support' },
        queues: queueIds.flatMap((queueId, index) =>
          (['VOICE', 'CHAT'] as const).map((channel) => ({ queueId, channel, priority: 1 + (index % 2), delay: 30 })),
        ),
      },
    ]);
  });
  await centre.addUsers(12, { prefix: 'routed' });
});

async function queues(input: object) {
  const pages = await allPages((NextToken) => centre.call('ListQueues', { ...input, NextToken }));
  return pages.flatMap((page) => page.QueueSummaryList ?? []);
}

test('queues of both kinds are mixed, standard ones first, whatever the size of the page', async () => {
  const whole = await queues({});
  const users = await centre.db.selectFrom('users').select('id').execute();
  expect(whole.filter(({ QueueType }) => QueueType === 'STANDARD').map(({ Name }) => Name?.toLowerCase())).toEqual(
    [...queueNames, 'BasicQueue'].map((name) => name.toLowerCase()).toSorted(),
  );
  const agentQueues = whole.filter(({ QueueType }) => QueueType === 'AGENT');
  expect(agentQueues.map(({ Id }) => Id).toSorted()).toEqual(users.map(({ id }) => id).toSorted());
  for (const queue of agentQueues) {
    expect(queue.Arn).toBe(`${arn}/queue/agent/${queue.Id}`);
    expect(queue.Name).toBeUndefined();
  }
  for (const MaxResults of [1, 5, 6, 7, 18, 19, 20]) expect(await queues({ MaxResults })).toEqual(whole);
});

test('queueTypes chooses one kind', async () => {
  expect(await queues({ QueueTypes: ['STANDARD'], MaxResults: 2 })).toHaveLength(6);
  const agents = await queues({ QueueTypes: ['AGENT'], MaxResults: 5 });
  expect(agents).toHaveLength(13);
  expect(new Set(agents.map(({ QueueType }) => QueueType))).toEqual(new Set(['AGENT']));
});

test('another instance has its own queues', async () => {
  const other = await makeInstance(centre.db, 'other-queues');
  const { QueueSummaryList } = await centre.call('ListQueues', { InstanceId: other.id }, centre.key);
  expect(QueueSummaryList?.map(({ Name }) => Name)).toEqual(['BasicQueue']);
  const foreign = centre.call('DescribeQueue', { InstanceId: other.id, QueueId: queueIds[0] ?? '' }, centre.key);
  expect(await refusalOf(foreign)).toBe('ResourceNotFoundException');
});

test('a queue is described by id and by ARN', async () => {
  const [id = ''] = queueIds;
  const { Queue } = await centre.call('DescribeQueue', { QueueId: id.toUpperCase() });
  expect(Queue).toMatchObject({
    QueueId: id,
    QueueArn: `${arn}/queue/${id}`,
    Name: 'Archive',
    Description: 'about Archive',
    HoursOfOperationId: hours,
    MaxContacts: 5,
    Status: 'ENABLED',
    LastModifiedTime: Date.parse('2026-01-02T03:04:05Z') / 1000,
    LastModifiedRegion: 'us-east-1',
  });
  expect(await centre.call('DescribeQueue', { QueueId: Queue?.QueueArn })).toEqual({ Queue });
});

test('the queue of a user is described by the id of the user and by its own ARN, as long as the user is there', async () => {
  const [userId = ''] = await centre.addUsers(1, { prefix: 'queued' });
  const described = await centre.call('DescribeQueue', { QueueId: userId });
  expect(described.Queue).toMatchObject({ QueueId: userId, QueueArn: `${arn}/queue/agent/${userId}` });
  expect(await centre.call('DescribeQueue', { QueueId: described.Queue?.QueueArn })).toEqual(described);
  await centre.call('DeleteUser', { UserId: userId });
  expect(await refusalOf(centre.call('DescribeQueue', { QueueId: userId }))).toBe('ResourceNotFoundException');
});

test('a routing profile says how many queues and users it has', async () => {
  const described = await centre.call('DescribeRoutingProfile', {
    RoutingProfileId: `${arn}/routing-profile/${profileId}`,
  });
  expect(described.RoutingProfile).toMatchObject({
    RoutingProfileId: profileId,
    Name: 'Support',
    Description: 'for support',
    DefaultOutboundQueueId: queueIds[0],
    MediaConcurrencies: [{ Channel: 'VOICE', Concurrency: 1 }],
    NumberOfAssociatedQueues: 5,
    NumberOfAssociatedUsers: 0,
    AgentAvailabilityTimer: 'TIME_SINCE_LAST_ACTIVITY',
    IsDefault: false,
    Tags: { team: 'support' },
  });
  const { RoutingProfileSummaryList: list } = await centre.call('ListRoutingProfiles', {});
  expect(list?.map(({ Name }) => Name)).toEqual(['Basic Routing Profile', 'Support']);
  const basic = await centre.call('DescribeRoutingProfile', {
    RoutingProfileId: list?.[0]?.Id ?? '',
  });
  const { count } = await centre.db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  expect(basic.RoutingProfile).toMatchObject({
    IsDefault: true,
    NumberOfAssociatedQueues: 1,
    NumberOfAssociatedUsers: Number(count),
    MediaConcurrencies: [{ Channel: 'VOICE' }, { Channel: 'CHAT' }, { Channel: 'TASK' }],
  });
});

test('the queues of a routing profile come by priority, each channel once', async () => {
  const pagesOf = async (MaxResults: number) => {
    const pages = await allPages((NextToken) =>
      centre.call('ListRoutingProfileQueues', {
        RoutingProfileId: profileId,
        MaxResults,
        NextToken,
      }),
    );
    return pages.flatMap((page) => page.RoutingProfileQueueConfigSummaryList ?? []);
  };
  const whole = await pagesOf(100);
  expect(whole).toHaveLength(10);
  expect(whole.map(({ Priority }) => Priority)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2]);
  expect(new Set(whole.map(({ QueueId, Channel }) => `${QueueId} ${Channel}`)).size).toBe(10);
  expect(await pagesOf(3)).toEqual(whole);
  const unknown = centre.call('ListRoutingProfileQueues', { RoutingProfileId: randomUUID() });
  expect(await refusalOf(unknown)).toBe('ResourceNotFoundException');
});

test('hours of operation are described with their config', async () => {
  const described = await centre.call('DescribeHoursOfOperation', {
    HoursOfOperationId: hours,
  });
  expect(described.HoursOfOperation).toMatchObject({ Name: 'Basic Hours', TimeZone: 'UTC' });
  expect(described.HoursOfOperation?.Config).toHaveLength(7);
});

test('names are seen by inheritance, records only by their own permission', async () => {
  const users = await centre.signedIn(['Users.View']);
  const quickConnects = await centre.signedIn(['TransferDestinations.View']);
  const viewers = await centre.signedIn(['Queues.View']);
  const may = async (caller: typeof users, name: string, input = {}) =>
    (await refusalOf(centre.send(name, input, caller))) === 'was not refused';

  expect(await may(users, 'ListRoutingProfiles')).toBe(true);
  expect(await may(users, 'DescribeRoutingProfile', { RoutingProfileId: profileId })).toBe(false);
  expect(await may(users, 'ListQueues')).toBe(false);
  expect(await may(quickConnects, 'ListQueues')).toBe(true);
  expect(await may(quickConnects, 'DescribeQueue', { QueueId: queueIds[0] })).toBe(false);
  expect(await may(quickConnects, 'ListRoutingProfiles')).toBe(false);
  expect(await may(viewers, 'ListHoursOfOperations')).toBe(true);
  expect(await may(viewers, 'DescribeQueue', { QueueId: queueIds[0] })).toBe(true);
});
