import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { refusalOf } from '../../../test/support/callers.ts';
import { centreForFile, monday } from '../../../test/support/centre.ts';
import { contactRecord } from '../../../test/support/contact-records.ts';
import type { Caller } from '../../operations/caller.ts';

/** What answers show: anything. */
// biome-ignore lint/suspicious/noExplicitAny: the test walks answers as clients without types do.
type Seen = any;

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });
const call = (name: string, input: object, caller?: Caller): Promise<Seen> => centre.send(name, input, caller);
const start = new Date('2026-01-04T09:00:00Z');
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const emea = { id: randomUUID(), name: 'EMEA' };
const apac = { id: randomUUID(), name: 'APAC' };
const support = { id: randomUUID(), name: 'Support' };
const billing = { id: randomUUID(), name: 'Billing' };
const tier = { id: randomUUID(), name: 'Tier 1' };
let ada: string;
let bob: string;

const imported = async (options: Partial<Parameters<typeof contactRecord>[1]>) => {
  const contactId = randomUUID();
  const record = contactRecord(centre.instance, { contactId, start, ...options });
  const { NewCount } = await call('ImportContactRecords', { Records: [record] });
  expect(NewCount).toBe(1);
  return contactId;
};

beforeAll(async () => {
  ada = await centre.addUser({ username: 'ada', firstName: 'Ada', lastName: 'Lovelace', tags: { Team: 'Red' } });
  bob = await centre.addUser({ username: 'bob', tags: { Team: 'Blue' } });
  // Ends 75 s and 85 s behind the start; abandoned ones after 40 s, of which 35 in the queue.
  await imported({ queue: support, agent: { id: ada, username: 'ada', groups: [emea], routingProfile: tier } });
  await imported({
    start: at(900),
    queue: billing,
    talk: 70,
    agent: { id: ada, username: 'ada.king', groups: [emea], routingProfile: tier },
  });
  await imported({ start: at(60), queue: billing, agent: { id: bob, username: 'bob', groups: [apac] } });
  await imported({ start: at(120), queue: support });
});

const asked = (more: object = {}) => ({
  StartTime: start.getTime() / 1000,
  EndTime: start.getTime() / 1000 + 3600,
  Interval: 'TOTAL',
  Metrics: [{ Name: 'CONTACTS_HANDLED' }, { Name: 'AVG_HANDLE_TIME' }],
  ...more,
});
const report = (more: object = {}, caller?: Caller) => call('GetHistoricalReport', asked(more), caller);
const valuesOf = (list: { Value?: number }[]) => list.map(({ Value }) => Value);
const table = ({ Rows }: Seen) =>
  Rows.map(({ Dimensions, Values }: Seen) => [
    ...Dimensions.map(({ Name }: Seen) => Name),
    ...Values.map(({ Value }: Seen) => Value),
  ]);

test('by agent each has one row, under the newest name in the range, and totals are of the contacts', async () => {
  const answer = await report({ Groupings: ['AGENT'] });
  expect(table(answer)).toEqual([
    ['ada.king', 2, 85],
    ['bob', 1, 80],
  ]);
  expect(valuesOf(answer.Totals)).toEqual([3, 250 / 3]);
  expect(answer.Truncated).toBe(false);
  expect(answer.Rows[0].Dimensions[0]).toEqual({
    Key: 'AGENT',
    Id: ada,
    Name: 'ada.king',
    FirstName: 'Ada',
    LastName: 'Lovelace',
  });
  const before = await report({ Groupings: ['AGENT'], EndTime: start.getTime() / 1000 + 900 });
  expect(table(before)[0]).toEqual(['ada', 1, 80]);
});

test('what was of no agent is a row where it has something to say', async () => {
  const answer = await report({ Groupings: ['AGENT'], Metrics: [{ Name: 'CONTACTS_ABANDONED' }] });
  expect(table(answer)).toEqual([
    ['ada.king', 0],
    ['bob', 0],
    [undefined, 1],
  ]);
});

test('by queue, routing profile and group, with filters', async () => {
  const Metrics = [
    { Name: 'CONTACTS_QUEUED' },
    { Name: 'SERVICE_LEVEL', Threshold: [{ Comparison: 'LT', ThresholdValue: 20 }] },
    { Name: 'MAX_QUEUED_TIME' },
  ];
  expect(table(await report({ Groupings: ['QUEUE'], Metrics }))).toEqual([
    ['Billing', 2, 100, 10],
    ['Support', 2, 50, 35],
  ]);
  expect(table(await report({ Groupings: ['AGENT_HIERARCHY_LEVEL_ONE', 'ROUTING_PROFILE'] }))).toEqual([
    ['APAC', undefined, 1, 80],
    ['EMEA', 'Tier 1', 2, 85],
  ]);
  const filtered = (FilterKey: string, ...FilterValues: string[]) =>
    report({ Filters: [{ FilterKey, FilterValues }] }).then(({ Totals }) => Totals[0].Value);
  expect(await filtered('AGENT', ada)).toBe(2);
  expect(await filtered('QUEUE', billing.id)).toBe(2);
  expect(await filtered('AGENT_HIERARCHY_LEVEL_ONE', apac.id, emea.id)).toBe(3);
  expect(await filtered('AGENT_HIERARCHY_LEVEL_TWO', emea.id)).toBe(0);
  expect(await filtered('ROUTING_PROFILE', tier.id)).toBe(2);
  expect(await filtered('CHANNEL', 'CHAT')).toBe(0);
  expect(await filtered('PHONE_NUMBER', '+12025550190')).toBe(3);
});

test('a metric that does not go with the groupings is marked, and has no values', async () => {
  const answer = await report({
    Groupings: ['AGENT'],
    Metrics: [{ Name: 'CONTACTS_HANDLED' }, { Name: 'AVG_RESOLUTION_TIME' }],
  });
  expect(answer.Metrics).toEqual([
    { Name: 'CONTACTS_HANDLED', Unit: 'COUNT' },
    { Name: 'AVG_RESOLUTION_TIME', Unit: 'SECONDS', NotApplicable: true },
  ]);
  expect(valuesOf(answer.Totals)).toEqual([3, undefined]);
});

test('intervals are of a quarter or half an hour, or of a day of the time zone', async () => {
  const quarters = await report({ Interval: 'FIFTEEN_MIN' });
  expect(quarters.Rows.map(({ StartTime, EndTime }: Seen) => [StartTime, EndTime])).toEqual([
    [start.getTime() / 1000, start.getTime() / 1000 + 900],
    [start.getTime() / 1000 + 900, start.getTime() / 1000 + 1800],
  ]);
  const days = await report({
    Interval: 'DAY',
    TimeZone: 'Asia/Kolkata',
    StartTime: new Date('2026-01-02T18:30:00Z').getTime() / 1000,
    EndTime: new Date('2026-01-05T18:30:00Z').getTime() / 1000,
  });
  expect(days.Rows).toHaveLength(1);
  expect(days.Rows[0].StartTime).toBe(new Date('2026-01-03T18:30:00Z').getTime() / 1000);
});

test('three days are three by the zone’s clock, whether it is put back or forward within them, or three times 24 hours', async () => {
  const tried = async (from: string, to: string) =>
    report({
      Interval: 'FIFTEEN_MIN',
      TimeZone: 'Europe/Berlin',
      StartTime: new Date(from).getTime() / 1000,
      EndTime: new Date(to).getTime() / 1000,
    }).then(() => 'fine', String);
  // 73 hours; 71 hours; 72 hours that are 73 by the clock; one quarter of an hour more than the first.
  expect(await tried('2025-10-24T22:00:00Z', '2025-10-27T23:00:00Z')).toBe('fine');
  expect(await tried('2025-03-28T23:00:00Z', '2025-03-31T22:00:00Z')).toBe('fine');
  expect(await tried('2025-03-28T23:00:00Z', '2025-03-31T23:00:00Z')).toBe('fine');
  expect(await tried('2025-10-24T22:00:00Z', '2025-10-27T23:15:00Z')).toContain('3 days at most');
});

test('a team lead has what was in their branch then, or is of agents with the tags, and so do lists of agents', async () => {
  const lead = await centre.signedIn(['AccessMetrics.HistoricalMetrics.Access'], {
    hierarchy_restricted_resources: ['User'],
    allowed_access_control_hierarchy_group_id: emea.id,
  });
  expect(table(await report({ Groupings: ['AGENT'] }, lead))).toEqual([['ada.king', 2, 85]]);
  expect(valuesOf((await report({}, lead)).Totals)).toEqual([2, 85]);
  const tagged = await centre.signedIn(['AccessMetrics', 'Users.View'], {
    allowed_access_control_tags: JSON.stringify({ Team: 'Blue' }),
    tag_restricted_resources: ['User'],
  });
  expect(table(await report({ Groupings: ['AGENT'] }, tagged))).toEqual([['bob', 1, 80]]);
  expect(await refusalOf(report({ Filters: [{ FilterKey: 'AGENT', FilterValues: [ada] }] }, tagged))).toBe(
    'AccessDeniedException',
  );
  const agents = async (caller: Caller) =>
    (await call('ListReportAgents', {}, caller)).Agents.map(({ Username }: Seen) => Username);
  expect(await agents(tagged)).toEqual(['bob']);
});

test('a deletion changes nothing but the mark', async () => {
  const eve = await centre.addUser({ username: 'eve', firstName: 'Eve', tags: { Team: 'Green' } });
  await imported({ start: at(300), queue: support, agent: { id: eve, username: 'eve', groups: [emea] } });
  const tagged = await centre.signedIn(['AccessMetrics'], {
    allowed_access_control_tags: JSON.stringify({ Team: 'Green' }),
    tag_restricted_resources: ['User'],
  });
  const seen = async () => ({
    all: await report({ Groupings: ['AGENT'], Filters: [{ FilterKey: 'AGENT', FilterValues: [eve] }] }),
    tagged: await report({ Groupings: ['AGENT', 'QUEUE'] }, tagged),
  });
  const before = await seen();
  expect(table(before.tagged)).toHaveLength(1);
  await call('DeleteUser', { UserId: eve });
  const after = await seen();
  expect(after.all.Rows[0].Deleted).toEqual({ Time: monday.getTime() / 1000, By: 'TESTKEY' });
  const unmarked = (answer: Seen) => ({
    ...answer,
    Rows: answer.Rows.map(({ Deleted, ...row }: Seen) => row),
  });
  expect({ all: unmarked(after.all), tagged: unmarked(after.tagged) }).toEqual(before);
  expect((await call('ListReportAgents', { Deleted: true })).Agents).toEqual([
    {
      Id: eve,
      Username: 'eve',
      FirstName: 'Eve',
      LastName: 'Last',
      DeletedTime: monday.getTime() / 1000,
      DeletedBy: 'TESTKEY',
    },
  ]);
});

test('who has gone is listed under the name that they had where the caller sees them', async () => {
  const zoe = await centre.addUser({ username: 'zoe' });
  await imported({ start: at(-3600), agent: { id: zoe, username: 'zoe', groups: [emea] } });
  await imported({ start: at(7200), agent: { id: zoe, username: 'zoe.married', groups: [apac] } });
  await call('DeleteUser', { UserId: zoe });
  const lead = await centre.signedIn(['AccessMetrics'], {
    hierarchy_restricted_resources: ['User'],
    allowed_access_control_hierarchy_group_id: emea.id,
  });
  const nameFor = async (caller?: Caller) =>
    (await call('ListReportAgents', { Deleted: true }, caller)).Agents.find(({ Id }: Seen) => Id === zoe)?.Username;
  expect(await nameFor(lead)).toBe('zoe');
  expect(await nameFor()).toBe('zoe.married');
});

test('what cannot be asked for is refused in words', async () => {
  const message = (more: object) => report(more).then(String, (error: Error) => error.message);
  const seconds = start.getTime() / 1000;
  for (const [more, words] of [
    [{ EndTime: seconds }, 'before EndTime'],
    [{ EndTime: seconds + 4 * 86_400, Interval: 'FIFTEEN_MIN' }, '3 days at most'],
    [{ StartTime: seconds - 32 * 86_400 }, '31 days at most'],
    [{ StartTime: seconds + 60 }, 'StartTime must be a quarter of an hour'],
    [{ Interval: 'DAY' }, 'beginning of a day'],
    [{ TimeZone: 'Europe/Nowhere' }, 'IANA'],
    [{ Groupings: ['AGENT', 'AGENT'] }, 'twice'],
    [{ Metrics: [{ Name: 'HAPPINESS' }] }, 'Invalid metric name: HAPPINESS'],
    [{ Metrics: [{ Name: 'AVG_TALK_TIME' }] }, 'AVG_TALK_TIME is not offered'],
    [{ Metrics: [{ Name: 'SERVICE_LEVEL' }] }, 'must specify a Threshold'],
    [{ Filters: [{ FilterKey: 'QUEUE', FilterValues: ['nonsense'] }] }, 'neither the id nor the ARN of a queue'],
    [{ Filters: [{ FilterKey: 'QUEUE', FilterValues: Array.from({ length: 101 }, () => randomUUID()) }] }, '100'],
  ] as const) {
    expect(await message(more)).toContain(words);
  }
});

test('as a file a report has the words of the page, seconds, and a dash for no data', async () => {
  const file = await centre.download('DownloadHistoricalReport', {
    ...asked(),
    Groupings: ['AGENT'],
    Metrics: [{ Name: 'CONTACTS_HANDLED' }, { Name: 'AVG_HOLD_TIME' }],
    Filters: [{ FilterKey: 'AGENT', FilterValues: [bob] }],
  } as never);
  let text = '';
  for await (const chunk of file.chunks) text += chunk;
  expect(text).toBe(
    '\uFEFFStartInterval,EndInterval,Agent,Agent first name,Agent last name,Agent ID,Deleted,Contacts handled,Average customer hold time\r\n' +
      `2026-01-04T09:00:00Z,2026-01-04T10:00:00Z,bob,First,Last,${bob},,1,-\r\n`,
  );
});

test('what is beyond 120,000 cells is cut off, and the totals are of everything', async () => {
  // Two columns of times, the queue's, and a hundred metrics: 1,165 rows.
  const early = at(-20 * 86_400);
  const [StartTime, EndTime] = [early.getTime() / 1000, early.getTime() / 1000 + 3600];
  const Metrics = Array.from({ length: 100 }, (_, index) => ({
    Name: 'SUM_CONTACTS_ABANDONED_IN_X',
    Threshold: [{ Comparison: 'LTE', ThresholdValue: index + 1 }],
  }));
  const fill = async (queues: number) => {
    const Records = Array.from({ length: queues }, () => {
      const queue = { id: randomUUID(), name: 'One of many' };
      return contactRecord(centre.instance, { contactId: randomUUID(), start: early, queue });
    });
    await call('ImportContactRecords', { Records });
    const answer = await report({ StartTime, EndTime, Groupings: ['QUEUE'], Metrics });
    return [answer.Rows.length, answer.Truncated, answer.Totals[0].Value, answer.Totals[99].Value];
  };
  expect(await fill(1165)).toEqual([1165, false, 0, 1165]);
  expect(await fill(1)).toEqual([1165, true, 0, 1166]);
});
