import { instanceArn } from '../operations/arn.ts';
import type { Day } from './day.ts';
import type { SampleAgent, WorkedQueue } from './types.ts';

/** A leg of a contact, before it is a record. Times are seconds of the day. */
export interface Leg {
  readonly contactId: string;
  readonly channel: 'VOICE' | 'CHAT' | 'TASK';
  readonly method: string;
  readonly queue: WorkedQueue;
  readonly begin: number;
  readonly enqueued: number;
  readonly customer: string;
  readonly initialId: string | null;
  readonly previousId: string | null;
  /** Who has handed it on. */
  readonly from: SampleAgent | null;
}

/** What an agent did with one. */
export interface Served {
  readonly agent: SampleAgent;
  readonly answered: number;
  readonly end: number;
  readonly held: number;
  readonly workEnd: number;
  readonly attempts: number;
}

/** One that comes to a queue so that it can be answered at a time. */
export function newLeg(day: Day, queue: WorkedQueue, answered: number): Leg {
  const { channel } = queue;
  const enqueued = answered - day.between(3, 90);
  const method = channel === 'VOICE' ? day.pick(['INBOUND', 'INBOUND', 'INBOUND', 'INBOUND', 'CALLBACK']) : 'API';
  return {
    contactId: day.idOf('contact'),
    channel,
    method,
    queue,
    begin: enqueued - day.between(5, 40),
    enqueued,
    customer: `+1206555${String(day.between(0, 9999)).padStart(4, '0')}`,
    initialId: null,
    previousId: null,
    from: null,
  };
}

/** Its contact trace record, as text. @param served null: nobody has answered it until its end */
export function recordOf(day: Day, leg: Leg, served: Served | null, end: number, more: object = {}): string {
  const { channel, queue } = leg;
  const endpoint = (Address: string) => (channel === 'VOICE' ? { Address, Type: 'TELEPHONE_NUMBER' } : null);
  const left = served?.answered ?? end;
  return JSON.stringify({
    AWSAccountId: day.instance.accountId,
    AWSContactTraceRecordFormatVersion: '2017-03-10',
    Agent: served && {
      ARN: day.arn('agent', served.agent.id),
      Username: served.agent.username,
      RoutingProfile: {
        ARN: day.arn('routing-profile', served.agent.routingProfile.id),
        Name: served.agent.routingProfile.name,
      },
      HierarchyGroups: Object.fromEntries(
        served.agent.groups.map(({ id, name }, level) => [
          `Level${level + 1}`,
          { ARN: day.arn('agent-group', id), GroupName: name },
        ]),
      ),
      ConnectedToAgentTimestamp: day.iso(served.answered),
      AgentInteractionDuration: served.end - served.answered - served.held,
      CustomerHoldDuration: served.held,
      LongestHoldDuration: served.held,
      NumberOfHolds: served.held > 0 ? 1 : 0,
      AfterContactWorkStartTimestamp: day.iso(served.end),
      AfterContactWorkEndTimestamp: day.iso(served.workEnd),
      AfterContactWorkDuration: served.workEnd - served.end,
    },
    AgentConnectionAttempts: served?.attempts ?? 0,
    Attributes: { Product: queue.name },
    Channel: channel,
    ConnectedToSystemTimestamp: day.iso(leg.begin),
    ContactId: leg.contactId,
    ContactDetails:
      channel === 'TASK' ? { ContactDetailsName: day.pick(['Check a letter', 'Call back', 'Review a form']) } : {},
    CustomerEndpoint: endpoint(leg.customer),
    SystemEndpoint: endpoint('+18005550100'),
    DisconnectReason: served ? day.pick(['CUSTOMER_DISCONNECT', 'AGENT_DISCONNECT']) : 'CUSTOMER_DISCONNECT',
    DisconnectTimestamp: day.iso(end),
    InitialContactId: leg.initialId,
    PreviousContactId: leg.previousId,
    NextContactId: null,
    InitiationMethod: leg.method,
    InitiationTimestamp: day.iso(leg.begin),
    InstanceARN: instanceArn(day.instance),
    LastUpdateTimestamp: day.iso((served?.workEnd ?? end) + 60),
    Queue: {
      ARN: day.arn('queue', queue.id),
      Name: queue.name,
      EnqueueTimestamp: day.iso(leg.enqueued),
      DequeueTimestamp: day.iso(left),
      Duration: left - leg.enqueued,
    },
    Recordings: null,
    Tags: {},
    ...more,
  });
}
