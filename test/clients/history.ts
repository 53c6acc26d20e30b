import { randomUUID } from 'node:crypto';
import {
  CreateQueueCommand,
  CreateUserCommand,
  ListHoursOfOperationsCommand,
  ListQueuesCommand,
  ListRoutingProfilesCommand,
  ListSecurityProfilesCommand,
} from '@aws-sdk/client-connect';
import { instanceArn } from '../../src/operations/arn.ts';
import { agentStream, type EventAgent } from '../support/agent-events.ts';
import { apiOf } from '../support/api.ts';
import { contactRecord, type RecordOptions } from '../support/contact-records.ts';
import type { LiveServer } from '../support/live-server.ts';

/** Some hours ago, so that what is asked of the last 24 hours has it; what happens is told in seconds from here. */
const begin = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 4 * 3_600_000);

export const at = (seconds: number) => new Date(begin.getTime() + seconds * 1000);
export const minutes = (count: number) => at(count * 60);
/** Of all that happens. */
export const whole = { StartTime: minutes(0), EndTime: minutes(120) };
/** As calls without an SDK give it. */
export const wholeSeconds = { StartTime: minutes(0).getTime() / 1000, EndTime: minutes(120).getTime() / 1000 };
export const audioName = 'a call.wav';

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('an answer lacks what it must have');
  return value;
};

/** A record with some of what its agent did in the place of what `contactRecord` says. */
function withAgent(record: string, agent: object): string {
  const { Agent, ...rest } = JSON.parse(record);
  return JSON.stringify({ ...rest, Agent: { ...Agent, ...agent } });
}

/**
 * Two hours of a small centre. The examples are those of Amazon Connect's guide: a contact from 00:23 to 01:15 whose 52 minutes
 * all belong to 01:00 to 01:30, and an agent who is online from 00:00 to 00:40, which is 15, 15 and 10 minutes of its quarters.
 */
export async function importHistory({ client, instance, url, accessKeyId, secretAccessKey }: LiveServer) {
  const api = apiOf({ url, accessKeyId, secretAccessKey }, instance.region);
  const InstanceId = instance.id;
  const [queues, profiles, securityProfiles, hours] = await Promise.all([
    client.send(new ListQueuesCommand({ InstanceId, QueueTypes: ['STANDARD'] })),
    client.send(new ListRoutingProfilesCommand({ InstanceId })),
    client.send(new ListSecurityProfilesCommand({ InstanceId })),
    client.send(new ListHoursOfOperationsCommand({ InstanceId })),
  ]);
  const support = { id: found(queues.QueueSummaryList?.[0]?.Id), name: found(queues.QueueSummaryList?.[0]?.Name) };
  const HoursOfOperationId = found(hours.HoursOfOperationSummaryList?.[0]?.Id);
  const made = await client.send(new CreateQueueCommand({ InstanceId, Name: 'Billing', HoursOfOperationId }));
  const billing = { id: found(made.QueueId), name: 'Billing' };
  const [profile] = profiles.RoutingProfileSummaryList ?? [];
  const routingProfile = { id: found(profile?.Id), name: found(profile?.Name) };
  const agentProfile = securityProfiles.SecurityProfileSummaryList?.find(({ Name }) => Name === 'Agent');
  const agentCalled = async (username: string): Promise<EventAgent> => {
    const { UserId } = await client.send(
      new CreateUserCommand({
        InstanceId,
        Username: username,
        Password: 'User-Password-1',
        IdentityInfo: { FirstName: username, LastName: 'Example' },
        PhoneConfig: { PhoneType: 'SOFT_PHONE', AutoAccept: false, AfterContactWorkTimeLimit: 0 },
        RoutingProfileId: routingProfile.id,
        SecurityProfileIds: [found(agentProfile?.Id)],
      }),
    );
    return { id: found(UserId), username, firstName: username, lastName: 'Example', routingProfile };
  };
  const [ada, bob, carol, dave] = [
    await agentCalled('ada'),
    await agentCalled('bob'),
    await agentCalled('carol'),
    await agentCalled('dave'),
  ];

  const ids = {
    long: randomUUID(),
    handed: randomUUID(),
    taken: randomUUID(),
    lost: randomUUID(),
    chat: randomUUID(),
    held: randomUUID(),
    waiting: randomUUID(),
  };
  const record = (name: keyof typeof ids, start: number, options: Partial<RecordOptions>) =>
    contactRecord(instance, { contactId: ids[name], start: at(start), ...options });
  const Recordings = [
    { Location: `bucket/${audioName}`, MediaStreamType: 'AUDIO', Status: 'AVAILABLE', StorageType: 'S3' },
  ];
  const records = [
    record('long', 23 * 60, { queue: support, agent: ada, talk: 52 * 60 - 15, more: { Recordings } }),
    record('handed', 3660, {
      queue: support,
      agent: bob,
      more: {
        Attributes: { Language: 'de' },
        TransferCompletedTimestamp: at(3735).toISOString(),
        NextContactId: ids.taken,
        DisconnectReason: 'AGENT_DISCONNECT',
      },
    }),
    record('taken', 4600, {
      queue: billing,
      agent: ada,
      talk: 100,
      more: { InitiationMethod: 'TRANSFER', InitialContactId: ids.handed, PreviousContactId: ids.handed },
    }),
    record('lost', 3900, { queue: support }),
    record('chat', 4800, { queue: billing, agent: bob, talk: 300, more: { Channel: 'CHAT', InitiationMethod: 'API' } }),
    withAgent(record('held', 5000, { queue: support, agent: ada, talk: 200 }), {
      AgentInteractionDuration: 170,
      CustomerHoldDuration: 30,
      LongestHoldDuration: 30,
      NumberOfHolds: 1,
    }),
    record('waiting', 7000, {
      queue: support,
      more: {
        DisconnectTimestamp: null,
        DisconnectReason: null,
        Queue: { ARN: `${instanceArn(instance)}/queue/${support.id}`, Name: support.name, EnqueueTimestamp: at(7005) },
      },
    }),
  ];
  const missed = { contactId: ids.lost, queue: support };
  const served = { contactId: randomUUID(), queue: support };
  const second = 1000;
  const events = [
    ...agentStream(instance, carol, at(0), [
      { at: 0, type: 'LOGIN', status: 'Available' },
      { at: 600 * second, contact: { ...missed, state: 'CONNECTING' } },
      { at: 620 * second, contact: { ...missed, state: 'MISSED' } },
      { at: 630 * second, contact: { ...missed, state: null } },
      { at: 900 * second, contact: { ...served, state: 'CONNECTING' } },
      { at: 910 * second, contact: { ...served, state: 'CONNECTED' } },
      { at: 1500 * second, contact: { ...served, state: 'ENDED' } },
      { at: 1560 * second, contact: { ...served, state: null } },
      { at: 1800 * second, status: 'Break' },
      { at: 2400 * second, type: 'LOGOUT', status: 'Offline' },
    ]),
    ...agentStream(instance, dave, at(0), [{ at: 7000 * second, type: 'LOGIN', status: 'Available' }]),
  ];
  return {
    api,
    InstanceId,
    ResourceArn: instanceArn(instance),
    support,
    billing,
    ada,
    bob,
    carol,
    dave,
    ids,
    records,
    events,
  };
}

export type History = Awaited<ReturnType<typeof importHistory>>;
