import type { AgentSnapshot, QueueSnapshot } from '../contacts/types.ts';
import type { AgentContact, AgentEvent, AgentState } from './agent-event.ts';
import { activityOf } from './segments.ts';

/** A contact that was offered to an agent, or a call that the agent made, until it was connected or was not. */
export interface Offer {
  readonly eventId: string;
  readonly agentId: string;
  readonly contactId: string;
  readonly start: Date;
  readonly end: Date;
  readonly outcome: 'ACCEPTED' | 'MISSED' | 'REJECTED' | 'CUSTOMER_LEFT' | 'ERROR';
  readonly connectingMs: number;
  readonly queue: QueueSnapshot | null;
  readonly channel: string;
  readonly initiationMethod: string;
  readonly agent: AgentSnapshot;
}

/** The greatest that the column holds: 24 days. */
const longest = 2_147_483_647;

/**
 * The offers that had their end by this event, given the one before. What was before is what the event says itself. Where
 * that differs from what the one before left, an offer may also have ended in between, if the event tells how.
 */
export function offersEndedBy(event: AgentEvent, before: AgentEvent | null): Offer[] {
  const left = before?.current ?? null;
  const found = event.previous ?? left;
  const ended: Offer[] = [];
  for (const offered of event.current ? ringing(found) : []) {
    const known = contactIn(left, offered.contactId);
    // Told already by the event before: this one is an older state once more.
    if (known && !isRinging(known) && known.since >= offered.since) continue;
    const after = contactIn(event.current, offered.contactId);
    if (!after || !isRinging(after)) ended.push(offerOf(event, found, offered, after));
  }
  for (const offered of ringing(left)) {
    const after = contactIn(found, offered.contactId);
    if (after && !isRinging(after)) ended.push(offerOf(event, left, offered, after));
  }
  return ended;
}

const isRinging = ({ state }: AgentContact) => activityOf(state) === 'CONNECTING';
const ringing = (state: AgentState | null) => state?.contacts.filter(isRinging) ?? [];
const contactIn = (state: AgentState | null, contactId: string) =>
  state?.contacts.find((contact) => contact.contactId === contactId) ?? null;

function offerOf(
  event: AgentEvent,
  state: AgentState | null,
  offered: AgentContact,
  after: AgentContact | null,
): Offer {
  const told = after && after.since >= offered.since && after.since <= event.time ? after.since : event.time;
  const end = told > offered.since ? told : offered.since;
  return {
    eventId: event.eventId,
    agentId: event.agentId,
    contactId: offered.contactId,
    start: offered.since,
    end,
    outcome: outcomeOf(after),
    connectingMs: Math.min(end.getTime() - offered.since.getTime(), longest),
    queue: offered.queue,
    channel: offered.channel,
    initiationMethod: offered.initiationMethod,
    agent: state?.agent ?? event.agent,
  };
}

function outcomeOf(after: AgentContact | null): Offer['outcome'] {
  if (!after) return 'CUSTOMER_LEFT';
  switch (activityOf(after.state)) {
    case 'MISSED':
      return 'MISSED';
    case 'REJECTED':
      return 'REJECTED';
    case 'CONNECTED':
    case 'ON_HOLD':
    case 'PAUSED':
    case 'AFTER_CONTACT_WORK':
      return 'ACCEPTED';
    default:
      return 'ERROR';
  }
}
