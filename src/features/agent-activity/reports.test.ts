import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { beforeAll, expect, test } from 'vitest';
import { agentStream } from '../../../test/support/agent-events.ts';
import { allPages } from '../../../test/support/callers.ts';
import { centreForFile } from '../../../test/support/centre.ts';
import { auditWord } from './words.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: new Date('2026-06-01T00:00:00Z') });
const start = new Date('2026-05-04T07:00:00Z');
const seconds = (time: string | number | Date) => new Date(time).getTime() / 1000;
const day = { StartTime: seconds('2026-05-03T22:00:00Z'), EndTime: seconds('2026-05-04T22:00:00Z') };
const call = 'c0000000-0000-4000-8000-000000000001';
let ada = '';
let bob = '';
let stranger = '';
const team = { id: randomUUID(), name: 'Team' };
const profile = { id: randomUUID(), name: 'Tier 1' };

const stepsOf = [
  { at: 0, type: 'LOGIN' },
  { at: 60_000, status: 'Available' },
  { at: 120_000, contact: { contactId: call, state: 'CONNECTING' } },
  { at: 130_000, contact: { contactId: call, state: 'CONNECTED' } },
  { at: 190_000, contact: { contactId: call, state: 'ENDED' } },
  { at: 200_000, contact: { contactId: call, state: null } },
  { at: 260_000, status: 'Offline' },
  { at: 300_000, type: 'LOGOUT' },
];

beforeAll(async () => {
  ada = await centre.addUser({ username: 'ada' });
  bob = await centre.addUser({ username: 'bob' });
  stranger = randomUUID();
  const people = [
    { id: ada, username: 'ada', firstName: 'Ada', lastName: 'L', routingProfile: profile, groups: [team] },
    { id: bob, username: 'bob' },
    { id: stranger, username: '=stranger', groups: [team] },
  ];
  for (const person of people) {
    await centre.call('ImportAgentEvents', { Records: agentStream(centre.instance, person, start, stepsOf) });
  }
});

const audit = async (AgentIds: string[], more = {}) =>
  (await centre.call('GetAgentActivity', { AgentIds, ...day, ...more })).Intervals;

test('the audit tells each status in Connect’s words, with segments of one word as one line', async () => {
  const lines = await audit([ada]);
  expect(lines.map(({ Status, Duration }) => [Status, Duration])).toEqual([
    ['Offline', 60],
    ['Available', 60],
    ['Connecting', 10],
    ['Call Connected', 60],
    ['Busy', 10],
    ['Available', 60],
    ['Offline', undefined],
  ]);
  expect(lines.every(({ Username, AgentId }) => Username === 'ada' && AgentId === ada)).toBe(true);
  const cut = { StartTime: seconds(start.getTime() + 150_000), EndTime: seconds(start.getTime() + 195_000) };
  expect((await audit([ada], cut)).map(({ Status, Duration }) => [Status, Duration])).toEqual([
    ['Call Connected', 40],
    ['Busy', 5],
  ]);
});

test('pages of one line follow each other without a gap', async () => {
  const all = await audit([ada, bob]);
  const paged: unknown[] = [];
  const pages = await allPages((NextToken) =>
    centre.call('GetAgentActivity', { AgentIds: [ada, bob], ...day, MaxResults: 1, ...(NextToken && { NextToken }) }),
  );
  paged.push(...pages.flatMap(({ Intervals }) => Intervals));
  expect(paged).toEqual(all);
});

test('words for what contacts do, by channel and method', () => {
  const word = (activity: string | null, channel = 'VOICE', initiationMethod = 'INBOUND') =>
    auditWord({ statusName: 'Available', statusType: 'ROUTABLE', activity, channel, initiationMethod });
  expect(['VOICE', 'CHAT', 'TASK'].map((channel) => word('MISSED', channel))).toEqual([
    'Agent Disconnected',
    'Contact Missed',
    'Contact Missed',
  ]);
  expect(['VOICE', 'CHAT', 'EMAIL'].map((channel) => word('REJECTED', channel))).toEqual([
    'Agent Disconnected',
    'Contact Missed',
    'Rejected',
  ]);
  expect([word('CONNECTED'), word('CONNECTED', 'CHAT')]).toEqual(['Call Connected', 'Connected']);
  expect([word('CONNECTING'), word('CONNECTING', 'VOICE', 'OUTBOUND')]).toEqual(['Connecting', 'Calling Customer']);
});

test('of those who are gone the audit is told to whoever may include them; the numbers stay', async () => {
  const reader = await centre.signedIn(['AccessMetrics.AgentActivityAudit.Access']);
  const both = await centre.signedIn([
    'AccessMetrics.AgentActivityAudit.Access',
    'AccessMetrics.AgentActivityAudit.IncludeDeleted',
  ]);
  const of = (AgentIds: string[], who: typeof reader) => centre.call('GetAgentActivity', { AgentIds, ...day }, who);
  const before = await of([bob, ada], reader);
  await expect(of([stranger], reader)).rejects.toThrow('IncludeDeleted');
  await centre.call('DeleteUser', { UserId: bob });
  await expect(of([ada, bob], reader)).rejects.toThrow('IncludeDeleted');
  expect(await of([ada, bob], both)).toEqual(before);
  expect((await of([stranger], both)).Intervals).not.toEqual([]);
});

test('whoever is limited by hierarchy sees what was in their branch then, also of one who has moved', async () => {
  const led = await centre.signedIn([
    'AccessMetrics',
    'AccessMetrics.AgentActivityAudit.IncludeDeleted',
    'AgentTimeCard.View',
  ]);
  await centre.db
    .updateTable('security_profile')
    .set({ hierarchy_restricted_resources: ['User'], allowed_access_control_hierarchy_group_id: team.id })
    .where('id', 'in', (query) =>
      query.selectFrom('user_security_profile').select('security_profile_id').where('user_id', '=', led.userId),
    )
    .execute();
  const activityOf = async (id: string) =>
    (await centre.call('GetAgentActivity', { AgentIds: [id], ...day }, led)).Intervals.length;
  expect(await activityOf(stranger)).toBe(7);
  expect(await activityOf(bob)).toBe(0);
  const { Sessions } = await centre.call('GetLoginLogoutReport', day, led);
  expect(Sessions.map(({ Username }) => Username).sort()).toEqual(['=stranger', 'ada']);
});

test('the Login/Logout report has everybody’s sessions, by filters as things were at the login', async () => {
  const report = async (more = {}) => (await centre.call('GetLoginLogoutReport', { ...day, ...more })).Sessions;
  expect((await report()).map(({ Username, Duration, Source }) => [Username, Duration, Source]).sort()).toEqual([
    ['=stranger', 300, 'EVENT'],
    ['ada', 300, 'EVENT'],
    ['bob', 300, 'EVENT'],
  ]);
  const deleted = (await report()).filter(({ DeletedTime }) => DeletedTime !== undefined);
  expect(deleted).toMatchObject([{ Username: 'bob', DeletedBy: 'TESTKEY' }]);
  expect(await report({ Filters: { HierarchyGroupIds: [team.id], AgentIds: [ada] } })).toMatchObject([
    { Username: 'ada', FirstName: 'Ada', RoutingProfile: { Id: profile.id, Name: 'Tier 1' } },
  ]);
  expect(await report({ Filters: { RoutingProfileIds: [profile.id] } })).toHaveLength(1);
  expect(await report({ Filters: { AgentIds: [stranger] } })).toMatchObject([{ Username: '=stranger' }]);
  const later = { StartTime: seconds(start.getTime() + 300_000), EndTime: seconds(start.getTime() + 301_000) };
  expect(await report(later)).toHaveLength(3);
});

test('both are files, in the time of a zone, with formulas made harmless', async () => {
  const zone = { TimeZone: 'Asia/Kolkata' };
  const { chunks } = await centre.download('DownloadAgentActivity', { AgentIds: [ada], ...day, ...zone });
  const activity = await text(chunks);
  expect(activity.split('\r\n').slice(0, 2)).toEqual([
    '\uFEFFAgent,Start,End,Duration,Status,Status type,Agent ID',
    `ada,2026-05-04T12:30:00+05:30,2026-05-04T12:31:00+05:30,60,Offline,OFFLINE,${ada}`,
  ]);
  const file = await centre.download('DownloadLoginLogoutReport', { ...day, ...zone });
  const sessions = await text(file.chunks);
  const lines = sessions.split('\r\n');
  // bob has been deleted above; of the stranger nobody knows.
  expect(lines.filter((line) => /,\d{4}-[^,]+$/.test(line)).map((line) => line.split(',')[0])).toEqual(['bob']);
  expect(sessions).toContain("'=stranger,,,,2026-05-04T12:30:00+05:30,2026-05-04T12:35:00+05:30,300,EVENT,");
});

test('ranges that are too long, none, or of no zone are refused', async () => {
  const from = (EndTime: string, more = {}) =>
    centre.call('GetLoginLogoutReport', { ...day, EndTime: seconds(EndTime), ...more });
  await expect(from('2026-05-03T22:00:00Z')).rejects.toThrow('StartTime must be before EndTime');
  await expect(from('2026-05-10T22:00:01Z')).rejects.toThrow('7 days at most');
  const autumn = { StartTime: seconds('2025-10-24T22:00:00Z'), TimeZone: 'Europe/Berlin' };
  await expect(from('2025-10-31T23:00:00Z', autumn)).resolves.toMatchObject({ Sessions: [] });
  await expect(from('2025-10-31T23:00:01Z', autumn)).rejects.toThrow('7 days at most');
  await expect(from('2026-05-04T22:00:00Z', { TimeZone: 'Mars/Base' })).rejects.toThrow('IANA time zone');
  await expect(audit([ada], { EndTime: seconds('2026-08-02T00:00:00Z') })).rejects.toThrow('90 days at most');
});
