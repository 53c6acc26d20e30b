import { createHash } from 'node:crypto';
import { instanceArn } from '../operations/arn.ts';
import type { Day } from './day.ts';
import type { Leg } from './legs.ts';
import type { SampleAgent } from './types.ts';

/** What an agent does, from the status Offline on. Each call is an event, which knows what was before. */
export interface AgentStream {
  readonly become: (name: string, time: number, type?: 'LOGIN' | 'LOGOUT') => void;
  /** Puts a contact into a state; null: the agent has none any more. */
  readonly turn: (leg: Leg, state: string | null, time: number) => void;
}

/** @param tellEvent takes each event as text */
export function agentStream(
  day: Day,
  agent: SampleAgent,
  start: number,
  tellEvent: (event: string) => void,
): AgentStream {
  let status = { name: 'Offline', type: 'OFFLINE', since: start };
  let contacts: { leg: Leg; state: string; since: number }[] = [];
  const snapshot = () => ({
    AgentStatus: {
      ARN: `${instanceArn(day.instance)}/agent-state/${createHash('sha256').update(status.name).digest('hex').slice(0, 8)}-0000-4000-8000-000000000000`,
      Name: status.name,
      StartTimestamp: day.at(status.since).toISOString(),
      Type: status.type,
    },
    Configuration: {
      AgentHierarchyGroups: Object.fromEntries(
        agent.groups.map(({ id, name }, level) => [
          `Level${level + 1}`,
          { ARN: day.arn('agent-group', id), Name: name },
        ]),
      ),
      FirstName: agent.firstName,
      LastName: agent.lastName,
      RoutingProfile: { ARN: day.arn('routing-profile', agent.routingProfile.id), Name: agent.routingProfile.name },
      Username: agent.username,
    },
    Contacts: contacts.map(({ leg, state, since }) => ({
      Channel: leg.channel,
      ContactId: leg.contactId,
      InitiationMethod: leg.method,
      Queue: { ARN: day.arn('queue', leg.queue.id), Name: leg.queue.name },
      State: state,
      StateStartTimestamp: day.at(since).toISOString(),
    })),
  });
  const tell = (time: number, change: () => void, EventType = 'STATE_CHANGE') => {
    const PreviousAgentSnapshot = snapshot();
    change();
    tellEvent(
      JSON.stringify({
        AWSAccountId: day.instance.accountId,
        AgentARN: day.arn('agent', agent.id),
        CurrentAgentSnapshot: snapshot(),
        EventId: day.idOf('event'),
        EventTimestamp: day.at(time).toISOString(),
        EventType,
        InstanceARN: instanceArn(day.instance),
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

  return { become, turn };
}
