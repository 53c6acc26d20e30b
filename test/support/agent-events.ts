import { createHash, randomUUID } from 'node:crypto';
import { arnOf, instanceArn } from '../../src/operations/arn.ts';
import type { Instance } from '../../src/operations/instance.ts';

export interface EventAgent {
  readonly id: string;
  readonly username: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly routingProfile?: { readonly id: string; readonly name: string };
  readonly groups?: readonly { readonly id: string; readonly name: string }[];
}

export interface EventContact {
  readonly contactId: string;
  readonly state: string;
  readonly since: Date;
  readonly channel?: string;
  readonly initiationMethod?: string;
  readonly queue?: { readonly id: string; readonly name: string };
}

export interface EventState {
  readonly agent: EventAgent;
  readonly status: { readonly name: string; readonly type?: string; readonly since: Date };
  readonly contacts: readonly EventContact[];
}

/** The same for the same name. */
function statusId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-0000-4000-8000-000000000000`;
}

function snapshotOf(instance: Instance, { agent, status, contacts }: EventState) {
  const arn = (kind: Parameters<typeof arnOf>[1], id: string) => arnOf(instance, kind, id);
  return {
    AgentStatus: {
      ARN: `${instanceArn(instance)}/agent-state/${statusId(status.name)}`,
      Name: status.name,
      StartTimestamp: status.since.toISOString(),
      ...(status.type && { Type: status.type }),
    },
    Configuration: {
      AgentHierarchyGroups: agent.groups
        ? Object.fromEntries(
            agent.groups.map(({ id, name }, index) => [
              `Level${index + 1}`,
              { ARN: arn('agent-group', id), Name: name },
            ]),
          )
        : null,
      FirstName: agent.firstName ?? null,
      LastName: agent.lastName ?? null,
      RoutingProfile: agent.routingProfile
        ? { ARN: arn('routing-profile', agent.routingProfile.id), Name: agent.routingProfile.name }
        : null,
      Username: agent.username,
    },
    Contacts: contacts.map(({ contactId, state, since, channel, initiationMethod, queue }) => ({
      Channel: channel ?? 'VOICE',
      ConnectedToAgentTimestamp: null,
      ContactId: contactId,
      InitialContactId: null,
      InitiationMethod: initiationMethod ?? 'INBOUND',
      Queue: queue ? { ARN: arn('queue', queue.id), Name: queue.name } : null,
      QueueTimestamp: null,
      State: state,
      StateStartTimestamp: since.toISOString(),
    })),
  };
}

export interface EventOptions {
  readonly time: Date;
  readonly agent: EventAgent;
  readonly current: EventState | null;
  readonly previous: EventState | null;
  readonly type?: string;
  readonly eventId?: string;
  /** Whatever else the event is to have, or in the place of what it has. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** An agent event, as text. */
export function agentEvent(instance: Instance, options: EventOptions): string {
  const { time, agent, current, previous, type = 'STATE_CHANGE', eventId = randomUUID(), more } = options;
  return JSON.stringify({
    AWSAccountId: instance.accountId,
    AgentARN: arnOf(instance, 'agent', agent.id),
    CurrentAgentSnapshot: current && snapshotOf(instance, current),
    EventId: eventId,
    EventTimestamp: time.toISOString(),
    EventType: type,
    InstanceARN: instanceArn(instance),
    PreviousAgentSnapshot: previous && snapshotOf(instance, previous),
    Version: '2017-10-01',
    ...more,
  });
}

/** What happens to an agent, so many milliseconds after the start; each is an event that knows what was before it. */
export interface Step {
  readonly at: number;
  readonly type?: string;
  readonly status?: string;
  readonly agent?: Partial<EventAgent>;
  /** Sets the state of a contact; null: the agent has it no longer. */
  readonly contact?: Omit<EventContact, 'since' | 'state'> & { readonly state: string | null };
  readonly eventId?: string;
}

/** The stream of an agent, offline at first. */
export function agentStream(instance: Instance, agent: EventAgent, start: Date, steps: readonly Step[]): string[] {
  let state: EventState = { agent, status: { name: 'Offline', type: 'OFFLINE', since: start }, contacts: [] };
  return steps.map(({ at, type, status, agent: changed, contact, eventId }) => {
    const time = new Date(start.getTime() + at);
    const previous = state;
    const others = state.contacts.filter(({ contactId }) => contactId !== contact?.contactId);
    state = {
      agent: { ...state.agent, ...changed },
      status: status === undefined ? state.status : { name: status, type: typeOf(status), since: time },
      contacts: contact
        ? [...others, ...(contact.state === null ? [] : [{ ...contact, state: contact.state, since: time }])]
        : state.contacts,
    };
    return agentEvent(instance, {
      time,
      agent: state.agent,
      current: state,
      previous,
      ...(type && { type }),
      ...(eventId && { eventId }),
    });
  });
}

function typeOf(status: string): string {
  if (status === 'Offline') return 'OFFLINE';
  return status === 'Available' ? 'ROUTABLE' : 'CUSTOM';
}
