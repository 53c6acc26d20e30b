import { expect, test } from 'vitest';
import { sampleOrigin, sampleRecords } from '../../../test/support/contact-records.ts';
import { readContactRecord } from './contact-record.ts';

const rules = { instance: sampleOrigin, anyInstance: false, keptDays: null, now: new Date('2026-06-01T00:00:00Z') };
const [sample = ''] = sampleRecords('ctr-transfer-chain-cold.jsonl').split('\n');
interface Sample {
  [member: string]: unknown;
  Agent: Record<string, unknown>;
  Queue: Record<string, unknown>;
}

/** The sample with something else in it. */
function changed(change: (record: Sample) => void): string {
  const record = JSON.parse(sample) as Sample;
  change(record);
  return JSON.stringify(record);
}

const outcome = (text: string, more = {}) => {
  const read = readContactRecord(text, { ...rules, ...more });
  return 'reason' in read ? `${read.field}: ${read.reason}` : 'taken';
};

test('a record is read into what metrics, searches and chains need', () => {
  expect(readContactRecord(sample, rules)).toMatchObject({
    text: sample,
    contact: {
      contactId: 'c0000000-0000-4000-8000-000000000010',
      initialContactId: null,
      nextContactId: 'c0000000-0000-4000-8000-000000000011',
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      disconnectReason: 'AGENT_DISCONNECT',
      initiationTime: new Date('2025-11-03T09:00:00Z'),
      connectedToSystemTime: new Date('2025-11-03T09:00:00Z'),
      scheduledTime: null,
      enqueueTime: new Date('2025-11-03T09:00:10Z'),
      dequeueTime: new Date('2025-11-03T09:00:40Z'),
      connectedToAgentTime: new Date('2025-11-03T09:00:40Z'),
      afterContactWorkEndTime: new Date('2025-11-03T09:03:30Z'),
      transferCompletedTime: new Date('2025-11-03T09:03:10Z'),
      disconnectTime: new Date('2025-11-03T09:03:10Z'),
      lastUpdateTime: new Date('2025-11-03T09:04:55Z'),
      queueDuration: 30,
      agentInteractionDuration: 120,
      customerHoldDuration: 30,
      afterContactWorkDuration: 20,
      agentPauseDuration: null,
      numberOfHolds: 1,
      agentConnectionAttempts: 1,
      customerEndpoint: '+12025550111',
      systemEndpoint: '+12025550190',
      transferredToEndpoint: null,
      agent: {
        userId: '10000000-0000-4000-8000-0000000000a1',
        username: 'agent.one',
        routingProfile: { id: 'c4de1170-86a9-4b0f-a2f3-0de5b1c97a40', name: 'Support tier 1' },
        hierarchyPath: [
          { id: '00000001-aaaa-4bbb-8ccc-000000000001', name: 'EMEA' },
          { id: '00000002-aaaa-4bbb-8ccc-000000000002', name: 'Support' },
        ],
      },
      queue: { queueId: '7b9a4c10-2f6d-4e53-91b8-3ac4d2e60f75', type: 'STANDARD', name: 'Support' },
    },
  });
});

test('every sample is taken, with what is odd about it', () => {
  const read = (name: string) => {
    const one = readContactRecord(sampleRecords(name), rules);
    return 'reason' in one ? one : one.contact;
  };
  expect(read('ctr-abandoned-agent-null.json')).toMatchObject({
    agent: null,
    agentConnectionAttempts: 2,
    queueDuration: 48,
  });
  expect(read('ctr-task-with-pause.json')).toMatchObject({
    channel: 'TASK',
    name: 'Send refund letter',
    agentPauseDuration: 1800,
    scheduledTime: new Date('2025-11-03T08:30:00Z'),
    connectedToSystemTime: null,
  });
  expect(read('ctr-transfer-external.json')).toMatchObject({ transferredToEndpoint: '+12025550177' });
  expect(read('ctr-voice-newest-fields-2026.json')).toMatchObject({
    subtype: 'connect:Telephony',
    customerHoldDuration: 60,
  });
});

test('the hash is that of the content, in whatever order and with whatever blanks it is written', () => {
  const hash = (text: string) => {
    const read = readContactRecord(text, rules);
    return 'reason' in read ? read.reason : read.hash.toString('hex');
  };
  const reversed = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(sample)).reverse()), null, 2);
  expect(hash(reversed)).toBe(hash(sample));
  expect(hash(changed((record) => Object.assign(record, { FieldOfTheFuture: 1 })))).not.toBe(hash(sample));
});

test.each<[string, (record: Sample) => void, string]>([
  ['no id', (record) => delete record.ContactId, 'ContactId: is missing.'],
  ['an id that is none', (record) => Object.assign(record, { ContactId: 'c-1' }), 'ContactId: must be an id, a UUID.'],
  [
    'another account',
    (record) => Object.assign(record, { AWSAccountId: '999999999999' }),
    "AWSAccountId: is 999999999999, which is another account than this instance's.",
  ],
  [
    'another instance',
    (record) => Object.assign(record, { InstanceARN: String(record.InstanceARN).replace('9a1b', '0000') }),
    'InstanceARN: is that of another instance: arn:aws:connect:us-east-1:111122223333:instance/00006c52-0d3e-4f78-8a61-5c2e7d90b1f4',
  ],
  [
    'an ARN of another account, and no other word of it',
    (record) =>
      Object.assign(record, {
        AWSAccountId: null,
        InstanceARN: String(record.InstanceARN).replace('111122223333', '999999999999'),
      }),
    "InstanceARN: is of 999999999999, which is another account than this instance's.",
  ],
  [
    'no instance',
    (record) => delete record.InstanceARN,
    'InstanceARN: is missing, so that nobody can tell whether this is of this instance.',
  ],
  [
    'a day that no calendar has',
    (record) => Object.assign(record, { DisconnectTimestamp: '2025-02-30T00:00:00Z' }),
    'DisconnectTimestamp: must be a time in UTC, such as 2026-01-05T09:00:00Z.',
  ],
  [
    'another zone',
    (record) => Object.assign(record, { DisconnectTimestamp: '2025-02-20T00:00:00+01:00' }),
    'DisconnectTimestamp: must be a time in UTC, such as 2026-01-05T09:00:00Z.',
  ],
  [
    'the future',
    (record) => Object.assign(record, { LastUpdateTimestamp: '2099-01-01T00:00:00Z' }),
    'LastUpdateTimestamp: lies in the future.',
  ],
  [
    'the distant past',
    (record) => Object.assign(record, { InitiationTimestamp: '1970-01-01T00:00:00Z' }),
    'InitiationTimestamp: is before 2017, when there was no Amazon Connect.',
  ],
  [
    'an end before the beginning',
    (record) => Object.assign(record, { DisconnectTimestamp: '2025-11-03T08:59:00Z' }),
    'DisconnectTimestamp: is before InitiationTimestamp.',
  ],
  [
    'out of the queue before into it',
    (record) => Object.assign(record.Queue, { DequeueTimestamp: '2025-11-03T09:00:01Z' }),
    'Queue.DequeueTimestamp: is before Queue.EnqueueTimestamp.',
  ],
  [
    'work that ends before it begins',
    (record) => Object.assign(record.Agent, { AfterContactWorkEndTimestamp: '2025-11-03T09:03:00Z' }),
    'Agent.AfterContactWorkEndTimestamp: is before Agent.AfterContactWorkStartTimestamp.',
  ],
  [
    'a duration below zero',
    (record) => Object.assign(record.Agent, { CustomerHoldDuration: -1 }),
    'Agent.CustomerHoldDuration: must be a whole number from 0 to 34560000.',
  ],
  [
    'a duration beyond all measure',
    (record) => Object.assign(record.Queue, { Duration: 1e300 }),
    'Queue.Duration: must be a whole number from 0 to 34560000.',
  ],
  [
    'half a second',
    (record) => Object.assign(record.Agent, { AfterContactWorkDuration: 1.5 }),
    'Agent.AfterContactWorkDuration: must be a whole number from 0 to 34560000.',
  ],
  [
    'more talk than time',
    (record) => Object.assign(record.Agent, { AgentInteractionDuration: 123 }),
    'Agent.AgentInteractionDuration: is impossible: AgentInteractionDuration, CustomerHoldDuration and AgentPauseDuration are more in sum than the time with the agent.',
  ],
  [
    'NUL',
    (record) => Object.assign(record, { FieldOfTheFuture: [{ a: 'x\0' }] }),
    'FieldOfTheFuture[0].a: must be valid Unicode text without NUL characters.',
  ],
  [
    'half a surrogate pair as a key',
    (record) => Object.assign(record, { Attributes: { '\ud800': '' } }),
    'Attributes: must have keys of valid Unicode text without NUL characters.',
  ],
  [
    'an agent without a login',
    (record) => Object.assign(record.Agent, { Username: null }),
    'Agent.Username: is missing.',
  ],
  [
    'a login that is too long',
    (record) => Object.assign(record.Agent, { Username: 'x'.repeat(101) }),
    'Agent.Username: has more than 100 characters.',
  ],
  [
    'an agent that is a queue',
    (record) => Object.assign(record.Agent, { ARN: record.Queue.ARN }),
    'Agent.ARN: is not the ARN of such a resource.',
  ],
  [
    '33 KB of attributes',
    (record) => Object.assign(record, { Attributes: { a: 'x'.repeat(33 * 1024) } }),
    'Attributes: are more than 32 KB.',
  ],
  [
    'an attribute that is no text',
    (record) => Object.assign(record, { Attributes: { a: 1 } }),
    'Attributes.a: must be text.',
  ],
  ['a list for an object', (record) => Object.assign(record, { Queue: [] }), 'Queue: must be an object.'],
  [
    'a channel that is no word',
    (record) => Object.assign(record, { Channel: 'Voice' }),
    'Channel: must be a word of capital letters, such as INBOUND.',
  ],
])('%s is refused with its field and the reason', (_, change, wanted) => {
  expect(outcome(sample)).toBe('taken');
  expect(outcome(changed(change))).toBe(wanted);
});

test('what is no JSON object, or more of one than there can be, is refused as a whole', () => {
  expect(outcome('')).toBe(': This is no JSON.');
  expect(outcome('[]')).toBe(': This is no JSON object.');
  expect(outcome(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`)).toBe(
    ': This record is nested deeper than any of Amazon Connect.',
  );
  expect(outcome(`{"a":"${'x'.repeat(1024 * 1024)}"}`)).toMatch(/^: This record is longer than 1,048,576 bytes/);
});

test('a record from before the days that history is kept is refused, and one of those days is not', () => {
  const begun = (InitiationTimestamp: string) => changed((record) => Object.assign(record, { InitiationTimestamp }));
  expect(outcome(begun('2024-05-30T23:59:59Z'), { keptDays: 731 })).toMatch(
    /^InitiationTimestamp: .*longer ago than the 731 days/,
  );
  expect(outcome(begun('2024-05-30T23:59:59Z'))).toBe('taken');
  expect(outcome(begun('2024-05-31T00:00:00Z'), { keptDays: 731 })).toBe('taken');
});

test('records of other instances are taken where that is asked for, and words that are new are too', () => {
  const foreign = changed((record) =>
    Object.assign(record, { AWSAccountId: '1', InstanceARN: null, Channel: 'HOLOGRAM' }),
  );
  expect(outcome(foreign, { anyInstance: true })).toBe('taken');
  expect(outcome(changed((record) => Object.assign(record.Agent, { Username: '=1+1' })))).toBe('taken');
});
