import { setImmediate as turn } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import type { Tx } from '../../database/db.ts';
import { atATime, type RefusedText, readTexts } from '../contacts/history-import.ts';
import { namesBeside } from '../contacts/names.ts';
import { type RecordRules, rulesOfKept } from '../contacts/record-values.ts';
import { packed } from '../contacts/store.ts';
import { type AgentEvent, readAgentEvent } from './agent-event.ts';
import { inOrder } from './event-order.ts';
import { intervalsOf, type TimedSegment } from './intervals.ts';
import { type Offer, offersEndedBy } from './offers.ts';
import { quarter, quarterOf } from './quarters.ts';
import { type Segment, segmentsBetween } from './segments.ts';
import { sessionsOf } from './sessions.ts';
import {
  eventsThere,
  eventsWithin,
  insertEvents,
  type KeptEvent,
  lockAgents,
  type PackedEvent,
  type Quarters,
  replaceDerived,
  replaceIntervals,
  segmentsIn,
  windowsAround,
} from './store.ts';
import { merged, type Window } from './windows.ts';

export interface ReadEvents {
  readonly events: readonly PackedEvent[];
  /** Of heartbeats nothing is kept: what an agent is, the other events say. */
  readonly heartbeats: number;
  readonly refused: readonly RefusedText[];
}

/** What became of the events of an import that are kept, of which each is counted once. */
export interface EventCounts {
  readonly new: number;
  /** As one that was there, or came along. */
  readonly same: number;
}

/** Reads and packs events. */
export async function readAllEvents(texts: readonly string[], rules: RecordRules): Promise<ReadEvents> {
  const events: PackedEvent[] = [];
  let heartbeats = 0;
  const refused = await readTexts(
    texts,
    (text) => readAgentEvent(text, rules),
    (event, text) => {
      if (event.type === 'HEART_BEAT') heartbeats += 1;
      else events.push({ event, packed: packed(text) });
    },
  );
  return { events, heartbeats, refused };
}

/**
 * Takes the events that are not there, and derives again what they change: from the event before each of them to the one
 * behind. The order in which events come makes no difference to what is there in the end. With `dryRun` nothing is written.
 */
export async function importEvents(
  tx: Tx,
  instanceId: string,
  events: readonly PackedEvent[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<EventCounts> {
  const distinct = new Map<string, PackedEvent>();
  for (const one of events) if (!distinct.has(one.event.eventId)) distinct.set(one.event.eventId, one);
  const candidates = [...distinct.values()];
  if (dryRun) {
    const there = await eventsThere(tx, instanceId, [...distinct.keys()]);
    const count = candidates.length - there.size;
    return { new: count, same: events.length - count };
  }
  if (candidates.length > 0) {
    await lockAgents(
      tx,
      instanceId,
      candidates.map(({ event }) => event.agentId),
    );
  }
  const written = candidates.length > 0 ? await insertEvents(tx, instanceId, candidates) : new Set<string>();
  const fresh = candidates.map(({ event }) => event).filter(({ eventId }) => written.has(eventId));
  if (fresh.length > 0) await deriveAround(tx, instanceId, fresh);
  return { new: fresh.length, same: events.length - fresh.length };
}

async function deriveAround(tx: Tx, instanceId: string, fresh: readonly AgentEvent[]): Promise<void> {
  const known = new Map(fresh.map((event) => [event.eventId, event]));
  const logins = fresh.filter(({ type }) => type !== 'STATE_CHANGE');
  const windows = {
    all: merged(await windowsAround(tx, instanceId, fresh, 'ALL')),
    logins: merged(await windowsAround(tx, instanceId, logins, 'LOGINS')),
  };
  const around = await stretches(tx, instanceId, windows.all, 'ALL', known);
  const derived = await deriveAll(around);
  const sessions = (await stretches(tx, instanceId, windows.logins, 'LOGINS', known)).flatMap(({ window, events }) =>
    sessionsOf(events).filter(({ login }) => window.to === null || login < window.to),
  );
  const agents = [...derived.segments, ...derived.offers, ...sessions].map(({ agent }) => agent);
  const named = await namesBeside(tx, instanceId, agents);
  await replaceDerived(tx, instanceId, windows, { ...derived, sessions }, named);
  await deriveIntervals(tx, instanceId, quartersOf(around));
}

interface Stretch {
  readonly window: Window;
  /** In order, from the last before the window to the first behind it, and those of the same times. */
  readonly events: readonly AgentEvent[];
}

/** The windows with their events. */
async function stretches(
  tx: Tx,
  instanceId: string,
  windows: readonly Window[],
  kind: 'ALL' | 'LOGINS',
  known: ReadonlyMap<string, AgentEvent>,
): Promise<Stretch[]> {
  const byAgent = new Map<string, AgentEvent[]>();
  const kept = windows.length > 0 ? await eventsWithin(tx, instanceId, windows, kind) : [];
  for (const [index, one] of kept.entries()) {
    if (index % atATime === atATime - 1) await turn();
    const event = known.get(one.eventId) ?? keptEvent(one);
    const events = byAgent.get(one.agentId);
    if (events) events.push(event);
    else byAgent.set(one.agentId, [event]);
  }
  for (const [agentId, events] of byAgent) byAgent.set(agentId, inOrder(events));
  const at = new Map<string, number>();
  return windows.map((window) => {
    // The windows of an agent follow each other, as their events do.
    const events = byAgent.get(window.agentId) ?? [];
    let index = at.get(window.agentId) ?? 0;
    const mine: AgentEvent[] = [];
    for (; index < events.length; index += 1) {
      const event = events[index];
      if (!event || (window.to !== null && event.time > window.to)) break;
      if (event.time >= window.from) mine.push(event);
    }
    at.set(window.agentId, index);
    return { window, events: mine };
  });
}

export function keptEvent({ eventId, record }: Pick<KeptEvent, 'eventId' | 'record'>): AgentEvent {
  const event = readAgentEvent(inflateRawSync(record).toString('utf8'), rulesOfKept);
  if ('reason' in event) throw new Error(`The agent event ${eventId} is damaged: ${event.field} ${event.reason}`);
  return event;
}

async function deriveAll(around: readonly Stretch[]) {
  const segments: Segment[] = [];
  const offers: Offer[] = [];
  const eventIds: string[] = [];
  let done = 0;
  for (const { window, events } of around) {
    for (const [index, event] of events.entries()) {
      done += 1;
      if (done % atATime === 0) await turn();
      const next = events[index + 1] ?? null;
      const isBehind = window.to !== null && event.time >= window.to;
      if (!isBehind) segments.push(...segmentsBetween(event, next));
      // What the last event before the window ended rests on what is before that.
      if (window.hasEventBefore && event.time <= window.from) continue;
      eventIds.push(event.eventId);
      offers.push(...offersEndedBy(event, events[index - 1] ?? null));
    }
  }
  return { segments, offers, eventIds };
}

/** The quarters that the stretches reach into, each once. */
function quartersOf(around: readonly Stretch[]): Quarters[] {
  const times: Quarters[] = [];
  for (const { window, events } of around) {
    const end = (window.to ?? events.at(-1)?.time ?? window.from).getTime();
    const from = quarterOf(window.from);
    const to = new Date(Math.ceil(end / quarter) * quarter);
    const last = times.at(-1);
    if (last && last.agentId === window.agentId && last.to > from) {
      times[times.length - 1] = { ...last, to: to > last.to ? to : last.to };
    } else times.push({ agentId: window.agentId, from, to });
  }
  return times;
}

async function deriveIntervals(tx: Tx, instanceId: string, times: readonly Quarters[]): Promise<void> {
  const byPlace = new Map<number, TimedSegment[]>();
  for (const segment of await segmentsIn(tx, instanceId, times)) {
    const segments = byPlace.get(segment.place);
    if (segments) segments.push(segment);
    else byPlace.set(segment.place, [segment]);
  }
  const all = function* () {
    for (const [place, { from, to }] of times.entries()) {
      yield intervalsOf(byPlace.get(place) ?? [], from.getTime(), to.getTime());
    }
  };
  await replaceIntervals(tx, instanceId, times, all());
}
