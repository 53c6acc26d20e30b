import * as Connect from '@aws-sdk/client-connect';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LiveServer, startLiveServer } from '../support/live-server.ts';
import { sentBytes } from '../support/wire-request.ts';
import { at, audioName, type History, importHistory, minutes, whole, wholeSeconds } from './history.ts';

let server: LiveServer;
let client: Connect.ConnectClient;
let history: History;

beforeAll(async () => {
  server = await startLiveServer();
  client = server.client;
  history = await importHistory(server);
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.close();
});

/** All pages of one item each, one behind the other. */
async function paged<Page extends { NextToken?: string | undefined }>(
  ask: (page: { MaxResults: number; NextToken?: string }) => Promise<Page>,
): Promise<Page[]> {
  const pages: Page[] = [];
  let NextToken: string | undefined;
  do {
    const page: Page = await ask({ MaxResults: 1, ...(NextToken && { NextToken }) });
    pages.push(page);
    NextToken = page.NextToken;
  } while (NextToken && pages.length < 50);
  return pages;
}

test('records and events are taken once, however often they come', async () => {
  const { api, InstanceId, records, events } = history;
  const contacts = async () => (await api('ImportContactRecords', { InstanceId, Records: records })).body;
  const activity = async () => (await api('ImportAgentEvents', { InstanceId, Records: events })).body;
  expect(await contacts()).toMatchObject({ NewCount: records.length, SameCount: 0, Refused: [] });
  expect(await contacts()).toMatchObject({ NewCount: 0, SameCount: records.length, Refused: [] });
  expect(await activity()).toMatchObject({ NewCount: events.length, SameCount: 0, Refused: [] });
  expect(await activity()).toMatchObject({ NewCount: 0, SameCount: events.length, Refused: [] });
});

const newestFirst = () => {
  const { waiting, held, chat, taken, lost, handed, long } = history.ids;
  return [waiting, held, chat, taken, lost, handed, long];
};

test('contacts are searched page by page, by what they are and by whom they were', async () => {
  const { InstanceId, ids, ada, support } = history;
  const TimeRange = { Type: 'INITIATION_TIMESTAMP' as const, ...whole };
  const search = (more: Partial<Connect.SearchContactsRequest>) =>
    client.send(new Connect.SearchContactsCommand({ InstanceId, TimeRange, ...more }));
  const pages = await paged(search);
  expect(pages.map(({ Contacts }) => Contacts?.[0]?.Id)).toEqual(newestFirst());
  expect(pages.map(({ TotalCount }) => TotalCount)).toEqual(pages.map(() => 7));
  const { Contacts } = await search({
    SearchCriteria: { AgentIds: [ada.id], QueueIds: [support.id], Channels: ['VOICE'], InitiationMethods: ['INBOUND'] },
    Sort: { FieldName: 'DISCONNECT_TIMESTAMP', Order: 'ASCENDING' },
  });
  expect(Contacts?.map(({ Id }) => Id)).toEqual([ids.long, ids.held]);
  expect(Contacts?.[0]).toMatchObject({
    Arn: `${history.ResourceArn}/contact/${ids.long}`,
    InitiationTimestamp: minutes(23),
    DisconnectTimestamp: minutes(75),
    AgentInfo: { Id: ada.id },
    QueueInfo: { Id: support.id },
  });
  const connected = { Type: 'CONNECTED_TO_AGENT_TIMESTAMP' as const, ...whole };
  expect((await search({ TimeRange: connected })).TotalCount).toBe(5);
});

test('a contact is described with what was delivered, and its chain of transfers is listed', async () => {
  const { InstanceId, ids, ada, bob, support } = history;
  const describe = async (ContactId: string) =>
    (await client.send(new Connect.DescribeContactCommand({ InstanceId, ContactId }))).Contact;
  expect(await describe(ids.held)).toMatchObject({
    Id: ids.held,
    Channel: 'VOICE',
    InitiationMethod: 'INBOUND',
    DisconnectReason: 'CUSTOMER_DISCONNECT',
    CustomerEndpoint: { Address: '+12025550111', Type: 'TELEPHONE_NUMBER' },
    QueueInfo: { Id: support.id, EnqueueTimestamp: at(5005) },
    AgentInfo: {
      Id: ada.id,
      ConnectedToAgentTimestamp: at(5015),
      AfterContactWorkDuration: 20,
      AfterContactWorkStartTimestamp: at(5215),
      AfterContactWorkEndTimestamp: at(5235),
    },
  });
  expect((await describe(ids.lost))?.AgentInfo).toBeUndefined();
  const pages = await paged((page) =>
    client.send(new Connect.ListAssociatedContactsCommand({ InstanceId, ContactId: ids.taken, ...page })),
  );
  expect(pages.flatMap(({ ContactSummaryList }) => ContactSummaryList)).toMatchObject([
    { ContactId: ids.handed, InitiationMethod: 'INBOUND' },
    { ContactId: ids.taken, InitiationMethod: 'TRANSFER', InitialContactId: ids.handed, PreviousContactId: ids.handed },
  ]);
  expect((await describe(ids.handed))?.AgentInfo?.Id).toBe(bob.id);
  await expect(describe(crypto.randomUUID())).rejects.toBeInstanceOf(Connect.ResourceNotFoundException);
});

test('attributes are added and emptied, tags put on and taken off', async () => {
  const { InstanceId, ids } = history;
  const attributes = async () =>
    (await client.send(new Connect.GetContactAttributesCommand({ InstanceId, InitialContactId: ids.handed })))
      .Attributes;
  expect(await attributes()).toEqual({ Language: 'de' });
  await client.send(
    new Connect.UpdateContactAttributesCommand({
      InstanceId,
      InitialContactId: ids.handed,
      Attributes: { Language: '', Case: 'é /+=' },
    }),
  );
  expect(await attributes()).toEqual({ Language: '', Case: 'é /+=' });
  const ContactId = ids.handed;
  const tags = async () =>
    (await client.send(new Connect.DescribeContactCommand({ InstanceId, ContactId }))).Contact?.Tags;
  await client.send(new Connect.TagContactCommand({ InstanceId, ContactId, Tags: { Team: 'Red', Kind: '' } }));
  expect(await tags()).toEqual({ Team: 'Red', Kind: '' });
  await client.send(new Connect.UntagContactCommand({ InstanceId, ContactId, TagKeys: ['Kind'] }));
  expect(await tags()).toEqual({ Team: 'Red' });
  const { Contacts } = await client.send(
    new Connect.SearchContactsCommand({
      InstanceId,
      TimeRange: { Type: 'INITIATION_TIMESTAMP', ...whole },
      SearchCriteria: {
        ContactTags: { TagCondition: { TagKey: 'Team', TagValue: 'Red' } },
        SearchableContactAttributes: { Criteria: [{ Key: 'Case', Values: ['é /+='] }] },
      },
    }),
  );
  expect(Contacts?.map(({ Id }) => Id)).toEqual([ContactId]);
});

type V2 = Connect.GetMetricDataV2Request;
const within = (Name: string, ThresholdValue: number, Comparison = 'LT') => ({
  Name,
  Threshold: [{ Comparison, ThresholdValue }],
});
const filtered = (Name: string, MetricFilterKey: string, MetricFilterValues: string[], Negate = false) => ({
  Name,
  MetricFilters: [{ MetricFilterKey, MetricFilterValues, Negate }],
});
const ask = (more: Partial<V2> & Pick<V2, 'Metrics'>) =>
  client.send(
    new Connect.GetMetricDataV2Command({
      ...whole,
      ResourceArn: history.ResourceArn,
      Filters: [{ FilterKey: 'QUEUE', FilterValues: [history.support.id, history.billing.id] }],
      ...more,
    }),
  );
const valuesOf = (result: Connect.MetricResultV2 | undefined) => result?.Collections?.map(({ Value }) => Value);
/** What was asked for, and what is to come. */
type Expected = readonly (readonly [string | Connect.MetricV2, number | undefined])[];
const metricsOf = (expected: Expected) =>
  expected.map(([metric]) => (typeof metric === 'string' ? { Name: metric } : metric));

test('a contact belongs with all its time to the interval of its disconnect, as in the example of the guide', async () => {
  const { support, billing } = history;
  const expected: Expected = [
    ['CONTACTS_CREATED', 4],
    ['CONTACTS_HANDLED', 3],
    [filtered('CONTACTS_HANDLED', 'INITIATION_METHOD', ['INBOUND', 'TRANSFER', 'QUEUE_TRANSFER']), 3],
    [filtered('CONTACTS_HANDLED', 'DISCONNECT_REASON', ['AGENT_DISCONNECT']), 1],
    [filtered('CONTACTS_HANDLED', 'DISCONNECT_REASON', ['AGENT_DISCONNECT'], true), 2],
    ['CONTACTS_QUEUED', 4],
    ['CONTACTS_ABANDONED', 1],
    ['ABANDONMENT_RATE', 25],
    ['AVG_ABANDON_TIME', 35],
    ['AVG_QUEUE_ANSWER_TIME', 10],
    ['MAX_QUEUED_TIME', 35],
    // Removed from the queue in time, whoever or whatever removed it, of all that were queued.
    [within('SERVICE_LEVEL', 20), 75],
    [within('SERVICE_LEVEL', 35), 75],
    [within('SERVICE_LEVEL', 35, 'LTE'), 100],
    [within('CONTACTS_REMOVED_FROM_QUEUE_IN_X', 20), 3],
    [within('SUM_CONTACTS_ANSWERED_IN_X', 10), 0],
    [within('SUM_CONTACTS_ANSWERED_IN_X', 10, 'LTE'), 3],
    [within('SUM_CONTACTS_ABANDONED_IN_X', 60), 1],
    ['CONTACTS_TRANSFERRED_OUT', 1],
    ['CONTACTS_TRANSFERRED_OUT_BY_AGENT', 1],
    ['CONTACTS_PUT_ON_HOLD', 1],
    ['SUM_HOLD_TIME', 30],
    ['AVG_HOLD_TIME', 30],
    ['AVG_HOLD_TIME_ALL_CONTACTS', 10],
    ['AVG_HOLDS', 1 / 3],
    ['SUM_INTERACTION_TIME', 52 * 60 - 15 + 60 + 170],
    ['SUM_AFTER_CONTACT_WORK_TIME', 60],
    ['SUM_HANDLE_TIME', 52 * 60 - 15 + 60 + 200 + 60],
    ['AVG_HANDLE_TIME', (52 * 60 - 15 + 60 + 200 + 60) / 3],
    ['AVG_CONTACT_DURATION', (52 * 60 + 75 + 40 + 215) / 4],
  ];
  const { MetricResults = [] } = await ask({
    Interval: { IntervalPeriod: 'THIRTY_MIN', TimeZone: 'Asia/Kolkata' },
    Groupings: ['QUEUE'],
    Metrics: metricsOf(expected),
  });
  expect(MetricResults).toHaveLength(2);
  const of = (id: string) => MetricResults.find(({ Dimensions }) => Dimensions?.QUEUE === id);
  expect(of(support.id)).toMatchObject({
    Dimensions: { QUEUE_ARN: `${history.ResourceArn}/queue/${support.id}` },
    MetricInterval: { Interval: 'THIRTY_MIN', StartTime: minutes(60), EndTime: minutes(90) },
  });
  const shown = valuesOf(of(support.id))?.map((value) => value && Math.round(value * 1e6) / 1e6);
  expect(shown).toEqual(expected.map(([, value]) => value && Math.round(value * 1e6) / 1e6));
  // Nobody abandoned there, so there is nothing of which the average could be.
  const abandon = expected.findIndex(([name]) => name === 'AVG_ABANDON_TIME');
  expect(of(billing.id)?.Collections?.[abandon]).not.toHaveProperty('Value');
  const byTime = await ask({
    Interval: { IntervalPeriod: 'THIRTY_MIN' },
    Metrics: metricsOf([
      ['CONTACTS_QUEUED_BY_ENQUEUE', 0],
      ['CONTACTS_HANDLED_CONNECTED_TO_AGENT_TIME', 0],
    ]),
  });
  expect(byTime.MetricResults?.map((one) => [one.MetricInterval?.StartTime, ...(valuesOf(one) ?? [])])).toEqual([
    [minutes(0), 1, 1],
    [minutes(60), 5, 4],
    // The one that is still waiting has been queued.
    ...[[minutes(90), 1, 0]],
  ]);
});

test('contacts are told by agent, queue, channel and profile at once, page by page, and among those of a channel', async () => {
  const { ada, bob, support, billing } = history;
  const Metrics = metricsOf([
    ['CONTACTS_HANDLED', 0],
    ['SUM_HANDLE_TIME', 0],
  ]);
  const Groupings = ['AGENT', 'QUEUE', 'CHANNEL', 'ROUTING_PROFILE'];
  const pages = await paged((page) => ask({ Metrics, Groupings, ...page }));
  const rows = pages.flatMap(({ MetricResults }) => MetricResults ?? []);
  const told = rows.map((row) => {
    const { AGENT, QUEUE, CHANNEL, ROUTING_PROFILE } = row.Dimensions ?? {};
    expect(ROUTING_PROFILE).toBe(ada.routingProfile?.id);
    return [AGENT, QUEUE, CHANNEL, ...(valuesOf(row) ?? [])];
  });
  expect(told).toHaveLength(4);
  expect(new Set(told)).toEqual(
    new Set([
      [ada.id, support.id, 'VOICE', 2, 3345],
      [ada.id, billing.id, 'VOICE', 1, 120],
      [bob.id, support.id, 'VOICE', 1, 80],
      [bob.id, billing.id, 'CHAT', 1, 320],
    ]),
  );
  const chats = await ask({
    Metrics,
    Filters: [
      { FilterKey: 'AGENT', FilterValues: [ada.id, `${history.ResourceArn}/agent/${bob.id}`] },
      { FilterKey: 'CHANNEL', FilterValues: ['CHAT'] },
    ],
  });
  expect(chats.MetricResults?.map(valuesOf)).toEqual([[1, 320]]);
});

test('what an agent did is cut at the borders of the intervals, as in the example of the guide', async () => {
  const { carol } = history;
  const Filters = [{ FilterKey: 'AGENT', FilterValues: [carol.id] }];
  const activity = await ask({
    Filters,
    Groupings: ['AGENT'],
    Interval: { IntervalPeriod: 'FIFTEEN_MIN' },
    Metrics: metricsOf([
      ['SUM_ONLINE_TIME_AGENT', 0],
      ['SUM_IDLE_TIME_AGENT', 0],
      ['SUM_CONTACT_TIME_AGENT', 0],
      ['SUM_NON_PRODUCTIVE_TIME_AGENT', 0],
      ['SUM_ERROR_STATUS_TIME_AGENT', 0],
    ]),
  });
  expect(activity.MetricResults?.map((one) => [one.MetricInterval?.StartTime, ...(valuesOf(one) ?? [])])).toEqual([
    [minutes(0), 900, 900, 0, 0, 10],
    [minutes(15), 900, 250, 650, 0, 0],
    [minutes(30), 600, 0, 0, 600, 0],
  ]);
  const expected: Expected = [
    ['AGENT_ANSWER_RATE', 50],
    ['AGENT_NON_RESPONSE', 1],
    ['AGENT_NON_RESPONSE_WITHOUT_CUSTOMER_ABANDONS', 1],
    ['SUM_CONNECTING_TIME_AGENT', 30],
    ['AVG_AGENT_CONNECTING_TIME', 15],
    ['SUM_ONLINE_TIME_AGENT', 2400],
  ];
  const { MetricResults } = await ask({ Filters, Groupings: ['AGENT'], Metrics: metricsOf(expected) });
  expect(MetricResults?.map(valuesOf)).toEqual([expected.map(([, value]) => value)]);
  const occupancy = await ask({ Filters, Metrics: [{ Name: 'AGENT_OCCUPANCY' }] });
  expect(valuesOf(occupancy.MetricResults?.[0])?.[0]).toBeCloseTo(650 / (650 + 1150), 6);
});

test('the older two ways of asking say the same, and what happens now', async () => {
  const { InstanceId, support, billing } = history;
  const Filters = { Queues: [support.id, billing.id], Channels: ['VOICE' as const] };
  const pages = await paged((page) =>
    client.send(
      new Connect.GetMetricDataCommand({
        ...whole,
        ...page,
        InstanceId,
        Filters,
        Groupings: ['QUEUE', 'CHANNEL'],
        HistoricalMetrics: [
          { Name: 'CONTACTS_QUEUED', Statistic: 'SUM', Unit: 'COUNT' },
          { Name: 'HANDLE_TIME', Statistic: 'AVG', Unit: 'SECONDS' },
          { Name: 'CONTACTS_AGENT_HUNG_UP_FIRST', Statistic: 'SUM', Unit: 'COUNT' },
          {
            Name: 'SERVICE_LEVEL',
            Statistic: 'AVG',
            Unit: 'PERCENT',
            Threshold: { Comparison: 'LT', ThresholdValue: 20 },
          },
        ],
      }),
    ),
  );
  const rows = pages.flatMap(({ MetricResults }) => MetricResults ?? []);
  expect(
    Object.fromEntries(rows.map((row) => [row.Dimensions?.Queue?.Id, row.Collections?.map(({ Value }) => Value)])),
  ).toEqual({ [support.id]: [4, expect.closeTo(3425 / 3, 6), 1, 75], [billing.id]: [1, 120, 0, 100] });
  expect(rows.map(({ Dimensions }) => Dimensions?.Channel)).toEqual(['VOICE', 'VOICE']);

  const now = await client.send(
    new Connect.GetCurrentMetricDataCommand({
      InstanceId,
      Filters: { Queues: [support.id] },
      Groupings: ['QUEUE'],
      CurrentMetrics: [
        { Name: 'AGENTS_ONLINE', Unit: 'COUNT' },
        { Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' },
        { Name: 'AGENTS_ON_CONTACT', Unit: 'COUNT' },
        { Name: 'CONTACTS_IN_QUEUE', Unit: 'COUNT' },
        { Name: 'OLDEST_CONTACT_AGE', Unit: 'SECONDS' },
      ],
    }),
  );
  const [row] = now.MetricResults ?? [];
  expect(row?.Dimensions?.Queue?.Id).toBe(support.id);
  const age = Math.floor(((now.DataSnapshotTime?.getTime() ?? 0) - at(7005).getTime()) / 1000);
  expect(row?.Collections?.map(({ Value }) => Value)).toEqual([1, 1, 0, 1, age]);
  expect(now.ApproximateTotalCount).toBe(1);
});

test('what is no metric is told by name, and where nothing happened there are no results', async () => {
  const early = { StartTime: minutes(-60), EndTime: minutes(0) };
  expect(
    (await ask({ ...early, Metrics: [{ Name: 'CONTACTS_HANDLED' }], Groupings: ['QUEUE'] })).MetricResults,
  ).toEqual([]);
  await expect(ask({ Metrics: [{ Name: 'HAPPINESS' }] })).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: 'Invalid metric name: HAPPINESS',
  });
  const without = new Connect.GetMetricDataCommand({
    ...whole,
    InstanceId: history.InstanceId,
    Filters: { Queues: [history.support.id] },
    HistoricalMetrics: [{ Name: 'SERVICE_LEVEL', Statistic: 'AVG', Unit: 'PERCENT' }],
  });
  // As Amazon Connect words it.
  await expect(client.send(without)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'You must specify a Threshold when you retrieve SERVICE_LEVEL metrics.',
  });
});

/** The lines of a CSV file; its mark is gone when `fetch` has decoded it. */
const lines = (text: string) => text.trimEnd().split('\r\n');
/** A call of one of our own operations, which no SDK knows. */
async function own<Name extends Parameters<History['api']>[0]>(
  name: Name,
  input: Parameters<typeof history.api<Name>>[1],
) {
  const answer = await history.api(name, input);
  expect([name, answer.status]).toEqual([name, 200]);
  return answer.body;
}
async function file<Name extends Parameters<History['api']>[0]>(
  name: Name,
  input: Parameters<typeof history.api<Name>>[1],
) {
  return lines((await own(name, input)) as unknown as string);
}

test('our own operations list and describe contacts with names, and write them as a file', async () => {
  const { InstanceId, ids, support } = history;
  const asked = { InstanceId, TimeRange: { Type: 'INITIATION_TIMESTAMP' as const, ...wholeSeconds } };
  const pages = await paged((page) => own('SearchContactDetails', { ...asked, ...page }));
  expect(pages.map(({ Contacts }) => Contacts[0]?.Id)).toEqual(newestFirst());
  expect(await file('DownloadContacts', { ...asked, Columns: ['ContactId', 'Agent', 'Queue'] })).toEqual([
    'Contact ID,Agent,Queue',
    ...[
      [ids.waiting, '', support.name],
      [ids.held, 'ada', support.name],
      [ids.chat, 'bob', 'Billing'],
      [ids.taken, 'ada', 'Billing'],
      [ids.lost, '', support.name],
      [ids.handed, 'bob', support.name],
      [ids.long, 'ada', support.name],
    ].map((cells) => cells.join(',')),
  ]);
  const details = await own('DescribeContactDetails', { InstanceId, ContactId: ids.taken });
  expect(details.Contact.Agent).toMatchObject({ Username: 'ada', FirstName: 'ada', LastName: 'Example' });
  expect(details.Chain.map(({ Id }) => Id)).toEqual([ids.handed, ids.taken]);
});

test('our own operations report, name those who are reported on, and write it as a file', async () => {
  const { InstanceId, ada, bob, carol } = history;
  const asked = {
    InstanceId,
    ...wholeSeconds,
    Interval: 'THIRTY_MIN' as const,
    Groupings: ['AGENT' as const],
    Metrics: [{ Name: 'CONTACTS_HANDLED' }, { Name: 'SUM_ONLINE_TIME_AGENT' }],
  };
  const report = await own('GetHistoricalReport', asked);
  const told = report.Rows.map(({ StartTime, Dimensions, Values }) => [
    new Date(Number(StartTime) * 1000),
    Dimensions[0]?.Name,
    ...Values.map(({ Value }) => Value),
  ]);
  expect(told).toEqual([
    [minutes(0), 'carol', 0, 1800],
    [minutes(30), 'carol', 0, 600],
    [minutes(60), 'ada', 3, 0],
    [minutes(60), 'bob', 2, 0],
  ]);
  expect(report.Totals.map(({ Value }) => Value)).toEqual([5, 2400]);
  const iso = (time: Date) => time.toISOString().replace('.000Z', 'Z');
  expect(await file('DownloadHistoricalReport', asked)).toEqual([
    'StartInterval,EndInterval,Agent,Agent first name,Agent last name,Agent ID,Deleted,Contacts handled,Online time',
    `${iso(minutes(0))},${iso(minutes(30))},carol,carol,Example,${carol.id},,0,1800`,
    `${iso(minutes(30))},${iso(minutes(60))},carol,carol,Example,${carol.id},,0,600`,
    `${iso(minutes(60))},${iso(minutes(90))},ada,ada,Example,${ada.id},,3,0`,
    `${iso(minutes(60))},${iso(minutes(90))},bob,bob,Example,${bob.id},,2,0`,
  ]);
  const agents = await own('ListReportAgents', { InstanceId });
  expect(agents.Agents.map(({ Username }) => Username)).toEqual(
    expect.arrayContaining(['ada', 'bob', 'carol', 'dave']),
  );
});

test('our own operations tell what an agent did and when somebody was there, and write it as a file', async () => {
  const { InstanceId, carol, dave } = history;
  const asked = { InstanceId, AgentIds: [carol.id], ...wholeSeconds };
  const pages = await paged((page) => own('GetAgentActivity', { ...asked, ...page }));
  const intervals = pages.flatMap(({ Intervals }) => Intervals.map(({ Status, Duration }) => [Status, Duration]));
  expect(intervals).toEqual([
    ['Available', 600],
    ['Connecting', 20],
    ['Agent Disconnected', 10],
    ['Available', 270],
    ['Connecting', 10],
    ['Call Connected', 590],
    ['Busy', 60],
    ['Available', 240],
    ['Break', 600],
    ['Offline', undefined],
  ]);
  const activity = await file('DownloadAgentActivity', asked);
  expect(activity.slice(1).map((line) => line.split(',')[4])).toEqual(intervals.map(([status]) => status));

  const sessions = await paged((page) => own('GetLoginLogoutReport', { InstanceId, ...wholeSeconds, ...page }));
  expect(sessions.flatMap(({ Sessions }) => Sessions)).toMatchObject([
    { AgentId: carol.id, Duration: 2400, Source: 'EVENT' },
    { AgentId: dave.id, Source: 'EVENT' },
  ]);
  const downloaded = await file('DownloadLoginLogoutReport', { InstanceId, ...wholeSeconds });
  expect(downloaded.slice(1).map((line) => line.split(',')[0])).toEqual(['carol', 'dave']);
});

test('a recording is put, played and deleted, and what is described says so', async () => {
  const { api, InstanceId, ids } = history;
  const path = `/contact-recordings/${InstanceId}/${ids.long}/${encodeURIComponent(audioName)}`;
  expect((await api.send('PUT', path, sentBytes)).body).toMatchObject({ Outcome: 'NEW', Size: sentBytes.length });
  const described = async () =>
    (await client.send(new Connect.DescribeContactCommand({ InstanceId, ContactId: ids.long }))).Contact?.Recordings;
  expect(await described()).toMatchObject([{ Status: 'AVAILABLE', Location: `bucket/${audioName}` }]);
  expect((await api.send('GET', path)).headers.get('content-type')).toBe('audio/wav');
  expect((await api.send('DELETE', `${path}?reason=asked%20for`)).status).toBe(200);
  expect((await api.send('GET', path)).status).toBe(404);
  expect(await described()).toMatchObject([{ Status: 'DELETED', DeletionReason: 'asked for' }]);
});
