import type { AgentSnapshot } from '../contacts/types.ts';
import type { AgentContact, AgentEvent, AgentState } from './agent-event.ts';
import { inOrder, stateKey } from './event-order.ts';
import { longestCounted } from './intervals.ts';
import type { Offer } from './offers.ts';
import { quarter } from './quarters.ts';

/*
 * What follows from all events of an agent, worked out anew in the plainest way, from moment to moment and contact to contact:
 * to hold what is kept against it. It shares with the derivation only the order of the events.
 */

export interface Counted {
  online: number;
  idle: number;
  contact: number;
  nonProductive: number;
  error: number;
  incomplete: boolean;
}

/** Milliseconds by the quarter's beginning and whoever the agent was then, of the quarters that anything is in. */
export function recomputeIntervals(
  given: readonly AgentEvent[],
  from: Date,
  to: Date,
  keyOf: (agent: AgentSnapshot) => string,
): Map<string, Counted> {
  const events = inOrder(given);
  const counted = new Map<string, Counted>();
  for (let start = from.getTime(); start < to.getTime(); start += quarter) {
    const moments = momentsOf(events).filter((at) => at > start && at < start + quarter);
    const points = [...new Set([start, ...moments, start + quarter])].sort((one, other) => one - other);
    for (const [index, at] of points.entries()) {
      const until = points[index + 1];
      const is = until === undefined ? null : stateAt(events, at);
      if (until === undefined || !is || is.state.status.type === 'OFFLINE' || at - is.since >= longestCounted) continue;
      const key = `${new Date(start).toISOString()} ${keyOf(is.state.agent)}`;
      const sum = counted.get(key) ?? {
        online: 0,
        idle: 0,
        contact: 0,
        nonProductive: 0,
        error: 0,
        incomplete: false,
      };
      const ms = until - at;
      const has = (...states: string[]) => is.state.contacts.some(({ state }) => states.includes(state));
      sum.online += ms;
      if (is.state.status.type === 'CUSTOM') sum.nonProductive += ms;
      else if (has('CONNECTED', 'CONNECTED_ONHOLD', 'PAUSED', 'ENDED')) sum.contact += ms;
      else sum.idle += ms;
      if (has('MISSED', 'REJECTED', 'ERROR')) sum.error += ms;
      sum.incomplete ||= is.isGap;
      counted.set(key, sum);
    }
  }
  return counted;
}

/** Whenever anything may change. */
function momentsOf(events: readonly AgentEvent[]): number[] {
  const moments = events.flatMap(({ time, previous }) => [
    time,
    ...(previous ? [previous.status.since ?? time, ...previous.contacts.map(({ since }) => since)] : []),
  ]);
  return moments.map((time) => time.getTime()).flatMap((at) => [at, at + longestCounted]);
}

/** Of the time between two events; behind the last nobody knows. */
function stateAt(events: readonly AgentEvent[], at: number) {
  const next = events.findIndex(({ time }) => time.getTime() > at);
  const event = events[next - 1];
  const following = events[next];
  if (!event?.current || !following) return null;
  const [began, ends] = [event.time.getTime(), following.time.getTime()];
  const found = following.previous;
  const isGap = found !== null && stateKey(found) !== stateKey(event.current);
  if (!isGap) return { state: event.current, since: began, isGap };
  const inside = (time: Date | null) => time !== null && time.getTime() > began && time.getTime() < ends;
  const changes = found.contacts.map(({ since }) => since.getTime()).filter((time) => time > began && time < ends);
  const foundSince =
    inside(found.status.since) && found.status.since ? found.status.since.getTime() : Math.min(...changes);
  if (at < foundSince) return { state: event.current, since: began, isGap };
  const contacts = found.contacts.filter(({ since }) => since.getTime() <= at);
  const since = Math.max(foundSince, ...changes.filter((time) => time <= at));
  return { state: { ...found, contacts }, since, isGap };
}

export interface RecomputedOffer {
  readonly contactId: string;
  readonly start: Date;
  readonly end: Date;
  readonly outcome: Offer['outcome'];
}

/** The fate of each contact, from snapshot to snapshot. */
export function recomputeOffers(given: readonly AgentEvent[]): RecomputedOffer[] {
  const events = inOrder(given);
  const ids = new Set(
    events.flatMap(({ previous, current }) =>
      [...(previous?.contacts ?? []), ...(current?.contacts ?? [])].map(({ contactId }) => contactId),
    ),
  );
  const rings = ['INCOMING', 'PENDING', 'CONNECTING'];
  return [...ids].flatMap((contactId) => {
    const offers: RecomputedOffer[] = [];
    const within = (state: AgentState | null) => state?.contacts.find((contact) => contact.contactId === contactId);
    const isRinging = (contact: AgentContact | undefined) => contact !== undefined && rings.includes(contact.state);
    let last: AgentState | null = null;
    const ended = (start: Date, time: Date, after: AgentContact | undefined) => {
      const told = after && after.since >= start && after.since <= time ? after.since : time;
      offers.push({ contactId, start, end: told > start ? told : start, outcome: outcomeOf(after?.state) });
    };
    for (const { time, previous, current } of events) {
      const known = within(last);
      const found = within(previous ?? last);
      const after = within(current);
      if (known && isRinging(known) && previous && found && !isRinging(found)) ended(known.since, time, found);
      const isOld = known && found && !isRinging(known) && isRinging(found) && known.since >= found.since;
      if (found && isRinging(found) && !isOld && current && !isRinging(after)) ended(found.since, time, after);
      last = current;
    }
    return offers;
  });
}

function outcomeOf(state: string | undefined): Offer['outcome'] {
  if (state === undefined) return 'CUSTOMER_LEFT';
  if (state === 'MISSED' || state === 'REJECTED') return state;
  return ['CONNECTED', 'CONNECTED_ONHOLD', 'PAUSED', 'ENDED'].includes(state) ? 'ACCEPTED' : 'ERROR';
}

/** From each login to the logout that is the next thing to come. */
export function recomputeSessions(
  given: readonly AgentEvent[],
): { readonly login: Date; readonly logout: Date | null }[] {
  const events = given.filter(({ type }) => type === 'LOGIN' || type === 'LOGOUT');
  const logins = new Set(events.filter(({ type }) => type === 'LOGIN').map(({ time }) => time.getTime()));
  return [...logins]
    .sort((one, other) => one - other)
    .map((login) => {
      const next = Math.min(...events.map(({ time }) => time.getTime()).filter((time) => time > login));
      const logout = events.find(({ type, time }) => type === 'LOGOUT' && time.getTime() === next);
      return { login: new Date(login), logout: logout?.time ?? null };
    });
}
