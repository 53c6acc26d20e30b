import type { AgentSnapshot } from '../contacts/types.ts';
import type { AgentContact, AgentEvent, AgentState, StatusType } from './agent-event.ts';
import { stateKey } from './event-order.ts';

/** What an agent was for a time. */
export interface Segment {
  readonly agentId: string;
  readonly start: Date;
  /** Null until the next event comes. */
  readonly end: Date | null;
  readonly agent: AgentSnapshot;
  readonly statusId: string | null;
  readonly statusName: string;
  readonly statusType: StatusType;
  readonly activity: string | null;
  readonly channel: string | null;
  readonly initiationMethod: string | null;
  readonly onContact: boolean;
  readonly inError: boolean;
  readonly incomplete: boolean;
}

const activities: Readonly<Record<string, string>> = {
  CONNECTED: 'CONNECTED',
  CONNECTED_ONHOLD: 'ON_HOLD',
  PAUSED: 'PAUSED',
  ENDED: 'AFTER_CONTACT_WORK',
  INCOMING: 'CONNECTING',
  PENDING: 'CONNECTING',
  CONNECTING: 'CONNECTING',
  MISSED: 'MISSED',
  REJECTED: 'REJECTED',
  ERROR: 'ERROR',
};
/** Of several contacts the first of these is what the agent does. */
const ranks = [...new Set(Object.values(activities))];
const workStates: ReadonlySet<string> = new Set(['CONNECTED', 'CONNECTED_ONHOLD', 'PAUSED', 'ENDED']);
const errorStates: ReadonlySet<string> = new Set(['MISSED', 'REJECTED', 'ERROR']);

export const activityOf = (state: string): string => (Object.hasOwn(activities, state) && activities[state]) || state;

/**
 * The segments from one event to the next; to the end of what is known without one. Where the next found something else
 * than this one left, an event between them is missing, and the times that the next tells are used instead.
 */
export function segmentsBetween(event: AgentEvent, next: AgentEvent | null): Segment[] {
  const { current, time } = event;
  if (!current) return [];
  if (!next) return [segmentOf(event.agentId, current, time, null, false)];
  if (next.time <= time) return [];
  const found = next.previous;
  if (!found || stateKey(found) === stateKey(current)) {
    return [segmentOf(event.agentId, current, time, next.time, false)];
  }
  const [first, ...more] = turnsOf(found, time, next.time);
  const segments = [segmentOf(event.agentId, current, time, first ?? next.time, true)];
  if (first === undefined) return segments;
  for (const [index, start] of [first, ...more].entries()) {
    const then = { ...found, contacts: found.contacts.filter(({ since }) => since <= start) };
    segments.push(segmentOf(event.agentId, then, start, more[index] ?? next.time, true));
  }
  return segments;
}

/**
 * When what the next event found came about, after the event before: from the beginning of its status on, or if that is
 * older from the first change of a contact on, and at each further change.
 */
function turnsOf({ status, contacts }: AgentState, after: Date, before: Date): Date[] {
  const within = (time: Date | null): time is Date => time !== null && time > after && time < before;
  const changes = contacts.map(({ since }) => since).filter(within);
  const { since } = status;
  const turns = within(since) ? [since, ...changes.filter((time) => time > since)] : changes;
  return [...new Set(turns.map((time) => time.getTime()))].sort((one, other) => one - other).map((at) => new Date(at));
}

function segmentOf(agentId: string, state: AgentState, start: Date, end: Date | null, incomplete: boolean): Segment {
  const { agent, status, contacts } = state;
  const [main] = [...contacts].sort(
    (one, other) =>
      rankOf(one) - rankOf(other) ||
      one.since.getTime() - other.since.getTime() ||
      (one.contactId < other.contactId ? -1 : 1),
  );
  return {
    agentId,
    start,
    end,
    agent,
    statusId: status.id,
    statusName: status.name,
    statusType: status.type,
    activity: main ? activityOf(main.state) : null,
    channel: main?.channel ?? null,
    initiationMethod: main?.initiationMethod ?? null,
    onContact: contacts.some(({ state }) => workStates.has(state)),
    inError: contacts.some(({ state }) => errorStates.has(state)),
    incomplete,
  };
}

/** A word that nobody knows yet comes last. */
function rankOf({ state }: AgentContact): number {
  const rank = ranks.indexOf(activityOf(state));
  return rank < 0 ? ranks.length : rank;
}
