import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arnOf, instanceArn } from '../../src/operations/arn.ts';
import type { Instance } from '../../src/operations/instance.ts';

/** Records made from Amazon Connect's newest data models: contact-records/NAME, as text. */
export function sampleRecords(name: string): string {
  return readFileSync(join(import.meta.dirname, 'contact-records', name), 'utf8');
}

/** Whom the samples are of. */
export const sampleOrigin = { id: '9a1b6c52-0d3e-4f78-8a61-5c2e7d90b1f4', accountId: '111122223333' };

interface Agent {
  readonly id: string;
  readonly username: string;
  readonly routingProfile?: { readonly id: string; readonly name: string };
  readonly groups?: readonly { readonly id: string; readonly name: string }[];
}

export interface RecordOptions {
  readonly contactId: string;
  /** Seconds since this are what the other times are given in. */
  readonly start: Date;
  readonly agent?: Agent;
  readonly queue?: { readonly id: string; readonly name: string };
  /** Of the agent with the customer; 60 if left out. */
  readonly talk?: number;
  readonly updated?: number;
  /** Whatever else the record is to have, or in the place of what it has. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A contact trace record of an inbound call, as text: 5 s to the queue, 10 s in it, the talk, 20 s of work afterwards. */
export function contactRecord(instance: Instance, options: RecordOptions): string {
  const { contactId, start, agent, queue, talk = 60, updated = talk + 100, more } = options;
  const at = (seconds: number) => new Date(start.getTime() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const answered = agent !== undefined;
  const end = answered ? 15 + talk : 40;
  return JSON.stringify({
    AWSAccountId: instance.accountId,
    AWSContactTraceRecordFormatVersion: '2017-03-10',
    Agent: agent
      ? {
          ARN: arnOf(instance, 'agent', agent.id),
          AfterContactWorkDuration: 20,
          AfterContactWorkEndTimestamp: at(end + 20),
          AfterContactWorkStartTimestamp: at(end),
          AgentInteractionDuration: talk,
          ConnectedToAgentTimestamp: at(15),
          CustomerHoldDuration: 0,
          HierarchyGroups: agent.groups
            ? Object.fromEntries(
                [0, 1, 2, 3, 4].map((level) => {
                  const group = agent.groups?.[level];
                  const named = group && { ARN: arnOf(instance, 'agent-group', group.id), GroupName: group.name };
                  return [`Level${level + 1}`, named ?? null];
                }),
              )
            : null,
          LongestHoldDuration: 0,
          NumberOfHolds: 0,
          RoutingProfile: agent.routingProfile
            ? { ARN: arnOf(instance, 'routing-profile', agent.routingProfile.id), Name: agent.routingProfile.name }
            : null,
          Username: agent.username,
        }
      : null,
    AgentConnectionAttempts: answered ? 1 : 0,
    Attributes: {},
    Channel: 'VOICE',
    ConnectedToSystemTimestamp: at(0),
    ContactDetails: {},
    ContactId: contactId,
    CustomerEndpoint: { Address: '+12025550111', Type: 'TELEPHONE_NUMBER' },
    DisconnectReason: 'CUSTOMER_DISCONNECT',
    DisconnectTimestamp: at(end),
    InitialContactId: null,
    InitiationMethod: 'INBOUND',
    InitiationTimestamp: at(0),
    InstanceARN: instanceArn(instance),
    LastUpdateTimestamp: at(updated),
    MediaStreams: [{ Type: 'AUDIO' }],
    NextContactId: null,
    PreviousContactId: null,
    Queue: queue
      ? {
          ARN: arnOf(instance, 'queue', queue.id),
          DequeueTimestamp: at(answered ? 15 : end),
          Duration: (answered ? 15 : end) - 5,
          EnqueueTimestamp: at(5),
          Name: queue.name,
        }
      : null,
    Recordings: null,
    References: [],
    SegmentAttributes: {},
    SystemEndpoint: { Address: '+12025550190', Type: 'TELEPHONE_NUMBER' },
    Tags: {},
    TransferCompletedTimestamp: null,
    TransferredToEndpoint: null,
    ...more,
  });
}
