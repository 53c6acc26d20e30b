import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { permissionIds } from '../../src/access/permissions.ts';
import { metricDefinitions } from '../../src/features/metrics/definitions.ts';
import { instanceArn } from '../../src/operations/arn.ts';
import type { UserCaller } from '../../src/operations/caller.ts';
import { allOperations } from '../../src/operations.ts';
import { agentStream, type EventAgent, type Step } from '../support/agent-events.ts';
import { refusalOf } from '../support/callers.ts';
import { centreForFile, monday } from '../support/centre.ts';
import { contactRecord } from '../support/contact-records.ts';
import { randomFrom } from '../support/random.ts';

/*
 * Whoever is limited learns nothing of what lies outside: whatever they ask, in whatever order and by whatever filter, each
 * answer, count, total, file and page token is to the letter what it would be if that had never happened. So every request
 * is sent twice, the second time when it has been taken out of the tables.
 */

/** What answers show: anything. */
// biome-ignore lint/suspicious/noExplicitAny: the test walks answers as clients without types do.
type Seen = any;

interface Named {
  readonly id: string;
  readonly name: string;
}

const centre = centreForFile({ clock: monday });
const random = randomFrom(20260105);
const hour = 3_600_000;
const start = new Date('2026-01-04T07:00:00Z');
const range = { StartTime: start.getTime() / 1000 - 7 * 3600, EndTime: start.getTime() / 1000 + 17 * 3600 };
const named = (names: readonly string[]): Named[] => names.map((name) => ({ id: randomUUID(), name }));
const queues = named(['Support', 'Billing', 'Sales']);
const profiles = named(['Tier 1', 'Tier 2']);
const channels = ['VOICE', 'CHAT', 'TASK'];
const languages = ['de', 'fr'];

interface Person extends EventAgent {
  readonly team: 'Red' | 'Blue';
}

let branches: Record<'emea' | 'claims' | 'apac', Named>;
let people: Person[];
let readers: Record<string, { caller: UserCaller; outside: string }>;

/** An agent's morning, in which they may be moved to another group; the texts of its records and events. */
function morning(person: Person) {
  const steps: Step[] = [
    { at: 0, type: 'LOGIN' },
    { at: 1000, status: 'Available' },
  ];
  const records: string[] = [];
  let at = 60_000;
  let now: EventAgent = person;
  let before: string | null = null;
  for (let call = 0; call < 5; call += 1) {
    const contactId = randomUUID();
    const queue = random.pick(queues);
    const talk = 30 + random.below(600);
    const contact = { contactId, queue };
    steps.push({ at, contact: { ...contact, state: 'CONNECTING' } });
    if (random.chance(0.3)) {
      steps.push({ at: at + 5000, contact: { ...contact, state: 'MISSED' } });
      steps.push({ at: at + 9000, contact: { contactId, state: null } });
    } else {
      steps.push({ at: at + 5000, contact: { ...contact, state: 'CONNECTED' } });
      steps.push({ at: at + talk * 1000, contact: { contactId, state: null } });
      records.push(
        contactRecord(centre.instance, {
          contactId,
          start: new Date(start.getTime() + at),
          agent: now,
          queue,
          talk,
          more: {
            Channel: random.pick(channels),
            Attributes: { Language: random.pick(languages), Owner: person.username },
            Tags: { Case: person.username },
            ContactDetails: { ContactDetailsName: `A refund for ${person.username}` },
            CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: `+1202555${1000 + random.below(9000)}` },
            // Chains lead over the edge of what is within reach.
            ...(before && random.chance(0.6) && { InitialContactId: before, PreviousContactId: before }),
            Recordings: [{ Location: `bucket/${contactId}.wav`, MediaStreamType: 'AUDIO', Status: 'AVAILABLE' }],
          },
        }),
      );
      before = contactId;
    }
    at += talk * 1000 + 60_000 + random.below(900_000);
    if (random.chance(0.4)) {
      now = { ...now, groups: random.pick([[branches.emea], [branches.apac]]), routingProfile: random.pick(profiles) };
      steps.push({ at: at - 1000, agent: now });
    }
  }
  steps.push({ at, status: 'Offline' }, { at: at + 1000, type: 'LOGOUT' });
  return { records, events: agentStream(centre.instance, person, start, steps) };
}

const everything = permissionIds.filter(
  (one) => !['MyContacts.View', 'RestrictContactAccessByHierarchy.View'].includes(one),
);

beforeAll(async () => {
  await centre.call('UpdateUserHierarchyStructure', {
    HierarchyStructure: { LevelOne: { Name: 'Region' }, LevelTwo: { Name: 'Team' } },
  });
  const group = async (name: string, ParentGroupId?: string): Promise<Named> => {
    const { HierarchyGroupId: id } = await centre.call('CreateUserHierarchyGroup', { Name: name, ParentGroupId });
    return { id: String(id), name };
  };
  const emea = await group('EMEA');
  branches = { emea, claims: await group('Claims', emea.id), apac: await group('APAC') };
  people = [];
  for (let index = 0; index < 12; index += 1) {
    const username = `${random.pick(['a', 'm', 'z'])}gent${index}`;
    const team = index % 2 === 0 ? 'Red' : 'Blue';
    const groups = [[branches.emea, branches.claims], [branches.emea], [branches.apac]][index % 3] ?? [];
    const id = await centre.addUser({
      username,
      firstName: `First${index}`,
      lastName: 'Last',
      tags: { Team: team },
      hierarchyGroupId: groups.at(-1)?.id ?? null,
    });
    people.push({ id, username, team, groups, routingProfile: random.pick(profiles) });
  }
  const days = people.map(morning);
  const Records = days.flatMap(({ records }) => records);
  for (const queue of queues) {
    const at = new Date(start.getTime() + random.below(8 * hour));
    Records.push(contactRecord(centre.instance, { contactId: randomUUID(), start: at, queue }));
  }
  await centre.call('ImportContactRecords', { Records });
  await centre.call('ImportAgentEvents', { Records: days.flatMap(({ events }) => events) });
  await centre.call('StartUserDeletion', { UserIds: people.slice(0, 5).map(({ id }) => id) });
  await centre.work();

  const red = people.filter(({ team }) => team === 'Red').map(({ id }) => `'${id}'`);
  const notRed = `(r.agent_id is null or r.agent_id not in (${red}))`;
  const notEmea = `(r.agent_snapshot_id is null or r.agent_snapshot_id not in (
    select id from agent_snapshot where '${emea.id}' = any(hierarchy_group_ids)))`;
  const byTag = { allowed_access_control_tags: JSON.stringify({ Team: 'Red' }), tag_restricted_resources: ['User'] };
  const byBranch = {
    hierarchy_restricted_resources: ['User'],
    allowed_access_control_hierarchy_group_id: emea.id,
  };
  readers = {
    'by tag': { caller: await centre.signedIn(everything, byTag), outside: notRed },
    'by hierarchy': { caller: await centre.signedIn(everything, byBranch), outside: notEmea },
    'by both': {
      caller: await centre.signedIn(everything, { ...byTag, ...byBranch }),
      outside: `(${notRed} or ${notEmea})`,
    },
  };
}, 120_000);

const metrics = Object.entries(metricDefinitions).map(([Name, { threshold }]: [string, Seen]) => ({
  Name,
  ...(threshold && { Threshold: [{ Comparison: 'LT', ThresholdValue: 20 }] }),
}));

type Asked = readonly [name: string, input: object];

const some = <T>(values: readonly T[]): T[] => {
  const chosen = values.filter(() => random.chance(0.5));
  return chosen.length > 0 ? chosen : [random.pick(values)];
};
const maybe = (members: object) => (random.chance(0.4) ? members : {});

/** What somebody who is curious asks. Members that name somebody name whom they reach today, or who is no more. */
function requests(agents: readonly string[], contactIds: readonly string[], count: number): Asked[] {
  const search = () => ({
    TimeRange: { Type: random.pick(['INITIATION_TIMESTAMP', 'DISCONNECT_TIMESTAMP', 'ENQUEUE_TIMESTAMP']), ...range },
    SearchCriteria: {
      ...maybe({ AgentIds: some(agents) }),
      ...maybe({ Channels: some(channels) }),
      ...maybe({ ContactTags: { TagCondition: { TagKey: 'Case', TagValue: random.pick(people).username } } }),
      ...maybe({
        Name: { SearchText: [random.pick(['refund', ...people.map((one) => one.username)])], MatchType: 'MATCH_ANY' },
      }),
      ...maybe({
        SearchableContactAttributes: {
          Criteria: [
            random.pick([
              { Key: 'Language', Values: ['de'] },
              { Key: 'Owner', Values: [] },
            ]),
          ],
          MatchType: random.pick(['MATCH_ALL', 'MATCH_NONE']),
        },
      }),
      ...maybe({ AgentHierarchyGroups: { L1Ids: [branches.emea.id] } }),
    },
    Sort: {
      FieldName: random.pick(['INITIATION_TIMESTAMP', 'CHANNEL', 'SCHEDULED_TIMESTAMP', 'INITIATION_METHOD']),
      Order: random.pick(['ASCENDING', 'DESCENDING']),
    },
  });
  const size = () => ({ MaxResults: 1 + random.below(7) });
  const keys = ['AGENT', 'QUEUE', 'CHANNEL', 'ROUTING_PROFILE', 'AGENT_HIERARCHY_LEVEL_ONE'];
  const report = (more: readonly string[]) => ({
    ...range,
    Groupings: random.chance(0.2) ? [] : some([...keys, ...more]),
    Metrics: random.chance(0.3) ? metrics : some(metrics),
    Filters: random.chance(0.5)
      ? [{ FilterKey: 'AGENT', FilterValues: some(agents) }]
      : [{ FilterKey: 'CHANNEL', FilterValues: some(channels) }],
  });
  const data = () => ({
    ResourceArn: instanceArn(centre.instance),
    ...report([]),
    Groupings: ['AGENT', ...maybeList('CHANNEL')],
    Metrics: ['CONTACTS_HANDLED', 'AVG_HANDLE_TIME', 'MAX_QUEUED_TIME'].map((Name) => ({ Name })),
    Filters: [{ FilterKey: 'AGENT', FilterValues: some(agents) }],
  });
  const maybeList = (key: string) => (random.chance(0.5) ? [key] : []);
  const contact = () => ({ ContactId: random.pick(contactIds) });
  const kinds: (() => Asked)[] = [
    () => ['SearchContacts', { ...search(), ...size() }],
    () => ['SearchContactDetails', { ...search(), ...size(), ...maybe({ Endpoint: '+1202' }) }],
    () => ['DownloadContacts', search()],
    () => ['GetHistoricalReport', { ...report(['PHONE_NUMBER']), Interval: random.pick(['TOTAL', 'DAY']) }],
    () => ['DownloadHistoricalReport', { ...report(['PHONE_NUMBER']), Interval: random.pick(['TOTAL', 'DAY']) }],
    () => ['ListReportAgents', { Deleted: random.chance(0.7), ...size() }],
    () => ['GetMetricDataV2', { ...data(), ...size() }],
    () => ['GetAgentActivity', { ...range, AgentIds: some(agents), ...size() }],
    () => ['DownloadAgentActivity', { ...range, AgentIds: some(agents) }],
    () => ['GetLoginLogoutReport', { ...range, ...maybe({ Filters: { AgentIds: some(agents) } }), ...size() }],
    () => ['DownloadLoginLogoutReport', range],
    () => ['DescribeContact', contact()],
    () => ['DescribeContactDetails', contact()],
    () => ['ListAssociatedContacts', { ...contact(), ...size() }],
  ];
  return Array.from({ length: count }, (_, index) => (kinds[index % kinds.length] ?? random.pick(kinds))());
}

/** Everything that comes of a request, over all pages, as it comes. */
async function answered([name, input]: Asked, caller: UserCaller): Promise<string> {
  const answers: string[] = [];
  let NextToken: string | undefined;
  try {
    do {
      const answer: Seen = await centre.send(name, { ...input, ...(NextToken && { NextToken }) }, caller);
      if (answer.chunks) for await (const chunk of answer.chunks) answers.push(chunk);
      else answers.push(JSON.stringify(answer));
      NextToken = answer.NextToken;
    } while (NextToken);
  } catch (error) {
    answers.push(`refused: ${error}`);
  }
  return answers.join('\n');
}

const tables = ['contact', 'contact_raw', 'agent_segment', 'agent_interval', 'agent_offer', 'agent_session'];

async function withoutOutside<T>(outside: string, look: () => Promise<T>): Promise<T> {
  const { db } = centre;
  for (const table of [...tables, 'agent_snapshot']) {
    await sql`create table ${sql.table(`kept_${table}`)} as table ${sql.table(table)}`.execute(db);
    if (table !== 'contact_raw' && table !== 'agent_snapshot') {
      await sql`delete from ${sql.table(table)} r where ${sql.raw(outside)}`.execute(db);
    }
  }
  await sql`delete from contact_raw where contact_id not in (select contact_id from contact)`.execute(db);
  const used = sql.raw(
    tables
      .filter((table) => table !== 'contact_raw')
      .map((table) => `select agent_snapshot_id from ${table} where agent_snapshot_id is not null`)
      .join(' union all '),
  );
  await sql`delete from agent_snapshot where id not in (${used})`.execute(db);
  const found = await look();
  for (const table of [...tables, 'agent_snapshot']) {
    await sql`delete from ${sql.table(table)}`.execute(db);
    await sql`insert into ${sql.table(table)} table ${sql.table(`kept_${table}`)}`.execute(db);
    await sql`drop table ${sql.table(`kept_${table}`)}`.execute(db);
  }
  return found;
}

test.each(['by tag', 'by hierarchy', 'by both'])(
  'who is limited %s learns nothing of what is outside',
  async (name) => {
    const reader = readers[name];
    if (!reader) throw new Error('There is no such reader.');
    const { caller, outside } = reader;
    const { rows } = await sql<{ id: string }>`
    select contact_id as id from contact r where not ${sql.raw(outside)} order by initiation_time`.execute(centre.db);
    const contactIds = rows.map(({ id }) => id);
    const deleted = people.slice(0, 5).map(({ id }) => id);
    const living = people.slice(5).filter(({ team, groups }) => {
      const isEmea = groups?.some(({ id }) => id === branches.emea.id);
      return (name === 'by hierarchy' || team === 'Red') && (name === 'by tag' || isEmea);
    });
    const agents = [...deleted, ...living.map(({ id }) => id)];
    const asked = requests(agents, contactIds, 56);
    const before = [];
    for (const one of asked) before.push(await answered(one, caller));
    const after = await withoutOutside(outside, async () => {
      const answers = [];
      for (const one of asked) answers.push(await answered(one, caller));
      return answers;
    });
    for (const [index, one] of asked.entries()) {
      expect.soft(before[index], JSON.stringify(one)).toBe(after[index]);
      expect.soft(before[index], JSON.stringify(one)).not.toContain('refused:');
    }
    // Of each kind something was seen.
    expect(before.filter((text) => text.length > 300).length).toBeGreaterThan(30);
  },
  120_000,
);

test('who is limited neither imports history nor has it checked: it speaks of everybody', async () => {
  const StartTime = start.getTime() / 1000;
  const asked = {
    ImportContactRecords: { Records: ['{}'] },
    ImportAgentEvents: { Records: ['{}'] },
    CheckAgentHistory: { Login: people[1]?.username ?? '', StartTime, EndTime: StartTime + 3600 },
    CheckQueueHistory: { Queue: queues[0]?.id ?? '', StartTime, EndTime: StartTime + 3600 },
  };
  // A recording is of one contact, which is within reach or not.
  const all = allOperations.flatMap(({ name, permission }) => (permission === 'ContactRecords.Import' ? [name] : []));
  expect([...Object.keys(asked), 'PutRecording'].sort()).toEqual(all.sort());
  for (const [name, input] of Object.entries(asked)) {
    for (const { caller } of Object.values(readers)) {
      expect(await refusalOf(centre.send(name, input, caller)), name).toBe('AccessDeniedException');
    }
    expect(await refusalOf(centre.send(name, input)), name).toBe('was not refused');
  }
});
