import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { PermissionId } from '../../src/access/permissions.ts';
import { metricDefinitions } from '../../src/features/metrics/definitions.ts';
import { instanceArn } from '../../src/operations/arn.ts';
import type { Caller, UserCaller } from '../../src/operations/caller.ts';
import { agentStream, type EventAgent, type Step } from '../support/agent-events.ts';
import { refusalOf } from '../support/callers.ts';
import { centreForFile, monday } from '../support/centre.ts';
import { contactRecord } from '../support/contact-records.ts';
import { randomOf } from '../support/random.ts';

/*
 * "The user's data in contact records and reports is retained" (Amazon Connect Administrator Guide, "Delete users from your
 * Amazon Connect instance"): whatever can be read of a closed time range before a batch of deletions reads the same after it.
 */

/** What answers show: anything. */
// biome-ignore lint/suspicious/noExplicitAny: the test walks answers as clients without types do.
type Seen = any;

interface Named {
  readonly id: string;
  readonly name: string;
}

const centre = centreForFile({ clock: monday });
const random = randomOf('after a deletion');
const hour = 3_600_000;
const dayStart = new Date('2026-01-03T00:00:00Z');
let emea: Named;
let claims: Named;
let apac: Named;
const queues = ['Support', 'Billing'].map((name) => ({ id: randomUUID(), name }));
const profiles = ['Tier 1', 'Tier 2'].map((name) => ({ id: randomUUID(), name }));
let agents: EventAgent[];
const contactIds: string[] = [];

/** One day of an agent: signs in, takes calls, misses some, has lunch, is renamed or moved to another team at times. */
function aDay(agent: EventAgent, start: Date): { readonly steps: Step[]; readonly records: string[] } {
  const steps: Step[] = [
    { at: 0, type: 'LOGIN' },
    { at: 1000, status: 'Available' },
  ];
  const records: string[] = [];
  let at = 60_000;
  let now = agent;
  for (let call = 0; call < 6; call += 1) {
    const contactId = randomUUID();
    const queue = random.pick(queues);
    const contact = { contactId, queue };
    const talk = 30 + random.below(600);
    const begin = at;
    steps.push({ at, contact: { ...contact, state: 'CONNECTING' } });
    at += 15_000;
    if (random.chance(0.2)) {
      steps.push(
        { at, contact: { ...contact, state: 'MISSED' } },
        { at: at + 5000, contact: { contactId, state: null } },
      );
      at += 5000;
    } else {
      steps.push({ at, contact: { ...contact, state: 'CONNECTED' } });
      at += talk * 1000;
      steps.push({ at, contact: { ...contact, state: 'ENDED' } });
      at += 20_000;
      steps.push({ at, contact: { contactId, state: null } });
      contactIds.push(contactId);
      records.push(
        contactRecord(centre.instance, {
          contactId,
          start: new Date(start.getTime() + begin),
          agent: now,
          queue,
          talk,
          more: {
            Attributes: { Case: `${call}` },
            ...(random.chance(0.3) && { TransferCompletedTimestamp: new Date(start.getTime() + at).toISOString() }),
          },
        }),
      );
    }
    if (random.chance(0.2)) {
      now = { ...now, routingProfile: random.pick(profiles), groups: random.pick([[emea], [emea, claims], [apac]]) };
      steps.push({ at: at + 1000, agent: now });
    }
    at += 10_000 + random.below(900_000);
  }
  steps.push(
    { at, status: 'Lunch' },
    { at: at + 1_800_000, status: 'Offline' },
    { at: at + 1_801_000, type: 'LOGOUT' },
  );
  return { steps, records };
}

beforeAll(async () => {
  await centre.call('UpdateUserHierarchyStructure', {
    HierarchyStructure: { LevelOne: { Name: 'Region' }, LevelTwo: { Name: 'Team' } },
  });
  const group = async (name: string, ParentGroupId?: string): Promise<Named> => {
    const { HierarchyGroupId: id } = await centre.call('CreateUserHierarchyGroup', { Name: name, ParentGroupId });
    return { id: String(id), name };
  };
  emea = await group('EMEA');
  claims = await group('Claims', emea.id);
  apac = await group('APAC');
  agents = [];
  for (let index = 0; index < 50; index += 1) {
    const username = `agent${index}`;
    const team = index % 2 === 0 ? 'Red' : 'Blue';
    const groups = [[emea, claims], [emea], [apac]][index % 3] ?? [];
    const id = await centre.addUser({
      username,
      firstName: `First ${index}`,
      lastName: 'Last',
      tags: { Team: team },
      hierarchyGroupId: groups.at(-1)?.id ?? null,
    });
    const routingProfile = random.pick(profiles);
    agents.push({ id, username, firstName: `First ${index}`, lastName: 'Last', groups, routingProfile });
  }
  for (const day of [0, 1]) {
    const start = new Date(dayStart.getTime() + day * 24 * hour + 7 * hour);
    const days = agents.map((agent) => ({ agent, start, ...aDay(agent, start) }));
    const Records = days.flatMap(({ records }) => records);
    // Some hang up before anybody answers.
    for (let index = 0; index < 20; index += 1) {
      const at = new Date(start.getTime() + random.below(8 * hour));
      Records.push(contactRecord(centre.instance, { contactId: randomUUID(), start: at, queue: random.pick(queues) }));
    }
    expect(await centre.call('ImportContactRecords', { Records })).toMatchObject({ NewCount: Records.length });
    const events = days.flatMap(({ agent, start, steps }) => agentStream(centre.instance, agent, start, steps));
    expect(await centre.call('ImportAgentEvents', { Records: events })).toMatchObject({ NewCount: events.length });
  }
}, 120_000);

const reading: PermissionId[] = [
  'ContactSearch.View',
  'ContactAttributes.View',
  'AccessMetrics',
  'AgentTimeCard.View',
  'Users.View',
  'AccessMetrics.AgentActivityAudit.IncludeDeleted',
];

/** Somebody whose one security profile reads history, within limits. */
async function lead(permissions: readonly PermissionId[], limits?: Record<string, unknown>): Promise<UserCaller> {
  const caller = await centre.signedIn(permissions);
  if (!limits) return caller;
  const own = await centre.db
    .selectFrom('user_security_profile')
    .select('security_profile_id')
    .where('user_id', '=', caller.userId)
    .executeTakeFirstOrThrow();
  await centre.db.updateTable('security_profile').set(limits).where('id', '=', own.security_profile_id).execute();
  return caller;
}

const range = {
  StartTime: dayStart.getTime() / 1000,
  EndTime: dayStart.getTime() / 1000 + 2 * 86_400,
};

/** Every page of an answer. */
async function pages(name: string, member: string, input: object, caller: Caller): Promise<Seen[]> {
  const all: Seen[] = [];
  let NextToken: string | undefined;
  do {
    const answer: Seen = await centre.send(name, { ...input, ...(NextToken && { NextToken }) }, caller);
    all.push(...answer[member]);
    NextToken = answer.NextToken;
  } while (NextToken);
  return all;
}

async function textOf(name: string, input: object, caller: Caller): Promise<string> {
  const { chunks } = (await centre.send(name, input, caller)) as Seen;
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

const metrics = Object.entries(metricDefinitions).map(([Name, { threshold }]: [string, Seen]) => ({
  Name,
  ...(threshold && { Threshold: [{ Comparison: 'LT', ThresholdValue: 20 }] }),
}));
const groupings = [
  [],
  ['AGENT'],
  ['QUEUE', 'CHANNEL'],
  ['ROUTING_PROFILE', 'AGENT'],
  ['AGENT_HIERARCHY_LEVEL_ONE', 'AGENT_HIERARCHY_LEVEL_TWO'],
  ['AGENT', 'QUEUE', 'PHONE_NUMBER'],
];

/** Everything of the closed range that somebody can read. */
async function everything(caller: Caller, agentIds: readonly string[]) {
  const found = { TimeRange: { Type: 'INITIATION_TIMESTAMP', ...range } };
  const contacts = await pages('SearchContacts', 'Contacts', { ...found, MaxResults: 100 }, caller);
  const records = [];
  for (const [index, { Id: ContactId }] of contacts.entries()) {
    if (index % 5 !== 0) continue;
    const initial = { ContactId, InitialContactId: ContactId };
    records.push([
      await centre.send('DescribeContact', { ContactId }, caller),
      await centre.send('DescribeContactDetails', { ContactId }, caller),
      await centre.send('GetContactAttributes', initial, caller),
      await centre.send('ListAssociatedContacts', { ContactId }, caller),
    ]);
  }
  const reports = [];
  for (const Groupings of groupings) {
    for (const Interval of Groupings[0] === 'AGENT' ? ['TOTAL', 'THIRTY_MIN'] : ['TOTAL', 'DAY']) {
      const asked = { ...range, Interval, TimeZone: 'UTC', Groupings, Metrics: metrics };
      reports.push(await centre.send('GetHistoricalReport', asked, caller));
    }
  }
  const data = await pages(
    'GetMetricDataV2',
    'MetricResults',
    {
      ResourceArn: instanceArn(centre.instance),
      ...range,
      Interval: { IntervalPeriod: 'DAY' },
      Filters: [{ FilterKey: 'AGENT', FilterValues: agentIds }],
      Groupings: ['AGENT', 'ROUTING_PROFILE'],
      Metrics: [{ Name: 'CONTACTS_HANDLED' }, { Name: 'AVG_HANDLE_TIME' }, { Name: 'SUM_ONLINE_TIME_AGENT' }],
    },
    caller,
  );
  const of = { ...range, AgentIds: agentIds };
  return {
    contacts,
    details: await pages('SearchContactDetails', 'Contacts', { ...found, MaxResults: 100 }, caller),
    records,
    reports,
    data,
    activity: await pages('GetAgentActivity', 'Intervals', of, caller),
    sessions: await pages('GetLoginLogoutReport', 'Sessions', range, caller),
    files: [
      await textOf('DownloadContacts', found, caller),
      await textOf('DownloadAgentActivity', of, caller),
      await textOf('DownloadLoginLogoutReport', range, caller),
      await textOf(
        'DownloadHistoricalReport',
        { ...range, Interval: 'DAY', Groupings: ['AGENT'], Metrics: metrics },
        caller,
      ),
    ],
  };
}

/** What tells that somebody is deleted. */
const marks = new Set(['Deleted', 'DeletedTime', 'DeletedBy', 'UserBatchId']);
const isMark = (name: string, value: Seen) =>
  marks.has(name) || (name === 'Status' && (value === 'PRESENT' || value === 'DELETED'));

/** In files. Nothing of the closed range is of this time. */
const deletedAt = new RegExp(monday.toISOString().replace('.000Z', '(\\.000)?(Z|\\+00:00)'), 'g');

/** Each value of an answer with its place, but for the marks. */
function* valuesIn(value: Seen, place = ''): Generator<string> {
  if (typeof value === 'string')
    yield* value
      .replaceAll(deletedAt, '')
      .split('\r\n')
      .map((line) => `${place}: ${line}`);
  else if (value === null || typeof value !== 'object') yield `${place}: ${value}`;
  else {
    yield `${place}: ${Object.keys(value)
      .filter((name) => !isMark(name, value[name]))
      .sort()}`;
    for (const [name, part] of Object.entries(value))
      if (!isMark(name, part)) yield* valuesIn(part, `${place}.${name}`);
  }
}

/** The first of what is in one of two answers only. */
function differences(before: Seen, after: Seen): string[] {
  const [old, now] = [new Set(valuesIn(before)), new Set(valuesIn(after))];
  const gone = [...old].filter((value) => !now.has(value)).map((value) => `- ${value}`);
  const come = [...now].filter((value) => !old.has(value)).map((value) => `+ ${value}`);
  return [...gone.slice(0, 10), ...come.slice(0, 10)];
}

test('forty of fifty are deleted, and no value of what they did is another', async () => {
  const readers = {
    administrator: await lead(reading),
    'access key': centre.key,
    'team lead by tag': await lead(reading, {
      allowed_access_control_tags: JSON.stringify({ Team: 'Red' }),
      tag_restricted_resources: ['User'],
    }),
    'team lead by hierarchy': await lead(reading, {
      hierarchy_restricted_resources: ['User'],
      allowed_access_control_hierarchy_group_id: emea.id,
    }),
  };
  const ids = agents.map(({ id }) => id);
  /** Whom each may name. */
  const idsOf = (name: string) =>
    ids.filter((_, index) => (name.endsWith('tag') ? index % 2 === 0 : !name.endsWith('hierarchy') || index % 3 !== 2));
  const own = await lead(reading.filter((permission) => !permission.endsWith('IncludeDeleted')));
  const before: Record<string, Seen> = {};
  for (const [name, caller] of Object.entries(readers)) before[name] = await everything(caller, idsOf(name));
  // What is compared is not nothing, and not the same for all.
  expect(before.administrator.contacts.length).toBeGreaterThan(contactIds.length);
  expect(before['access key'].contacts).toEqual(before.administrator.contacts);
  for (const name of ['team lead by tag', 'team lead by hierarchy']) {
    expect(before[name].contacts.length).toBeGreaterThan(50);
    expect(before[name].contacts.length).toBeLessThan(contactIds.length);
    expect(before[name].activity.length).toBeGreaterThan(500);
    expect(before[name].data.length).toBeGreaterThan(20);
    expect(before[name].sessions.length).toBeGreaterThan(20);
  }

  const leavers = ids.slice(0, 40);
  await centre.call('StartUserDeletion', { UserIds: leavers });
  await centre.work();
  expect(await centre.living(ids)).toBe(10);

  for (const [name, caller] of Object.entries(readers)) {
    const after = await everything(caller, idsOf(name));
    for (const part of Object.keys(after)) {
      expect.soft(differences(before[name][part], (after as Seen)[part]), `${part} of the ${name}`).toEqual([]);
    }
    // The marks themselves are there.
    expect(after.details.filter(({ Agent }: Seen) => Agent?.DeletedTime).length, name).toBeGreaterThan(20);
  }

  // The one thing that forgets them is the drop-down of the Agent activity audit.
  const activity = (AgentIds: string[]) => centre.send('GetAgentActivity', { ...range, AgentIds }, own);
  expect(await refusalOf(activity(leavers.slice(0, 1)))).toBe('AccessDeniedException');
  expect(await refusalOf(activity(ids.slice(40, 41)))).toBe('was not refused');
  const offered = await pages('ListReportAgents', 'Agents', {}, own);
  expect(offered.map(({ Id }) => Id).filter((id) => ids.includes(id))).toHaveLength(10);
  const gone = await pages('ListReportAgents', 'Agents', { Deleted: true }, own);
  expect(gone.map(({ Id }) => Id).sort()).toEqual([...leavers].sort());
}, 300_000);
