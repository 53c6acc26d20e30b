import { createHash } from 'node:crypto';
import { arnOf, instanceArn } from '../operations/arn.ts';
import type { Instance } from '../operations/instance.ts';
import { numbers } from './numbers.ts';

/** Somebody who works, or has worked, in the sample centre. */
export interface SampleAgent {
  readonly id: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly left: boolean;
  readonly routingProfile: Named;
  /** From the first level down. */
  readonly groups: readonly Named[];
  readonly queues: readonly Named[];
  readonly channels: readonly ('VOICE' | 'CHAT' | 'TASK')[];
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A day of the sample centre, as Amazon Connect's streams would tell of it. */
export interface SampleDay {
  readonly records: readonly string[];
  readonly events: readonly string[];
  /** Recordings that are to have bytes. */
  readonly media: readonly {
    readonly contactId: string;
    readonly name: string;
    readonly channel: 'VOICE' | 'CHAT';
    readonly start: Date;
    readonly agent: string;
  }[];
}

const dayMilliseconds = 86_400_000;
/** On a working day, and at a weekend. */
const [onDuty, onDutyAtWeekends] = [20, 6];
const leaversOnDuty = 3;
/** From one who is on duty to the next in the list, whose neighbours are of one kind: a prime number. */
const stride = 389;
/** Since so many days nobody of those who have left has worked. */
const goneSince = 20;
/** Days whose calls have recordings, so many a day; all chats have transcripts. */
const recordedDays = 5;
const recordedCalls = 4;

/** A leg of a contact, before it is a record. */
interface Leg {
  readonly contactId: string;
  readonly channel: 'VOICE' | 'CHAT' | 'TASK';
  readonly method: string;
  readonly queue: Named;
  readonly begin: number;
  readonly enqueued: number;
  readonly customer: string;
  readonly initialId: string | null;
  readonly previousId: string | null;
}

/** The same for the same instance and day, whenever it is asked for. @param ago days before today, 1 is yesterday */
export function sampleDay(instance: Instance, agents: readonly SampleAgent[], midnight: Date, ago: number): SampleDay {
  const day = midnight.getTime() - ago * dayMilliseconds;
  const next = numbers(20_261_128 + Math.floor(day / dayMilliseconds));
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  let count = 0;
  const idOf = (kind: string) => {
    count += 1;
    const hex = createHash('sha256').update(`${instance.id} ${day} ${kind} ${count}`).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
  const at = (seconds: number) => new Date(day + seconds * 1000);
  const iso = (seconds: number) => at(seconds).toISOString().replace('.000Z', 'Z');
  const arn = (type: Parameters<typeof arnOf>[1], id: string) => arnOf(instance, type, id);

  const records: string[] = [];
  const events: string[] = [];
  const media: SampleDay['media'][number][] = [];
  /** Handed on to the queue, and not answered yet. */
  const waiting: Leg[] = [];

  const customer = () => `+1206555${String(between(0, 9999)).padStart(4, '0')}`;
  const newLeg = (channel: Leg['channel'], queue: Named, answered: number): Leg => {
    const enqueued = answered - between(3, 90);
    const method = channel === 'VOICE' ? pick(['INBOUND', 'INBOUND', 'INBOUND', 'INBOUND', 'CALLBACK']) : 'API';
    const begin = enqueued - between(5, 40);
    return {
      contactId: idOf('contact'),
      channel,
      method,
      queue,
      begin,
      enqueued,
      customer: customer(),
      initialId: null,
      previousId: null,
    };
  };

  const write = (
    leg: Leg,
    served: {
      agent: SampleAgent;
      answered: number;
      end: number;
      held: number;
      workEnd: number;
      attempts: number;
    } | null,
    end: number,
    more: object,
  ) => {
    const { channel, queue } = leg;
    const endpoint = (Address: string) => (channel === 'VOICE' ? { Address, Type: 'TELEPHONE_NUMBER' } : null);
    const left = served?.answered ?? end;
    records.push(
      JSON.stringify({
        AWSAccountId: instance.accountId,
        AWSContactTraceRecordFormatVersion: '2017-03-10',
        Agent: served && {
          ARN: arn('agent', served.agent.id),
          Username: served.agent.username,
          RoutingProfile: {
            ARN: arn('routing-profile', served.agent.routingProfile.id),
            Name: served.agent.routingProfile.name,
          },
          HierarchyGroups: Object.fromEntries(
            served.agent.groups.map(({ id, name }, level) => [
              `Level${level + 1}`,
              { ARN: arn('agent-group', id), GroupName: name },
            ]),
          ),
          ConnectedToAgentTimestamp: iso(served.answered),
          AgentInteractionDuration: served.end - served.answered - served.held,
          CustomerHoldDuration: served.held,
          LongestHoldDuration: served.held,
          NumberOfHolds: served.held > 0 ? 1 : 0,
          AfterContactWorkStartTimestamp: iso(served.end),
          AfterContactWorkEndTimestamp: iso(served.workEnd),
          AfterContactWorkDuration: served.workEnd - served.end,
        },
        AgentConnectionAttempts: served?.attempts ?? 0,
        Attributes: { Product: queue.name },
        Channel: channel,
        ConnectedToSystemTimestamp: iso(leg.begin),
        ContactId: leg.contactId,
        ContactDetails:
          channel === 'TASK' ? { ContactDetailsName: pick(['Check a letter', 'Call back', 'Review a form']) } : {},
        CustomerEndpoint: endpoint(leg.customer),
        SystemEndpoint: endpoint('+18005550100'),
        DisconnectReason: served ? pick(['CUSTOMER_DISCONNECT', 'AGENT_DISCONNECT']) : 'CUSTOMER_DISCONNECT',
        DisconnectTimestamp: iso(end),
        InitialContactId: leg.initialId,
        PreviousContactId: leg.previousId,
        NextContactId: null,
        InitiationMethod: leg.method,
        InitiationTimestamp: iso(leg.begin),
        InstanceARN: instanceArn(instance),
        LastUpdateTimestamp: iso((served?.workEnd ?? end) + 60),
        Queue: {
          ARN: arn('queue', queue.id),
          Name: queue.name,
          EnqueueTimestamp: iso(leg.enqueued),
          DequeueTimestamp: iso(left),
          Duration: left - leg.enqueued,
        },
        Recordings: null,
        Tags: {},
        ...more,
      }),
    );
  };

  /** A day of one agent, contact by contact. */
  const work = (agent: SampleAgent) => {
    const start = between(7 * 3600, 11 * 3600);
    const end = start + 6 * 3600;
    let status = { name: 'Offline', type: 'OFFLINE', since: start };
    let contacts: { leg: Leg; state: string; since: number }[] = [];
    const snapshot = () => ({
      AgentStatus: {
        ARN: `${instanceArn(instance)}/agent-state/${createHash('sha256').update(status.name).digest('hex').slice(0, 8)}-0000-4000-8000-000000000000`,
        Name: status.name,
        StartTimestamp: at(status.since).toISOString(),
        Type: status.type,
      },
      Configuration: {
        AgentHierarchyGroups: Object.fromEntries(
          agent.groups.map(({ id, name }, level) => [`Level${level + 1}`, { ARN: arn('agent-group', id), Name: name }]),
        ),
        FirstName: agent.firstName,
        LastName: agent.lastName,
        RoutingProfile: { ARN: arn('routing-profile', agent.routingProfile.id), Name: agent.routingProfile.name },
        Username: agent.username,
      },
      Contacts: contacts.map(({ leg, state, since }) => ({
        Channel: leg.channel,
        ContactId: leg.contactId,
        InitiationMethod: leg.method,
        Queue: { ARN: arn('queue', leg.queue.id), Name: leg.queue.name },
        State: state,
        StateStartTimestamp: at(since).toISOString(),
      })),
    });
    const tell = (time: number, change: () => void, EventType = 'STATE_CHANGE') => {
      const PreviousAgentSnapshot = snapshot();
      change();
      events.push(
        JSON.stringify({
          AWSAccountId: instance.accountId,
          AgentARN: arn('agent', agent.id),
          CurrentAgentSnapshot: snapshot(),
          EventId: idOf('event'),
          EventTimestamp: at(time).toISOString(),
          EventType,
          InstanceARN: instanceArn(instance),
          PreviousAgentSnapshot,
          Version: '2017-10-01',
        }),
      );
    };
    const become = (name: string, time: number, type?: string) =>
      tell(
        time,
        () => {
          status = {
            name,
            type: name === 'Available' ? 'ROUTABLE' : name === 'Offline' ? 'OFFLINE' : 'CUSTOM',
            since: time,
          };
        },
        type,
      );
    const turn = (leg: Leg, state: string | null, time: number) =>
      tell(time, () => {
        contacts = state === null ? [] : [{ leg, state, since: time }];
      });

    become('Available', start, 'LOGIN');
    let rested = false;
    for (let time = start + between(30, 600); time < end - 1800; time += between(60, 900)) {
      if (!rested && time > start + 3 * 3600) {
        rested = true;
        become('Break', time);
        time += between(900, 1800);
        become('Available', time);
        time += between(20, 120);
      }
      const handed = waiting.findIndex((leg) => leg.enqueued < time - 2 && leg.enqueued > time - 900);
      const [leg = newLeg(pick(agent.channels), pick(agent.queues), time)] =
        handed < 0 ? [] : waiting.splice(handed, 1);
      let attempts = 1;
      turn(leg, 'CONNECTING', time);
      if (next() < 0.04) {
        attempts = 2;
        turn(leg, 'MISSED', time + 20);
        turn(leg, null, time + 22);
        time += 30;
        turn(leg, 'CONNECTING', time);
      }
      const answered = time + between(2, 9);
      turn(leg, 'CONNECTED', answered);
      const talk = leg.channel === 'TASK' ? between(120, 1200) : between(60, 720);
      const held = leg.channel === 'VOICE' && next() < 0.15 ? between(15, 50) : 0;
      if (held > 0) {
        turn(leg, 'CONNECTED_ONHOLD', answered + 30);
        turn(leg, 'CONNECTED', answered + 30 + held);
      }
      const over = answered + talk + held;
      turn(leg, 'ENDED', over);
      const workEnd = over + between(10, 120);
      turn(leg, null, workEnd);
      time = workEnd;

      const handsOn = leg.channel === 'VOICE' && leg.previousId === null && next() < 0.06;
      const following = handsOn ? idOf('contact') : null;
      if (following) {
        waiting.push({
          ...leg,
          contactId: following,
          method: 'TRANSFER',
          queue: pick(agent.queues),
          begin: over,
          enqueued: over + 2,
          initialId: leg.contactId,
          previousId: leg.contactId,
        });
      }
      const calls = media.filter(({ channel }) => channel === 'VOICE').length;
      const recorded =
        ago <= recordedDays && (leg.channel === 'CHAT' || (leg.channel === 'VOICE' && calls < recordedCalls));
      const name = `${leg.contactId}_${iso(answered).slice(0, 16).replaceAll('-', '')}_UTC.${leg.channel === 'CHAT' ? 'json' : 'wav'}`;
      if (recorded) {
        media.push({
          contactId: leg.contactId,
          name,
          channel: leg.channel,
          start: at(answered),
          agent: agent.firstName,
        });
      }
      write(leg, { agent, answered, end: over, held, workEnd, attempts }, over, {
        ...(following && { NextContactId: following, TransferCompletedTimestamp: iso(over) }),
        ...(recorded && {
          Recordings: [
            {
              StorageType: 'S3',
              Location: `sample/connect/${leg.channel === 'CHAT' ? 'ChatTranscripts' : 'CallRecordings'}/${name}`,
              MediaStreamType: leg.channel === 'CHAT' ? 'CHAT' : 'AUDIO',
              ParticipantType: null,
              StartTimestamp: iso(answered),
              StopTimestamp: iso(over),
              Status: 'AVAILABLE',
              DeletionReason: null,
            },
          ],
        }),
      });
    }
    become('Offline', end, 'LOGOUT');
  };

  const weekend = [0, 6].includes(at(0).getUTCDay());
  const turnOf = (all: readonly SampleAgent[], number: number) =>
    Array.from(
      { length: Math.min(number, all.length) },
      (_, index) => all[((ago * number + index) * stride) % all.length] as SampleAgent,
    );
  const present = agents.filter(({ left }) => !left);
  const leavers = ago > goneSince ? agents.filter(({ left }) => left) : [];
  for (const agent of [...turnOf(present, weekend ? onDutyAtWeekends : onDuty), ...turnOf(leavers, leaversOnDuty)])
    work(agent);
  // Nobody has answered them.
  for (const leg of waiting) write(leg, null, leg.enqueued + between(40, 400), {});
  const queues = [...new Map(agents.flatMap((agent) => agent.queues.map((queue) => [queue.id, queue]))).values()];
  for (let index = weekend ? 20 : 0; index < 30 && queues.length > 0; index += 1) {
    const end = between(8 * 3600, 17 * 3600);
    write({ ...newLeg('VOICE', pick(queues), end), method: 'INBOUND' }, null, end, {});
  }
  return { records, events, media };
}
