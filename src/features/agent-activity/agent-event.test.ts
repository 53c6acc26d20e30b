import { expect, test } from 'vitest';
import { agentEvent } from '../../../test/support/agent-events.ts';
import { sampleOrigin } from '../../../test/support/contact-records.ts';
import type { Instance } from '../../operations/instance.ts';
import { type AgentEvent, readAgentEvent } from './agent-event.ts';
import { inOrder } from './event-order.ts';

const instance = { ...sampleOrigin, region: 'us-east-1', alias: 'cordboard' } as Instance;
const rules = { instance, anyInstance: false, keptDays: null, now: new Date('2026-06-01T00:00:00Z') };
const since = new Date('2026-05-04T09:00:00.123Z');
const time = new Date('2026-05-04T09:10:00.456Z');
const agent = { id: '10000000-0000-4000-8000-0000000000a1', username: 'agent.one' };
const contact = {
  contactId: 'c0000000-0000-4000-8000-000000000010',
  state: 'ERROR',
  since,
  queue: { id: '1a000000-0000-4000-8000-000000000003', name: 'Accounts' },
};
const state = { agent, status: { name: 'Available', since }, contacts: [contact] };
const sample = agentEvent(instance, { time, agent, current: { ...state, contacts: [] }, previous: state });

interface Sample {
  [member: string]: unknown;
  CurrentAgentSnapshot: Record<string, unknown> & { AgentStatus: Record<string, unknown> };
  PreviousAgentSnapshot: Record<string, unknown> & { Contacts: Record<string, unknown>[] };
}

function changed(change: (event: Sample) => void): string {
  const event = JSON.parse(sample) as Sample;
  change(event);
  return JSON.stringify(event);
}

const taken = (text: string): AgentEvent => {
  const event = readAgentEvent(text, rules);
  if ('reason' in event) throw new Error(`${event.field}: ${event.reason}`);
  return event;
};
const outcome = (change: (event: Sample) => void, more = {}) => {
  const read = readAgentEvent(changed(change), { ...rules, ...more });
  return 'reason' in read ? `${read.field}: ${read.reason}` : 'taken';
};

test('an event is read into what the agent was before and after', () => {
  expect(taken(sample)).toMatchObject({
    agentId: agent.id,
    time,
    type: 'STATE_CHANGE',
    agent: { username: 'agent.one', firstName: null, routingProfile: null, hierarchyPath: [] },
    current: { status: { name: 'Available', type: 'ROUTABLE', since }, contacts: [] },
    previous: { contacts: [{ state: 'ERROR', channel: 'VOICE', queue: { type: 'STANDARD', name: 'Accounts' } }] },
  });
});

test('what streams of all versions write is taken', () => {
  const statusOf = (status: object) =>
    taken(changed((event) => Object.assign(event.CurrentAgentSnapshot.AgentStatus, status))).current?.status;
  // Without a Type the name tells.
  expect(statusOf({ Name: 'Offline' })?.type).toBe('OFFLINE');
  expect(statusOf({ Name: 'Tea' })?.type).toBe('CUSTOM');
  expect(statusOf({ Name: 'Ready', Type: 'ROUTABLE' })?.type).toBe('ROUTABLE');
  const arn = `arn:aws:connect:us-east-1:1:instance/${instance.id}/agent-status/2b000000-0000-4000-8000-000000000001`;
  expect(statusOf({ ARN: arn })?.id).toBe('2b000000-0000-4000-8000-000000000001');
  const contactWith = (members: object) =>
    taken(changed((event) => Object.assign(event.PreviousAgentSnapshot.Contacts[0] ?? {}, members))).previous
      ?.contacts[0];
  expect(contactWith({ Channel: 'TASKS' })?.channel).toBe('TASK');
  const own = `arn:aws:connect:us-east-1:1:instance/${instance.id}/queue/agent/${agent.id}`;
  expect(contactWith({ Queue: { ARN: own, Name: null } })?.queue).toEqual({
    queueId: agent.id,
    type: 'AGENT',
    name: null,
  });
  // A logout may say nothing of what is then.
  const logout = changed((event) => Object.assign(event, { EventType: 'LOGOUT', CurrentAgentSnapshot: null }));
  expect(taken(logout)).toMatchObject({ current: null, agent: { username: 'agent.one' } });
});

test('times that repeat their seconds as milliseconds are taken as whole seconds, by all of them', () => {
  const old = (at: string) =>
    sample
      .replaceAll(since.toISOString(), '2026-05-04T09:00:07.007Z')
      .replaceAll(time.toISOString(), `2026-05-04T09:10:08.${at}Z`);
  expect(taken(old('008')).time).toEqual(new Date('2026-05-04T09:10:08Z'));
  expect(taken(old('008')).current?.status.since).toEqual(new Date('2026-05-04T09:00:07Z'));
  expect(taken(old('009')).time).toEqual(new Date('2026-05-04T09:10:08.009Z'));
});

test('what is wrong with an event is told by its field, and why', () => {
  const wrong: [(event: Sample) => void, string][] = [
    [(event) => Object.assign(event, { EventId: 'EventId-1' }), 'EventId: must be an id, a UUID.'],
    [(event) => Object.assign(event, { EventType: 'NAP' }), 'EventType: must be one of LOGIN, LOGOUT,'],
    [(event) => Object.assign(event, { EventTimestamp: '2026-02-30T00:00:00Z' }), 'EventTimestamp: must be a time'],
    [
      (event) => Object.assign(event, { EventTimestamp: '2046-01-01T00:00:00Z' }),
      'EventTimestamp: lies in the future.',
    ],
    [(event) => Object.assign(event, { CurrentAgentSnapshot: null }), 'CurrentAgentSnapshot.AgentStatus: is missing.'],
    [(event) => Object.assign(event, { AgentARN: 'agent-ARN' }), 'AgentARN: is not the ARN of such a resource.'],
    [
      (event) => Object.assign(event, { AWSAccountId: '999999999999' }),
      'AWSAccountId: is 999999999999, which is another',
    ],
    [
      (event) => Object.assign(event.CurrentAgentSnapshot.AgentStatus, { Type: 'NAP' }),
      'AgentStatus.Type: must be one',
    ],
    [(event) => Object.assign(event.CurrentAgentSnapshot, { Contacts: {} }), 'Snapshot.Contacts: must be a list.'],
    [
      (event) => Object.assign(event.CurrentAgentSnapshot, { Contacts: Array.from({ length: 101 }, () => ({})) }),
      'CurrentAgentSnapshot.Contacts: are more than 100.',
    ],
    [
      (event) => event.PreviousAgentSnapshot.Contacts.push(event.PreviousAgentSnapshot.Contacts[0] ?? {}),
      'PreviousAgentSnapshot.Contacts: name a contact twice.',
    ],
    [
      (event) => Object.assign(event.PreviousAgentSnapshot.Contacts[0] ?? {}, { State: 'nul\0' }),
      'PreviousAgentSnapshot.Contacts[0].State: must be valid Unicode text without NUL',
    ],
  ];
  for (const [change, words] of wrong) expect(outcome(change)).toContain(words);
  expect(outcome((event) => Object.assign(event, { AWSAccountId: '999999999999' }), { anyInstance: true })).toBe(
    'taken',
  );
});

test('an event from before the days that history is kept is refused', () => {
  const long = (event: Parameters<Parameters<typeof outcome>[0]>[0]) =>
    Object.assign(event, { EventTimestamp: '2024-05-30T23:59:59.000Z' });
  expect(outcome(long, { keptDays: 731 })).toMatch(/^EventTimestamp: .*longer ago than the 731 days/);
  expect(outcome(long)).toBe('taken');
});

test('events of one time stand so that each finds what the one before it left', () => {
  const status = (name: string) => ({ agent, status: { name, since: time }, contacts: [] });
  const names = ['Offline', 'Available', 'Lunch', 'Training', 'Offline '];
  const chain = names.slice(1).map((name, index) => {
    const eventId = `f0000000-0000-4000-8000-00000000000${9 - index}`;
    return taken(
      agentEvent(instance, { time, agent, current: status(name), previous: status(names[index] ?? ''), eventId }),
    );
  });
  for (const order of [chain, [...chain].reverse(), [...chain.slice(2), ...chain.slice(0, 2)]]) {
    expect(inOrder(order)).toEqual(chain);
  }
});
