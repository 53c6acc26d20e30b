import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { refusalOf } from '../../../test/support/callers.ts';
import { centreForFile, monday } from '../../../test/support/centre.ts';
import { contactRecord } from '../../../test/support/contact-records.ts';
import { arnOf, instanceArn } from '../../operations/arn.ts';

/** What answers show: anything. */
// biome-ignore lint/suspicious/noExplicitAny: the test walks answers as clients without types do.
type Seen = any;

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });
const call = (name: string, input: object): Promise<Seen> => centre.send(name, input);
const start = new Date('2026-01-04T10:00:00Z');
const seconds = start.getTime() / 1000;
const support = { id: randomUUID(), name: 'Support' };
const billing = { id: randomUUID(), name: 'Billing' };
let ada: string;

const imported = async (options: Partial<Parameters<typeof contactRecord>[1]>) => {
  const record = contactRecord(centre.instance, { contactId: randomUUID(), start, ...options });
  expect((await call('ImportContactRecords', { Records: [record] })).NewCount).toBe(1);
};

beforeAll(async () => {
  ada = await centre.addUser({ username: 'ada' });
  const agent = { id: ada, username: 'ada' };
  await imported({ queue: support, agent });
  await imported({ queue: billing, agent });
  await imported({ queue: support });
  await imported({ queue: support, agent, more: { InitiationMethod: 'API', Channel: 'CHAT' } });
});

const queues = () => ({ FilterKey: 'QUEUE', FilterValues: [support.id, arnOf(centre.instance, 'queue', billing.id)] });
const asked = (more: object = {}) => ({
  ResourceArn: instanceArn(centre.instance),
  StartTime: seconds,
  EndTime: seconds + 3600,
  Filters: [queues()],
  Metrics: [{ Name: 'CONTACTS_HANDLED' }, { Name: 'AVG_HANDLE_TIME' }],
  ...more,
});
const ask = (more: object = {}) => call('GetMetricDataV2', asked(more));
const values = ({ Collections }: Seen) => Collections.map(({ Value }: Seen) => Value);

test('every item has id and ARN of what it is of, its interval and all metrics', async () => {
  const { MetricResults } = await ask({ Groupings: ['QUEUE'], Interval: { IntervalPeriod: 'DAY' } });
  const one = MetricResults.find(({ Dimensions }: Seen) => Dimensions.QUEUE === billing.id);
  expect(MetricResults).toHaveLength(2);
  expect(one).toEqual({
    Dimensions: { QUEUE: billing.id, QUEUE_ARN: arnOf(centre.instance, 'queue', billing.id) },
    MetricInterval: { Interval: 'DAY', StartTime: seconds, EndTime: seconds + 3600 },
    Collections: [
      { Metric: { Name: 'CONTACTS_HANDLED' }, Value: 1 },
      { Metric: { Name: 'AVG_HANDLE_TIME' }, Value: 80 },
    ],
  });
  expect((await ask({ StartTime: seconds - 3600, EndTime: seconds })).MetricResults).toEqual([]);
});

test('filters of a metric, thresholds, channels and the other name of a metric are understood', async () => {
  const method = (Negate: boolean) => ({
    Name: 'CONTACTS_HANDLED',
    MetricFilters: [{ MetricFilterKey: 'INITIATION_METHOD', MetricFilterValues: ['INBOUND'], Negate }],
  });
  const within = (Name: string, Comparison: string, ThresholdValue: number) => ({
    Name,
    Threshold: [{ Comparison, ThresholdValue }],
  });
  const { MetricResults } = await ask({
    Metrics: [
      method(false),
      method(true),
      { Name: 'CONTACTS_HANDLED_CONNECTED_TO_AGENT_TIME' },
      within('SUM_CONTACTS_ANSWERED_IN_X', 'LT', 10),
      within('SUM_CONTACTS_ANSWERED_IN_X', 'LTE', 10),
      within('SUM_CONTACTS_ABANDONED_IN_X', 'LT', 60),
    ],
  });
  expect(values(MetricResults[0])).toEqual([2, 1, 3, 0, 3, 1]);
  const chats = await ask({ Filters: [queues(), { FilterKey: 'CHANNEL', FilterValues: ['CHAT'] }] });
  expect(values(chats.MetricResults[0])).toEqual([1, 80]);
});

test('pages follow each other, and a deleted agent is found by the id', async () => {
  const gone = await centre.addUser({ username: 'gone' });
  await imported({ queue: support, agent: { id: gone, username: 'gone' } });
  await call('DeleteUser', { UserId: gone });
  const Filters = [{ FilterKey: 'AGENT', FilterValues: [gone, ada] }];
  const seen: Seen[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ask({ Filters, Groupings: ['AGENT'], MaxResults: 1, ...(NextToken && { NextToken }) });
    seen.push(...page.MetricResults.map((item: Seen) => [item.Dimensions.AGENT, values(item)[0]]));
    NextToken = page.NextToken;
  } while (NextToken);
  expect(Object.fromEntries(seen)).toEqual({ [gone]: 1, [ada]: 3 });
});

test('pages of any size tell the same, over intervals of which some have nothing', async () => {
  const early = seconds - 10 * 86_400;
  for (const minutes of [0, 1, 20, 50]) {
    for (const id of [ada, randomUUID()]) {
      await imported({
        start: new Date((early + minutes * 60) * 1000),
        queue: support,
        agent: { id, username: 'ada' },
      });
    }
  }
  const range = { StartTime: early, EndTime: early + 3600, Interval: { IntervalPeriod: 'FIFTEEN_MIN' } };
  const pages = async (MaxResults: number) => {
    const seen: Seen[] = [];
    let NextToken: string | undefined;
    do {
      const page = await ask({ Groupings: ['AGENT'], ...range, MaxResults, ...(NextToken && { NextToken }) });
      seen.push(page.MetricResults);
      NextToken = page.NextToken;
    } while (NextToken);
    return seen;
  };
  const [whole = []] = await pages(100);
  expect(new Set(whole.map((item: Seen) => item.MetricInterval.StartTime)).size).toBeGreaterThan(2);
  for (const size of [1, 2, 3]) {
    const cut = await pages(size);
    expect(cut.every((page) => page.length <= size)).toBe(true);
    expect(cut.flat()).toEqual(whole);
  }
});

test('what cannot be asked for is refused in words', async () => {
  const message = (more: object) => ask(more).then(String, (error: Error) => error.message);
  for (const [more, words] of [
    [{ Metrics: [{ Name: 'HAPPINESS' }] }, 'Invalid metric name: HAPPINESS'],
    [{ Metrics: [{ Name: 'AVG_TALK_TIME' }] }, 'AVG_TALK_TIME is not offered'],
    [{ Metrics: [{ MetricId: 'x' }] }, 'no ids'],
    [{ Metrics: [{ Name: 'SUM_ONLINE_TIME_AGENT' }] }, 'cannot be filtered by QUEUE'],
    [{ Groupings: ['AGENT'], Metrics: [{ Name: 'AVG_RESOLUTION_TIME' }] }, 'cannot be grouped by AGENT'],
    [{ Groupings: ['PHONE_NUMBER'] }, 'no grouping that is offered'],
    [{ Filters: [{ FilterKey: 'CHANNEL', FilterValues: ['VOICE'] }] }, 'one at least'],
    [{ StartTime: seconds - 100 * 86_400, EndTime: seconds - 99 * 86_400 }, 'last 3 months'],
    [{ StartTime: seconds - 4 * 86_400, Interval: { IntervalPeriod: 'HOUR' } }, '3 days at most'],
    [{ StartTime: seconds - 36 * 86_400 }, '35 days at most'],
    [{ StartTime: seconds + 7 }, 'multiples of 5 minutes'],
    [{ EndTime: seconds + 300, Interval: { IntervalPeriod: 'FIFTEEN_MIN' } }, 'multiples of 15 minutes'],
    [
      {
        Metrics: [
          {
            Name: 'AVG_HANDLE_TIME',
            MetricFilters: [{ MetricFilterKey: 'INITIATION_METHOD', MetricFilterValues: ['API'] }],
          },
        ],
      },
      'cannot be filtered',
    ],
    [{ Metrics: [{ Name: 'SERVICE_LEVEL', Threshold: [{ Comparison: 'GT', ThresholdValue: 5 }] }] }, 'LT or LTE'],
    [{ Metrics: [{ Name: 'SERVICE_LEVEL', Threshold: [{ ThresholdValue: 0.5 }] }] }, 'whole number'],
  ] as const) {
    expect(await message(more)).toContain(words);
  }
  expect((await ask({ EndTime: seconds + 3599 })).MetricResults).toHaveLength(1);
  const other = instanceArn({ ...centre.instance, id: randomUUID() });
  expect(await refusalOf(ask({ ResourceArn: other }))).toBe('ResourceNotFoundException');
});

test('GetMetricData has the same numbers under its own names', async () => {
  const { MetricResults } = await call('GetMetricData', {
    StartTime: seconds,
    EndTime: seconds + 3600,
    Filters: { Queues: [support.id, billing.id], Channels: ['VOICE'] },
    Groupings: ['CHANNEL'],
    HistoricalMetrics: [
      { Name: 'CONTACTS_HANDLED_INCOMING', Statistic: 'SUM', Unit: 'COUNT' },
      { Name: 'HANDLE_TIME', Statistic: 'AVG' },
      { Name: 'SERVICE_LEVEL', Threshold: { Comparison: 'LT', ThresholdValue: 20 } },
    ],
  });
  expect(MetricResults.map(({ Dimensions }: Seen) => Dimensions)).toEqual([{ Channel: 'VOICE' }]);
  expect(values(MetricResults[0])).toEqual([3, 80, 75]);
});

test('GetCurrentMetricData tells what agents do now and what waits', async () => {
  const profile = centre.routingProfileId;
  const snapshot = randomUUID();
  await sql`insert into agent_snapshot (id, instance_id, user_id, username, routing_profile_id, hierarchy_group_ids,
      hierarchy_group_names)
    values (${snapshot}, ${centre.instance.id}, ${ada}, 'ada', ${profile}, '{}', '{}')`.execute(centre.db);
  await sql`insert into agent_segment (instance_id, agent_id, start_time, end_time, agent_snapshot_id, status_name,
      status_type, activity, on_contact, in_error, incomplete)
    values (${centre.instance.id}, ${ada}, ${start}, ${monday}, ${snapshot}, 'Lunch', 'CUSTOM', null, false, false, false),
      (${centre.instance.id}, ${ada}, ${monday}, null, ${snapshot}, 'Available', 'ROUTABLE', 'CONNECTED', true, false,
      false)`.execute(centre.db);
  const current = (input: object) =>
    call('GetCurrentMetricData', input).then(({ MetricResults }) => MetricResults.map(values));
  const names = ['AGENTS_ONLINE', 'AGENTS_AVAILABLE', 'AGENTS_ON_CONTACT', 'AGENTS_NON_PRODUCTIVE'];
  const CurrentMetrics = names.map((Name) => ({ Name, Unit: 'COUNT' }));
  expect(await current({ Filters: { RoutingProfiles: [profile] }, CurrentMetrics })).toEqual([[1, 0, 1, 0]]);
  // Who is deleted is online no longer, though nothing says that they have gone.
  const leaver = await centre.addUser({ username: 'leaver' });
  const left = randomUUID();
  await sql`insert into agent_snapshot (id, instance_id, user_id, username, routing_profile_id, hierarchy_group_ids,
      hierarchy_group_names)
    values (${left}, ${centre.instance.id}, ${leaver}, 'leaver', ${profile}, '{}', '{}')`.execute(centre.db);
  await sql`insert into agent_segment (instance_id, agent_id, start_time, end_time, agent_snapshot_id, status_name,
      status_type, activity, on_contact, in_error, incomplete)
    values (${centre.instance.id}, ${leaver}, ${start}, null, ${left}, 'Available', 'ROUTABLE', null, false, false,
      false)`.execute(centre.db);
  const online = { Filters: { RoutingProfiles: [profile] }, CurrentMetrics: [{ Name: 'AGENTS_ONLINE' }] };
  expect(await current(online)).toEqual([[2]]);
  await call('DeleteUser', { UserId: leaver });
  expect(await current(online)).toEqual([[1]]);
  await imported({
    start: new Date(monday.getTime() - 60_000),
    queue: support,
    more: {
      DisconnectTimestamp: null,
      DisconnectReason: null,
      Queue: {
        ARN: arnOf(centre.instance, 'queue', support.id),
        Name: 'Support',
        EnqueueTimestamp: new Date(monday.getTime() - 30_000).toISOString(),
        DequeueTimestamp: null,
        Duration: null,
      },
      LastUpdateTimestamp: monday.toISOString(),
    },
  });
  const waiting = {
    Filters: { Queues: [support.id] },
    CurrentMetrics: [{ Name: 'CONTACTS_IN_QUEUE' }, { Name: 'OLDEST_CONTACT_AGE' }],
  };
  expect(await current(waiting)).toEqual([[1, 30_000]]);
  expect(await current({ ...waiting, Groupings: ['QUEUE'] })).toEqual([[1, 30]]);
  expect(
    await refusalOf(current({ Filters: { Queues: [support.id] }, CurrentMetrics: [{ Name: 'SLOTS_ACTIVE' }] })),
  ).toBe('InvalidParameterException');
});
