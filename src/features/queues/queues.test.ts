import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { type Centre, centreForFile, monday, openCentre } from '../../../test/support/centre.ts';
import type { PermissionId } from '../../access/permissions.ts';
import { agentQueueArn, arnOf } from '../../operations/arn.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 8 });
let hours: string;
let otherHours: string;
let whisper: string;
let queueTransfer: string;

beforeAll(async () => {
  hours = (await centre.db.selectFrom('hours_of_operation').select('id').executeTakeFirstOrThrow()).id;
  const made = await centre.call('CreateHoursOfOperation', {
    Name: 'Other hours',
    TimeZone: 'UTC',
    Config: [],
  });
  otherHours = made.HoursOfOperationId;
  const { ContactFlowSummaryList: flows = [] } = await centre.call('ListContactFlows', {});
  whisper = flows.find((flow) => flow.ContactFlowType === 'OUTBOUND_WHISPER')?.Id ?? '';
  queueTransfer = flows.find((flow) => flow.ContactFlowType === 'QUEUE_TRANSFER')?.Id ?? '';
});

let count = 0;
type Caller = Parameters<Centre['call']>[2];

async function create(input: object = {}, caller?: Caller): Promise<string> {
  count += 1;
  const whole = { Name: `Queue ${count}`, HoursOfOperationId: hours, ...input };
  return (await centre.call('CreateQueue', whole, caller)).QueueId;
}
const describeQueue = async (QueueId: string) => (await centre.call('DescribeQueue', { QueueId })).Queue;

async function quickConnect(config: object = {}): Promise<string> {
  count += 1;
  const { QuickConnectId } = await centre.call('CreateQuickConnect', {
    Name: `Quick connect ${count}`,
    QuickConnectConfig: {
      QuickConnectType: 'PHONE_NUMBER',
      PhoneConfig: { PhoneNumber: '+12065550100' },
      ...config,
    },
  });
  return QuickConnectId;
}
const toQueue = (QueueId: string) => ({
  QuickConnectType: 'QUEUE',
  PhoneConfig: undefined,
  QueueConfig: { QueueId, ContactFlowId: queueTransfer },
});

async function profileWith(QueueId: string, input: object): Promise<string> {
  count += 1;
  const { RoutingProfileId } = await centre.call('CreateRoutingProfile', {
    Name: `Profile ${count}`,
    Description: 'x',
    DefaultOutboundQueueId: QueueId,
    MediaConcurrencies: [{ Channel: 'VOICE', Concurrency: 1 }],
    ...input,
  });
  return RoutingProfileId;
}

describe('CreateQueue', () => {
  test('keeps every member, and takes ARNs', async () => {
    const quickConnects = [await quickConnect(), await quickConnect()];
    const number = `arn:aws:connect:us-east-1:123456789012:phone-number/${randomUUID()}`;
    const id = await create({
      Name: 'Everything',
      Description: 'all of it',
      HoursOfOperationId: arnOf(centre.instance, 'operating-hours', hours),
      MaxContacts: 0,
      OutboundCallerConfig: {
        OutboundCallerIdName: 'Us',
        OutboundCallerIdNumberId: number,
        OutboundFlowId: arnOf(centre.instance, 'contact-flow', whisper),
      },
      OutboundEmailConfig: { OutboundEmailAddressId: 'address' },
      EmailAddressesConfig: [{ EmailAddressId: 'address' }],
      QuickConnectIds: [quickConnects[0], quickConnects[1], quickConnects[0]],
      Tags: { team: 'a' },
    });
    expect(await describeQueue(id)).toEqual({
      QueueId: id,
      QueueArn: arnOf(centre.instance, 'queue', id),
      Name: 'Everything',
      Description: 'all of it',
      HoursOfOperationId: hours,
      MaxContacts: 0,
      Status: 'ENABLED',
      OutboundCallerConfig: {
        OutboundCallerIdName: 'Us',
        OutboundCallerIdNumberId: number,
        OutboundFlowId: whisper,
      },
      OutboundEmailConfig: { OutboundEmailAddressId: 'address' },
      Tags: { team: 'a' },
      LastModifiedTime: centre.clock.getTime() / 1000,
      LastModifiedRegion: 'us-east-1',
    });
    const offered = await centre.call('ListQueueQuickConnects', { QueueId: id });
    expect(offered.QuickConnectSummaryList?.map(({ Id }) => Id).toSorted()).toEqual(quickConnects.toSorted());
  });

  test('refuses what does not fit, and writes nothing', async () => {
    const before = await centre.db.selectFrom('queue').select('id').execute();
    const attempt = (input: object) => refusalOf(create(input));
    expect(await attempt({ HoursOfOperationId: randomUUID() })).toBe('ResourceNotFoundException');
    expect(await attempt({ HoursOfOperationId: 'always' })).toBe('InvalidParameterException');
    expect(await attempt({ MaxContacts: -1 })).toBe('InvalidParameterException');
    expect(await attempt({ Name: '' })).toBe('InvalidParameterException');
    expect(await attempt({ Name: 'BasicQueue' })).toBe('DuplicateResourceException');
    expect(await attempt({ Description: '' })).toBe('InvalidParameterException');
    expect(await attempt({ QuickConnectIds: [randomUUID()] })).toBe('ResourceNotFoundException');
    expect(await attempt({ QuickConnectIds: [] })).toBe('InvalidParameterException');
    const many = Array.from({ length: 51 }, () => randomUUID());
    expect(await attempt({ QuickConnectIds: many })).toBe('InvalidParameterException');
    const caller = (OutboundCallerConfig: object) => attempt({ OutboundCallerConfig });
    expect(await caller({ OutboundFlowId: randomUUID() })).toBe('ResourceNotFoundException');
    expect(await caller({ OutboundFlowId: queueTransfer })).toBe('InvalidRequestException');
    expect(await caller({ OutboundCallerIdNumberId: '+12065550100' })).toBe('InvalidParameterException');
    expect(await caller({ OutboundCallerIdName: '' })).toBe('InvalidParameterException');
    expect(await centre.db.selectFrom('queue').select('id').execute()).toEqual(before);
  });

  test('a hundred queues and not one more, however many ask at once', async () => {
    const other = await openCentre({ as: 'ACCESS_KEY', clock: monday, max: 8 });
    const { id } = await other.db.selectFrom('hours_of_operation').select('id').executeTakeFirstOrThrow();
    const make = (index: number) =>
      refusalOf(other.call('CreateQueue', { Name: `Queue ${index}`, HoursOfOperationId: id }));
    // One is there already.
    for (let index = 0; index < 94; index += 1) expect(await make(index)).toBe('was not refused');
    const last = await Promise.all(Array.from({ length: 12 }, (_, index) => make(100 + index)));
    expect(last.filter((code) => code === 'was not refused')).toHaveLength(5);
    expect(last.filter((code) => code === 'LimitExceededException')).toHaveLength(7);
    await other.close();
  });
});

describe('changes', () => {
  test('each is made, audited with both values, and made once', async () => {
    const id = await create({ Name: 'To be changed', Description: 'before', MaxContacts: 3 });
    centre.clock = new Date(centre.clock.getTime() + 1000);
    const change = (name: string, input: object) => centre.send(name, { QueueId: id, ...input });
    for (let round = 0; round < 2; round += 1) {
      await change('UpdateQueueName', { Name: 'Changed' });
      await change('UpdateQueueName', { Description: 'after' });
      await change('UpdateQueueStatus', { Status: 'DISABLED' });
      await change('UpdateQueueHoursOfOperation', { HoursOfOperationId: otherHours });
      await change('UpdateQueueMaxContacts', { MaxContacts: 7 });
      await change('UpdateQueueOutboundCallerConfig', { OutboundCallerConfig: { OutboundFlowId: whisper } });
      await change('UpdateQueueOutboundEmailConfig', {
        OutboundEmailConfig: { OutboundEmailAddressId: 'address' },
      });
    }
    expect(await describeQueue(arnOf(centre.instance, 'queue', id))).toMatchObject({
      Name: 'Changed',
      Description: 'after',
      Status: 'DISABLED',
      HoursOfOperationId: otherHours,
      MaxContacts: 7,
      OutboundCallerConfig: { OutboundFlowId: whisper },
      OutboundEmailConfig: { OutboundEmailAddressId: 'address' },
      LastModifiedTime: centre.clock.getTime() / 1000,
    });
    const entries = await centre.history(id);
    expect(entries).toHaveLength(8);
    expect(entries.find(({ operation }) => operation === 'UpdateQueueMaxContacts')).toMatchObject({
      details: { Changes: { MaxContacts: { Old: 3, New: 7 } } },
    });

    await change('UpdateQueueMaxContacts', {});
    await change('UpdateQueueOutboundCallerConfig', { OutboundCallerConfig: {} });
    const emptied = await describeQueue(id);
    expect(emptied.MaxContacts).toBeUndefined();
    expect(emptied.OutboundCallerConfig).toEqual({});
  });

  test('what cannot be is refused', async () => {
    const id = await create();
    const attempt = (name: string, input: object) => refusalOf(centre.send(name, { QueueId: id, ...input }));
    expect(await attempt('UpdateQueueName', {})).toBe('InvalidParameterException');
    expect(await attempt('UpdateQueueName', { Name: 'BasicQueue' })).toBe('DuplicateResourceException');
    expect(await attempt('UpdateQueueName', { QueueId: randomUUID(), Name: 'x' })).toBe('ResourceNotFoundException');
    expect(await attempt('UpdateQueueName', { QueueId: 'nonsense', Name: 'x' })).toBe('InvalidParameterException');
    expect(await attempt('UpdateQueueStatus', { Status: 'ASLEEP' })).toBe('InvalidParameterException');
    expect(await attempt('UpdateQueueHoursOfOperation', { HoursOfOperationId: randomUUID() })).toBe(
      'ResourceNotFoundException',
    );
    const wrongFlow = { OutboundCallerConfig: { OutboundFlowId: queueTransfer } };
    expect(await attempt('UpdateQueueOutboundCallerConfig', wrongFlow)).toBe('InvalidRequestException');
  });

  test('the queue of a user is not changed and not deleted', async () => {
    const userId = await centre.addUser();
    for (const QueueId of [userId, agentQueueArn(centre.instance, userId)]) {
      const attempt = (name: string, input: object) => refusalOf(centre.send(name, { QueueId, ...input }));
      expect(await attempt('UpdateQueueName', { Name: 'mine' })).toBe('InvalidRequestException');
      expect(await attempt('UpdateQueueMaxContacts', { MaxContacts: 3 })).toBe('InvalidRequestException');
      expect(await attempt('DeleteQueue', {})).toBe('InvalidRequestException');
    }
  });
});

describe('DeleteQueue', () => {
  test('takes what it offers with it, and leaves the quick connects', async () => {
    const QuickConnectIds = [await quickConnect()];
    const id = await create({ QuickConnectIds });
    await centre.call('DeleteQueue', { QueueId: id });
    expect(await refusalOf(describeQueue(id))).toBe('ResourceNotFoundException');
    expect(await refusalOf(centre.call('DeleteQueue', { QueueId: id }))).toBe('ResourceNotFoundException');
    const [QuickConnectId = ''] = QuickConnectIds;
    expect(await refusalOf(centre.call('DescribeQuickConnect', { QuickConnectId }))).toBe('was not refused');
    expect((await centre.history(id)).map(({ change }) => change)).toEqual(['CREATED', 'DELETED']);
  });

  test('is refused while a routing profile has it in whatever way, or a quick connect leads to it', async () => {
    const basic = (await centre.db.selectFrom('queue').select('id').where('name', '=', 'BasicQueue').execute())[0]?.id;
    const cases: ((id: string) => Promise<string>)[] = [
      async (id) => arnOf(centre.instance, 'routing-profile', await profileWith(id, {})),
      async (id) => {
        const reference = { QueueId: id, Channel: 'VOICE' };
        const QueueConfigs = [{ QueueReference: reference, Priority: 1, Delay: 0 }];
        return arnOf(centre.instance, 'routing-profile', await profileWith(basic ?? '', { QueueConfigs }));
      },
      async (id) => {
        const ManualAssignmentQueueConfigs = [{ QueueReference: { QueueId: id, Channel: 'CHAT' } }];
        return arnOf(
          centre.instance,
          'routing-profile',
          await profileWith(basic ?? '', { ManualAssignmentQueueConfigs }),
        );
      },
      async (id) => arnOf(centre.instance, 'transfer-destination', await quickConnect(toQueue(id))),
    ];
    for (const use of cases) {
      const id = await create();
      const user = await use(id);
      await expect(centre.call('DeleteQueue', { QueueId: id })).rejects.toMatchObject({
        code: 'ResourceInUseException',
        members: { ResourceId: user },
      });
    }
  });

  test('either a quick connect leads to it or it goes, whoever asks at the same time', async () => {
    for (let round = 0; round < 15; round += 1) {
      const id = await create();
      const [led, gone] = await Promise.all([
        refusalOf(quickConnect(toQueue(id))),
        refusalOf(centre.call('DeleteQueue', { QueueId: id })),
      ]);
      expect([
        ['was not refused', 'ResourceInUseException'],
        ['ResourceNotFoundException', 'was not refused'],
      ]).toContainEqual([led, gone]);
    }
  });

  test('either a routing profile gets it or it goes, whoever asks at the same time', async () => {
    for (let round = 0; round < 15; round += 1) {
      const id = await create();
      const [used, gone] = await Promise.all([
        refusalOf(profileWith(id, {})),
        refusalOf(centre.call('DeleteQueue', { QueueId: id })),
      ]);
      expect([
        ['was not refused', 'ResourceInUseException'],
        ['ResourceNotFoundException', 'was not refused'],
      ]).toContainEqual([used, gone]);
    }
  });
});

describe('SearchQueues', () => {
  test('finds standard queues by every field, by tag, and page by page', async () => {
    const id = await create({ Name: 'Needle One', Description: 'sharp', Tags: { n: '1' } });
    await create({ Name: 'needle two', Tags: { n: '2' } });
    await centre.addUser({ username: 'needle' });
    const search = async (input: object) => {
      const pages = await allPages((NextToken) => centre.call('SearchQueues', { MaxResults: 1, ...input, NextToken }));
      const found = pages.flatMap((page) => page.Queues ?? []);
      for (const page of pages) expect(page.ApproximateTotalCount).toBe(found.length);
      return found;
    };
    const by = (FieldName: string, Value: string, ComparisonType = 'EXACT') => ({
      SearchCriteria: { StringCondition: { FieldName, Value, ComparisonType } },
    });
    const names = async (input: object) => (await search(input)).map(({ Name }) => Name);
    expect(await names(by('name', 'needle', 'STARTS_WITH'))).toEqual(['Needle One', 'needle two']);
    expect(await names(by('description', 'SHARP', 'CONTAINS'))).toEqual(['Needle One']);
    expect(await search(by('resourceID', arnOf(centre.instance, 'queue', id)))).toEqual([await describeQueue(id)]);
    const tagged = { SearchFilter: { TagFilter: { TagCondition: { TagKey: 'n', TagValue: '2' } } } };
    expect(await names(tagged)).toEqual(['needle two']);
    const standard = { SearchCriteria: { AndConditions: [{ QueueTypeCondition: 'STANDARD' }] } };
    expect(await names(standard)).toHaveLength((await centre.db.selectFrom('queue').select('id').execute()).length);
    expect(await refusalOf(search({ SearchCriteria: { QueueTypeCondition: 'AGENT' } }))).toBe(
      'InvalidParameterException',
    );
    expect(await refusalOf(search(by('colour', 'red')))).toBe('InvalidParameterException');
  });
});

test('each right of queues is its own', async () => {
  const may = async (permission: PermissionId, name: string, input: object) =>
    (await refusalOf(centre.send(name, input, await centre.signedIn([permission])))) !== 'AccessDeniedException';
  const QueueId = await create();
  const disable = { QueueId, Status: 'DISABLED' };
  const rename = { QueueId, Name: `renamed ${randomUUID()}` };
  expect(await may('Queues.EnableAndDisable', 'UpdateQueueStatus', disable)).toBe(true);
  expect(await may('Queues.Edit', 'UpdateQueueStatus', disable)).toBe(false);
  expect(await may('Queues.Edit', 'UpdateQueueName', rename)).toBe(true);
  expect(await may('Queues.View', 'UpdateQueueName', rename)).toBe(false);
  expect(await may('Queues.View', 'SearchQueues', {})).toBe(true);
  expect(await may('RoutingPolicies.View', 'SearchQueues', {})).toBe(false);
  expect(await may('Queues.Edit', 'DeleteQueue', { QueueId })).toBe(false);
  expect(await may('Queues.Delete', 'DeleteQueue', { QueueId })).toBe(true);
  const made = await create({}, await centre.signedIn(['Queues.Create']));
  expect((await centre.history(made))[0]).toMatchObject({ permission: 'Queues.Create', change: 'CREATED' });
});
