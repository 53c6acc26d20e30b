import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { type Centre, centreForFile, monday, openCentre } from '../../../test/support/centre.ts';
import type { PermissionId } from '../../access/permissions.ts';
import { arnOf } from '../../operations/arn.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 8 });

let count = 0;
type Caller = Parameters<Centre['call']>[2];

async function create(input: object = {}, caller?: Caller): Promise<string> {
  count += 1;
  const whole = { Name: `Hours ${count}`, TimeZone: 'UTC', Config: [], ...input };
  return (await centre.call('CreateHoursOfOperation', whole, caller)).HoursOfOperationId;
}
const describeHours = async (HoursOfOperationId: string) =>
  (
    await centre.call('DescribeHoursOfOperation', {
      HoursOfOperationId,
    })
  ).HoursOfOperation;

const time = (text: string) => {
  const [Hours, Minutes] = text.split(':').map(Number);
  return { Hours, Minutes };
};
const open = (Day: string, from: string, to: string) => ({ Day, StartTime: time(from), EndTime: time(to) });

async function override(HoursOfOperationId: string, input: object = {}, caller?: Caller): Promise<string> {
  count += 1;
  const { HoursOfOperationOverrideId } = await centre.call(
    'CreateHoursOfOperationOverride',
    {
      HoursOfOperationId,
      Name: `Override ${count}`,
      Config: [],
      EffectiveFrom: '2026-12-24',
      EffectiveTill: '2026-12-26',
      ...input,
    },
    caller,
  );
  return HoursOfOperationOverrideId;
}
const describeOverride = async (HoursOfOperationId: string, HoursOfOperationOverrideId: string) =>
  (
    await centre.call('DescribeHoursOfOperationOverride', {
      HoursOfOperationId,
      HoursOfOperationOverrideId,
    })
  ).HoursOfOperationOverride;

describe('hours of operation', () => {
  test('keep every member', async () => {
    const parent = await create({ Name: 'Public holidays' });
    const id = await create({
      Name: 'Everything',
      Description: 'all of it',
      TimeZone: 'Europe/Berlin',
      Config: [open('MONDAY', '8:30', '12:00'), open('MONDAY', '13:00', '0:00'), open('SUNDAY', '0:00', '0:00')],
      ParentHoursOfOperationConfigs: [{ HoursOfOperationId: arnOf(centre.instance, 'operating-hours', parent) }],
      Tags: { team: 'a' },
    });
    expect(await describeHours(arnOf(centre.instance, 'operating-hours', id))).toEqual({
      HoursOfOperationId: id,
      HoursOfOperationArn: arnOf(centre.instance, 'operating-hours', id),
      Name: 'Everything',
      Description: 'all of it',
      TimeZone: 'Europe/Berlin',
      Config: [open('MONDAY', '8:30', '12:00'), open('MONDAY', '13:00', '0:00'), open('SUNDAY', '0:00', '0:00')],
      ParentHoursOfOperations: [
        { Id: parent, Arn: arnOf(centre.instance, 'operating-hours', parent), Name: 'Public holidays' },
      ],
      Tags: { team: 'a' },
      LastModifiedTime: centre.clock.getTime() / 1000,
      LastModifiedRegion: 'us-east-1',
    });
  });

  test.each([
    ['a time zone that there is not', { TimeZone: 'Europe/Atlantis' }],
    ['an offset for a time zone', { TimeZone: '+01:00' }],
    ['no time zone', { TimeZone: '' }],
    ['an end before the start', { Config: [open('MONDAY', '17:00', '9:00')] }],
    ['an end at the start', { Config: [open('MONDAY', '9:00', '9:00')] }],
    ['an hour that there is not', { Config: [open('MONDAY', '9:00', '24:00')] }],
    ['a minute that there is not', { Config: [open('MONDAY', '9:60', '10:00')] }],
    ['a day that there is not', { Config: [open('FEIERTAG', '9:00', '10:00')] }],
    ['a hundred and one entries', { Config: Array.from({ length: 101 }, () => open('MONDAY', '9:00', '10:00')) }],
    ['a long name', { Name: 'x'.repeat(128) }],
    ['an empty description', { Description: '' }],
    ['a parent without id', { ParentHoursOfOperationConfigs: [{}] }],
    ['four parents', { ParentHoursOfOperationConfigs: [1, 2, 3, 4].map(() => ({ HoursOfOperationId: randomUUID() })) }],
  ])('are refused with %s', async (_, input) => {
    expect(await refusalOf(create(input))).toBe('InvalidParameterException');
  });

  test('are refused with a name in use, or a parent that is not there', async () => {
    expect(await refusalOf(create({ Name: 'Basic Hours' }))).toBe('DuplicateResourceException');
    const ParentHoursOfOperationConfigs = [{ HoursOfOperationId: randomUUID() }];
    expect(await refusalOf(create({ ParentHoursOfOperationConfigs }))).toBe('ResourceNotFoundException');
  });

  test('time zones that Terraform’s documentation names are known', async () => {
    for (const TimeZone of ['EST', 'America/New_York', 'Asia/Kathmandu', 'Etc/GMT+5', 'UTC']) {
      expect((await describeHours(await create({ TimeZone }))).TimeZone).toBe(TimeZone);
    }
  });

  test('are changed member by member, audited with both values, and changed once', async () => {
    const id = await create({ Name: 'To be changed', Description: 'before' });
    const change = (input: object) => centre.call('UpdateHoursOfOperation', { HoursOfOperationId: id, ...input });
    for (let round = 0; round < 2; round += 1) {
      await change({ Name: 'Changed' });
      await change({ Description: '' });
      await change({ TimeZone: 'Asia/Tokyo', Config: [open('FRIDAY', '9:00', '17:00')] });
    }
    const after = await describeHours(id);
    expect(after).toMatchObject({
      Name: 'Changed',
      TimeZone: 'Asia/Tokyo',
      Config: [open('FRIDAY', '9:00', '17:00')],
    });
    expect(after.Description).toBeUndefined();
    const entries = await centre.history(id);
    expect(entries).toHaveLength(4);
    expect(entries.map(({ details }) => details)).toContainEqual({
      Changes: { Description: { Old: 'before', New: null } },
    });
    const attempt = (input: object) => refusalOf(change(input));
    expect(await attempt({})).toBe('InvalidParameterException');
    expect(await attempt({ Name: 'Basic Hours' })).toBe('DuplicateResourceException');
    expect(await attempt({ TimeZone: 'Nowhere' })).toBe('InvalidParameterException');
    expect(await attempt({ Config: [open('FRIDAY', '9:00', '8:00')] })).toBe('InvalidParameterException');
    expect(await attempt({ HoursOfOperationId: randomUUID(), Name: 'x' })).toBe('ResourceNotFoundException');
  });

  test('go with their overrides, and not while a queue keeps them', async () => {
    const id = await create({ Name: 'Going' });
    await override(id);
    const { QueueId } = await centre.call('CreateQueue', {
      Name: 'Keeps them',
      HoursOfOperationId: id,
    });
    await expect(centre.call('DeleteHoursOfOperation', { HoursOfOperationId: id })).rejects.toMatchObject({
      code: 'InvalidRequestException',
      message: expect.stringContaining('"Keeps them"'),
    });
    await centre.call('DeleteQueue', { QueueId });
    await centre.call('DeleteHoursOfOperation', { HoursOfOperationId: id });
    expect(await refusalOf(describeHours(id))).toBe('ResourceNotFoundException');
    expect(await refusalOf(centre.call('DeleteHoursOfOperation', { HoursOfOperationId: id }))).toBe(
      'ResourceNotFoundException',
    );
  });

  test('either a queue keeps them or they go, whoever asks at the same time', async () => {
    for (let round = 0; round < 15; round += 1) {
      const id = await create();
      const [kept, gone] = await Promise.all([
        refusalOf(centre.call('CreateQueue', { Name: `Racing ${round}`, HoursOfOperationId: id })),
        refusalOf(centre.call('DeleteHoursOfOperation', { HoursOfOperationId: id })),
      ]);
      expect([
        ['was not refused', 'InvalidRequestException'],
        ['ResourceNotFoundException', 'was not refused'],
      ]).toContainEqual([kept, gone]);
    }
  });

  test('a hundred and not one more', async () => {
    const other = await openCentre({ as: 'ACCESS_KEY', clock: monday });
    const make = (index: number) =>
      refusalOf(other.call('CreateHoursOfOperation', { Name: `Hours ${index}`, TimeZone: 'UTC', Config: [] }));
    for (let index = 0; index < 99; index += 1) expect(await make(index)).toBe('was not refused');
    expect(await make(100)).toBe('LimitExceededException');
    await other.close();
  });

  test('are found by every field, by tag, and page by page', async () => {
    await create({ Name: 'Needle One', Description: 'sharp', TimeZone: 'Pacific/Fiji', Tags: { n: '1' } });
    await create({ Name: 'needle two', Tags: { n: '2' } });
    const search = async (input: object) => {
      const pages = await allPages((NextToken) =>
        centre.call('SearchHoursOfOperations', {
          MaxResults: 1,
          ...input,
          NextToken,
        }),
      );
      const names = pages.flatMap((page) => (page.HoursOfOperations ?? []).map(({ Name }) => Name));
      for (const page of pages) expect(page.ApproximateTotalCount).toBe(names.length);
      return names;
    };
    const by = (FieldName: string, Value: string) => ({
      SearchCriteria: { StringCondition: { FieldName, Value, ComparisonType: 'STARTS_WITH' } },
    });
    expect(await search(by('name', 'NEEDLE'))).toEqual(['Needle One', 'needle two']);
    expect(await search(by('timezone', 'pacific'))).toEqual(['Needle One']);
    expect(await search(by('description', 'sharp'))).toEqual(['Needle One']);
    const tagged = { SearchFilter: { TagFilter: { TagCondition: { TagKey: 'n', TagValue: '2' } } } };
    expect(await search(tagged)).toEqual(['needle two']);
    expect(await refusalOf(search(by('colour', 'red')))).toBe('InvalidParameterException');
    expect(await refusalOf(search({ MaxResults: 101 }))).toBe('InvalidParameterException');
  });
});

describe('overrides', () => {
  test('keep every member', async () => {
    const hours = await create();
    centre.clock = new Date(centre.clock.getTime() + 1000);
    const RecurrenceConfig = {
      RecurrencePattern: { Frequency: 'YEARLY', Interval: 1, ByMonth: [12], ByMonthDay: [24] },
    };
    const given = {
      Name: 'Christmas Eve, every year',
      Description: 'until noon',
      Config: [open('THURSDAY', '9:00', '12:00')],
      EffectiveFrom: '2026-12-24',
      EffectiveTill: '2036-12-24',
      RecurrenceConfig,
      OverrideType: 'OPEN',
    };
    const id = await override(hours, given);
    expect(await describeOverride(hours, id)).toEqual({
      ...given,
      HoursOfOperationOverrideId: id,
      HoursOfOperationId: hours,
      HoursOfOperationArn: arnOf(centre.instance, 'operating-hours', hours),
    });
    expect(await describeHours(hours)).toMatchObject({ LastModifiedTime: centre.clock.getTime() / 1000 });
    expect((await describeOverride(hours, await override(hours)))?.OverrideType).toBe('STANDARD');
  });

  const recurring = (pattern: object) => ({
    RecurrenceConfig: { RecurrencePattern: { Frequency: 'YEARLY', Interval: 1, ...pattern } },
  });
  test.each([
    ['a day that the calendar does not have', { EffectiveFrom: '2026-02-30' }],
    ['a date that is none', { EffectiveTill: 'soon' }],
    ['an end before the beginning', { EffectiveFrom: '2026-12-27' }],
    ['a bell in the name', { Name: 'a\u0007b' }],
    ['a long name', { Name: 'x'.repeat(128) }],
    ['an empty description', { Description: '' }],
    ['an entry without day', { Config: [{ StartTime: time('9:00'), EndTime: time('10:00') }] }],
    ['an entry that ends before it begins', { Config: [open('MONDAY', '10:00', '9:00')] }],
    ['an interval of none', recurring({ Interval: 0 })],
    ['an interval too long', recurring({ Interval: 7 })],
    ['two months', recurring({ ByMonth: [1, 2] })],
    ['a thirteenth month', recurring({ ByMonth: [13] })],
    ['a day 0', recurring({ ByMonthDay: [0] })],
    ['a fifth weekday', recurring({ ByWeekdayOccurrence: [5] })],
    ['days and weekdays at once', recurring({ ByMonthDay: [1], ByWeekdayOccurrence: [1] })],
    ['a month every month', recurring({ Frequency: 'MONTHLY', ByMonth: [1] })],
    ['a day of the month every week', recurring({ Frequency: 'WEEKLY', ByMonthDay: [1] })],
    ['a type that there is not', { OverrideType: 'MAYBE' }],
  ])('are refused with %s', async (_, input) => {
    const hours = await create();
    expect(await refusalOf(override(hours, input))).toBe('InvalidParameterException');
    expect(await centre.history(hours)).toHaveLength(1);
  });

  test('are named once in the same hours, and belong to them alone', async () => {
    const [one, two] = [await create(), await create()];
    const id = await override(one, { Name: 'Easter' });
    expect(await refusalOf(override(one, { Name: 'Easter' }))).toBe('DuplicateResourceException');
    await override(two, { Name: 'Easter' });
    expect(await refusalOf(describeOverride(two, id))).toBe('ResourceNotFoundException');
    expect(await refusalOf(describeOverride(one, 'nonsense'))).toBe('InvalidParameterException');
    expect(await refusalOf(override(randomUUID()))).toBe('ResourceNotFoundException');
    const rename = { HoursOfOperationId: one, HoursOfOperationOverrideId: await override(one), Name: 'Easter' };
    expect(await refusalOf(centre.call('UpdateHoursOfOperationOverride', rename))).toBe('DuplicateResourceException');
  });

  test('are changed member by member and deleted, audited with their hours', async () => {
    const hours = await create();
    const id = await override(hours, { Name: 'Before', Description: 'stays' });
    const change = (input: object) =>
      centre.call('UpdateHoursOfOperationOverride', {
        HoursOfOperationId: hours,
        HoursOfOperationOverrideId: id,
        ...input,
      });
    for (let round = 0; round < 2; round += 1) {
      await change({ Name: 'After', EffectiveTill: '2026-12-31' });
      await change({ OverrideType: 'CLOSED', Config: [open('MONDAY', '9:00', '10:00')] });
    }
    expect(await describeOverride(hours, id)).toMatchObject({
      Name: 'After',
      Description: 'stays',
      EffectiveFrom: '2026-12-24',
      EffectiveTill: '2026-12-31',
      OverrideType: 'CLOSED',
      Config: [open('MONDAY', '9:00', '10:00')],
    });
    expect(await refusalOf(change({ EffectiveTill: '2026-12-01' }))).toBe('InvalidParameterException');
    const gone = { HoursOfOperationId: hours, HoursOfOperationOverrideId: id };
    await centre.call('DeleteHoursOfOperationOverride', gone);
    expect(await refusalOf(centre.call('DeleteHoursOfOperationOverride', gone))).toBe('ResourceNotFoundException');
    expect(await refusalOf(change({ Name: 'x' }))).toBe('ResourceNotFoundException');
    expect((await centre.history(hours)).map(({ operation }) => operation).toSorted()).toEqual([
      'CreateHoursOfOperation',
      'CreateHoursOfOperationOverride',
      'DeleteHoursOfOperationOverride',
      'UpdateHoursOfOperationOverride',
      'UpdateHoursOfOperationOverride',
    ]);
  });

  test('fifty and not one more, however many ask at once', async () => {
    const hours = await create();
    for (let index = 0; index < 48; index += 1) await override(hours);
    const last = await Promise.all([1, 2, 3, 4, 5].map(() => refusalOf(override(hours))));
    expect(last.filter((code) => code === 'was not refused')).toHaveLength(2);
    expect(last.filter((code) => code === 'LimitExceededException')).toHaveLength(3);
  });

  test('are listed and searched page by page', async () => {
    const hours = await create({ Tags: { found: 'yes' } });
    await override(hours, { Name: 'Spring', EffectiveFrom: '2027-03-01', EffectiveTill: '2027-03-02' });
    await override(hours, { Name: 'autumn', EffectiveFrom: '2027-09-01', EffectiveTill: '2027-09-02' });
    await override(hours, { Name: 'Summer', EffectiveFrom: '2027-06-01', EffectiveTill: '2027-06-02' });
    const listed = await allPages((NextToken) =>
      centre.call('ListHoursOfOperationOverrides', {
        HoursOfOperationId: hours,
        MaxResults: 1,
        NextToken,
      }),
    );
    const names = listed.flatMap((page) => (page.HoursOfOperationOverrideList ?? []).map(({ Name }) => Name));
    expect(names).toEqual(['autumn', 'Spring', 'Summer']);

    const search = async (input: object) => {
      const pages = await allPages((NextToken) =>
        centre.call('SearchHoursOfOperationOverrides', {
          MaxResults: 1,
          SearchFilter: { TagFilter: { TagCondition: { TagKey: 'found' } } },
          ...input,
          NextToken,
        }),
      );
      const found = pages.flatMap((page) => (page.HoursOfOperationOverrides ?? []).map(({ Name }) => Name));
      for (const page of pages) expect(page.ApproximateTotalCount).toBe(found.length);
      return found;
    };
    const date = (ComparisonType: string, Value: string, FieldName = 'EffectiveFrom') => ({
      DateCondition: { FieldName, Value, ComparisonType },
    });
    expect(await search({})).toEqual(['autumn', 'Spring', 'Summer']);
    expect(await search({ SearchCriteria: date('GREATER_THAN', '2027-06-01') })).toEqual(['autumn']);
    expect(await search({ SearchCriteria: date('GREATER_THAN_OR_EQUAL_TO', '2027-06-01') })).toEqual([
      'autumn',
      'Summer',
    ]);
    expect(await search({ SearchCriteria: date('LESS_THAN', '2027-06-01') })).toEqual(['Spring']);
    expect(await search({ SearchCriteria: date('EQUAL_TO', '2027-06-02', 'effectiveTill') })).toEqual(['Summer']);
    const both = { AndConditions: [date('LESS_THAN_OR_EQUAL_TO', '2027-06-01'), date('GREATER_THAN', '2027-01-01')] };
    expect(await search({ SearchCriteria: both })).toEqual(['Spring', 'Summer']);
    const byName = { StringCondition: { FieldName: 'name', Value: 's', ComparisonType: 'STARTS_WITH' } };
    expect(await search({ SearchCriteria: byName })).toEqual(['Spring', 'Summer']);
    for (const criteria of [date('EQUAL_TO', '2027-02-30'), date('EQUAL_TO', '2027-01-01', 'name')]) {
      expect(await refusalOf(search({ SearchCriteria: criteria }))).toBe('InvalidParameterException');
    }
  });
});

describe('parents', () => {
  const associate = (HoursOfOperationId: string, ids: string[]) =>
    centre.call('AssociateHoursOfOperations', {
      HoursOfOperationId,
      ParentHoursOfOperationConfigs: ids.map((id) => ({ HoursOfOperationId: id })),
    });
  const parentsOf = async (id: string) =>
    ((await describeHours(id)).ParentHoursOfOperations as { Id: string }[]).map(({ Id }) => Id);

  test('are associated, listed from below, and disassociated', async () => {
    const [child, one, two] = [await create(), await create(), await create()];
    await associate(child, [two]);
    await associate(child, [one, two]);
    expect(await parentsOf(child)).toEqual([two, one]);
    const { ChildHoursOfOperationsSummaryList } = await centre.call('ListChildHoursOfOperations', {
      HoursOfOperationId: one,
    });
    expect(ChildHoursOfOperationsSummaryList?.map(({ Id }) => Id)).toEqual([child]);
    expect(await refusalOf(centre.call('DeleteHoursOfOperation', { HoursOfOperationId: one }))).toBe(
      'InvalidRequestException',
    );
    await centre.call('DisassociateHoursOfOperations', {
      HoursOfOperationId: child,
      ParentHoursOfOperationIds: [one],
    });
    expect(await parentsOf(child)).toEqual([two]);
    await centre.call('DeleteHoursOfOperation', { HoursOfOperationId: one });
    expect(await centre.history(child)).toHaveLength(4);
  });

  test('are three at most, others, and there', async () => {
    const child = await create();
    const others = [await create(), await create(), await create(), await create()];
    await associate(child, others.slice(0, 2));
    expect(await refusalOf(associate(child, others.slice(2)))).toBe('ServiceQuotaExceededException');
    expect(await parentsOf(child)).toHaveLength(2);
    expect(await refusalOf(associate(child, [child]))).toBe('InvalidRequestException');
    expect(await refusalOf(associate(child, [randomUUID()]))).toBe('ResourceNotFoundException');
  });
});

describe('GetEffectiveHoursOfOperations', () => {
  test('answers each day with its hours and the overrides that had a part in them', async () => {
    const parent = await create();
    await override(parent, { Name: 'New Year', EffectiveFrom: '2027-01-01', EffectiveTill: '2027-01-01' });
    const id = await create({
      TimeZone: 'Europe/Dublin',
      Config: [open('THURSDAY', '9:00', '17:00'), open('FRIDAY', '9:00', '0:00')],
      ParentHoursOfOperationConfigs: [{ HoursOfOperationId: parent }],
    });
    const ask = (FromDate: string, ToDate: string) =>
      centre.call('GetEffectiveHoursOfOperations', {
        HoursOfOperationId: id,
        FromDate,
        ToDate,
      });
    expect(await ask('2026-12-31', '2027-01-02')).toEqual({
      TimeZone: 'Europe/Dublin',
      EffectiveHoursOfOperationList: [
        { Date: '2026-12-31', OperationalHours: [{ Start: time('9:00'), End: time('17:00') }] },
        { Date: '2027-01-01', OperationalHours: [] },
        { Date: '2027-01-02', OperationalHours: [] },
      ],
      EffectiveOverrideHoursList: [
        {
          Date: '2027-01-01',
          OverrideHours: [
            { Start: time('0:00'), End: time('0:00'), OverrideName: 'New Year', OperationalStatus: 'CLOSED' },
          ],
        },
      ],
    });
    expect((await ask('2026-01-01', '2026-12-31')).EffectiveHoursOfOperationList).toHaveLength(365);
    expect(await refusalOf(ask('2027-01-02', '2027-01-01'))).toBe('InvalidParameterException');
    expect(await refusalOf(ask('2026-01-01', '2027-02-01'))).toBe('InvalidParameterException');
    expect(await refusalOf(ask('today', '2027-02-01'))).toBe('InvalidParameterException');
  });
});

test('each right of hours is its own', async () => {
  const may = async (permission: PermissionId, name: string, input: object) =>
    (await refusalOf(centre.send(name, input, await centre.signedIn([permission])))) !== 'AccessDeniedException';
  const HoursOfOperationId = await create();
  const rename = { HoursOfOperationId, Name: `renamed ${randomUUID()}` };
  expect(await may('HoursOfOperation.Edit', 'UpdateHoursOfOperation', rename)).toBe(true);
  expect(await may('HoursOfOperation.View', 'UpdateHoursOfOperation', rename)).toBe(false);
  expect(await may('HoursOfOperation.View', 'SearchHoursOfOperations', {})).toBe(true);
  expect(await may('Queues.View', 'SearchHoursOfOperations', {})).toBe(false);
  await override(HoursOfOperationId, {}, await centre.signedIn(['HoursOfOperation.Edit']));
  expect(await may('HoursOfOperation.Edit', 'DeleteHoursOfOperation', { HoursOfOperationId })).toBe(false);
  expect(await may('HoursOfOperation.Delete', 'DeleteHoursOfOperation', { HoursOfOperationId })).toBe(true);
  const made = await create({}, await centre.signedIn(['HoursOfOperation.Create']));
  expect((await centre.history(made))[0]).toMatchObject({ permission: 'HoursOfOperation.Create', change: 'CREATED' });
});
