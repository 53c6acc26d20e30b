import type { AgentEvent, AgentState } from './agent-event.ts';

/** What two snapshots of the same state have in common, in whole seconds: not every stream writes more of the time. */
export function stateKey(state: AgentState): string {
  const known = keys.get(state);
  if (known !== undefined) return known;
  const key = keyOf(state);
  keys.set(state, key);
  return key;
}

/** A state is compared with that of each event beside it. */
const keys = new WeakMap<AgentState, string>();

function keyOf(state: AgentState): string {
  const seconds = (time: Date | null) => time && Math.floor(time.getTime() / 1000);
  const { id, name, since } = state.status;
  const contacts = state.contacts.map((contact) => `${contact.contactId} ${contact.state} ${seconds(contact.since)}`);
  return JSON.stringify([id ?? name, seconds(since), ...contacts.sort()]);
}

/** Far more than an agent does in a second. */
const mostChained = 100;

/**
 * Events of an agent in the order in which they happened: by their times, and those of the same time so that each finds
 * before itself what the one before it left. What is left open the ids decide, never the order in which they came. Where
 * events of one time stand rests on no others.
 */
export function inOrder(events: readonly AgentEvent[]): AgentEvent[] {
  const byTime = new Map<number, AgentEvent[]>();
  for (const event of events) {
    const time = event.time.getTime();
    const group = byTime.get(time);
    if (group) group.push(event);
    else byTime.set(time, [event]);
  }
  return [...byTime].sort(([one], [other]) => one - other).flatMap(([, group]) => chained(group));
}

function chained(group: readonly AgentEvent[]): AgentEvent[] {
  const left = [...group].sort((one, other) => (one.eventId < other.eventId ? -1 : 1));
  if (left.length === 1 || left.length > mostChained) return left;
  const chain: AgentEvent[] = [];
  let now: string | null = null;
  while (left.length > 0) {
    const following: AgentEvent | undefined =
      left.find(({ previous }) => now !== null && previous !== null && stateKey(previous) === now) ??
      left.find((one) => !left.some((other) => other !== one && leadsTo(other, one))) ??
      left[0];
    if (!following) break;
    chain.push(following);
    left.splice(left.indexOf(following), 1);
    now = following.current && stateKey(following.current);
  }
  return chain;
}

const leadsTo = (one: AgentEvent, other: AgentEvent) =>
  one.current !== null && other.previous !== null && stateKey(one.current) === stateKey(other.previous);
