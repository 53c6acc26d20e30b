import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import { asTable, type Column, iso } from '../../database/rows.ts';
import { insertAgentSnapshots, insertQueueSnapshots } from '../contacts/store.ts';
import type { AgentSnapshot } from '../contacts/types.ts';
import type { AgentEvent } from './agent-event.ts';
import type { Interval, TimedSegment } from './intervals.ts';
import type { Offer } from './offers.ts';
import type { Segment } from './segments.ts';
import type { AgentSession } from './sessions.ts';
import type { Window } from './windows.ts';

/*
 * All SQL that writes what agents did. Locks, in the order that every writer keeps: agents by id, snapshots of agents by id,
 * of queues by id. Whoever holds an agent has all rows of it to themselves.
 */

/** Rows of a statement: its parameters are one list a column, but neither are those to grow without a bound. */
const mostRows = 5000;

async function inBites<Row>(rows: readonly Row[], write: (bite: readonly Row[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += mostRows) await write(rows.slice(at, at + mostRows));
}

/** Waits until nobody else changes what these agents did, until the end of the transaction. */
export async function lockAgents(tx: Tx, instanceId: string, agentIds: readonly string[]): Promise<void> {
  const agents = sql`unnest(${[...new Set(agentIds)]}::uuid[]) as a (agent_id)`;
  await sql`
    insert into agent_activity (instance_id, agent_id) select ${instanceId}, a.agent_id from ${agents} order by a.agent_id
    on conflict (instance_id, agent_id) do nothing`.execute(tx);
  await sql`
    select 1 from agent_activity l
    where l.instance_id = ${instanceId} and l.agent_id in (select a.agent_id from ${agents})
    order by l.agent_id for update`.execute(tx);
}

// ---- Events ---------------------------------------------------------------------------------------------------------

/** One that is about to be written. */
export interface PackedEvent {
  readonly event: AgentEvent;
  /** Its text as it is kept. */
  readonly packed: Buffer;
}

const eventColumns: readonly Column<PackedEvent>[] = [
  ['agent_id', 'uuid', ({ event }) => event.agentId],
  ['event_id', 'uuid', ({ event }) => event.eventId],
  ['event_time', 'timestamptz', ({ event }) => iso(event.time)],
  ['type', 'text', ({ event }) => event.type],
  ['record', 'bytea', ({ packed }) => packed],
];

/** @returns the ids of those that were not there */
export async function insertEvents(
  tx: Tx,
  instanceId: string,
  events: readonly PackedEvent[],
): Promise<ReadonlySet<string>> {
  const { names, table } = asTable(eventColumns, events);
  const { rows } = await sql<{ id: string }>`
    insert into agent_event (instance_id, ${names}) select ${instanceId}, ${names} from ${table} order by event_id
    on conflict (instance_id, event_id) do nothing
    returning event_id as id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Which of these events are there. */
export async function eventsThere(
  db: Db | Tx,
  instanceId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select event_id as id from agent_event
    where instance_id = ${instanceId} and event_id = any(${ids}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** The events that a derivation looks at: all of them, or the logins and logouts alone. */
export type EventKind = 'ALL' | 'LOGINS';

const ofKind = (kind: EventKind, alias: string) =>
  kind === 'ALL' ? sql`true` : sql`${sql.ref(alias)}.type <> 'STATE_CHANGE'`;

/** What is around events: from the one before to the one behind. */
export async function windowsAround(
  tx: Tx,
  instanceId: string,
  events: readonly AgentEvent[],
  kind: EventKind,
): Promise<Window[]> {
  const { rows } = await sql<{ agentId: string; time: Date; before: Date | null; behind: Date | null }>`
    select n.agent_id as "agentId", n.time, p.time as before, s.time as behind
    from (
      select distinct r.agent_id, r.time
      from unnest(${events.map(({ agentId }) => agentId)}::uuid[], ${events.map(({ time }) => iso(time))}::timestamptz[])
        as r (agent_id, time)) n
    cross join lateral (
      select max(e.event_time) as time from agent_event e
      where e.instance_id = ${instanceId} and e.agent_id = n.agent_id and e.event_time < n.time and ${ofKind(kind, 'e')}) p
    cross join lateral (
      select min(e.event_time) as time from agent_event e
      where e.instance_id = ${instanceId} and e.agent_id = n.agent_id and e.event_time > n.time and ${ofKind(kind, 'e')}) s`.execute(
    tx,
  );
  return rows.map(({ agentId, time, before, behind }) => ({
    agentId,
    from: before ?? time,
    to: behind,
    hasEventBefore: before !== null,
  }));
}

export interface KeptEvent {
  readonly agentId: string;
  readonly eventId: string;
  readonly time: Date;
  readonly record: Buffer;
}

/** Those of the windows, and those at their ends; `most` of them, in no order, where there is a bound. */
export async function eventsWithin(
  db: Db | Tx,
  instanceId: string,
  windows: readonly Window[],
  kind: EventKind,
  most: number | null = null,
): Promise<KeptEvent[]> {
  const { rows } = await sql<KeptEvent>`
    select e.agent_id as "agentId", e.event_id as "eventId", e.event_time as time, e.record
    from ${windowTable(windows)}
    join agent_event e on e.instance_id = ${instanceId} and e.agent_id = w.agent_id
      and e.event_time >= w.from_time and e.event_time <= w.to_time and ${ofKind(kind, 'e')}
    limit ${most}`.execute(db);
  return rows;
}

const windowTable = (windows: readonly Pick<Window, 'agentId' | 'from' | 'to'>[]): RawBuilder<unknown> =>
  sql`unnest(${windows.map(({ agentId }) => agentId)}::uuid[], ${windows.map(({ from }) => iso(from))}::timestamptz[],
    ${windows.map(({ to }) => iso(to) ?? 'infinity')}::timestamptz[]) as w (agent_id, from_time, to_time)`;

// ---- What follows from them -----------------------------------------------------------------------------------------

type WithSnapshot<Row> = Row & { readonly snapshotId: string };

const segmentColumns: readonly Column<WithSnapshot<Segment>>[] = [
  ['agent_id', 'uuid', ({ agentId }) => agentId],
  ['start_time', 'timestamptz', ({ start }) => iso(start)],
  ['end_time', 'timestamptz', ({ end }) => iso(end)],
  ['agent_snapshot_id', 'uuid', ({ snapshotId }) => snapshotId],
  ['status_id', 'uuid', ({ statusId }) => statusId],
  ['status_name', 'text', ({ statusName }) => statusName],
  ['status_type', 'text', ({ statusType }) => statusType],
  ['activity', 'text', ({ activity }) => activity],
  ['channel', 'text', ({ channel }) => channel],
  ['initiation_method', 'text', ({ initiationMethod }) => initiationMethod],
  ['on_contact', 'boolean', ({ onContact }) => onContact],
  ['in_error', 'boolean', ({ inError }) => inError],
  ['incomplete', 'boolean', ({ incomplete }) => incomplete],
];

const offerColumns: readonly Column<WithSnapshot<Offer> & { readonly queueSnapshotId: string | null }>[] = [
  ['agent_id', 'uuid', ({ agentId }) => agentId],
  ['contact_id', 'uuid', ({ contactId }) => contactId],
  ['event_id', 'uuid', ({ eventId }) => eventId],
  ['start_time', 'timestamptz', ({ start }) => iso(start)],
  ['end_time', 'timestamptz', ({ end }) => iso(end)],
  ['outcome', 'text', ({ outcome }) => outcome],
  ['connecting_ms', 'integer', ({ connectingMs }) => connectingMs],
  ['queue_id', 'uuid', ({ queue }) => queue?.queueId ?? null],
  ['queue_snapshot_id', 'uuid', ({ queueSnapshotId }) => queueSnapshotId],
  ['channel', 'text', ({ channel }) => channel],
  ['initiation_method', 'text', ({ initiationMethod }) => initiationMethod],
  ['agent_snapshot_id', 'uuid', ({ snapshotId }) => snapshotId],
];

const sessionColumns: readonly Column<WithSnapshot<AgentSession>>[] = [
  ['agent_id', 'uuid', ({ agentId }) => agentId],
  ['login_time', 'timestamptz', ({ login }) => iso(login)],
  ['logout_time', 'timestamptz', ({ logout }) => iso(logout)],
  ['agent_snapshot_id', 'uuid', ({ snapshotId }) => snapshotId],
];

export interface Derived {
  readonly segments: readonly Segment[];
  /** Of the events of which what follows is written again. */
  readonly eventIds: readonly string[];
  readonly offers: readonly Offer[];
  readonly sessions: readonly AgentSession[];
}

/** Writes what follows from the events of the windows in the place of what was there. Of agents that are locked. */
export async function replaceDerived(
  tx: Tx,
  instanceId: string,
  { all, logins }: { readonly all: readonly Window[]; readonly logins: readonly Window[] },
  { segments, eventIds, offers, sessions }: Derived,
  named: (agent: AgentSnapshot) => AgentSnapshot,
): Promise<void> {
  const agents = new Map([...segments, ...offers, ...sessions].map(({ agent }) => [agent, named(agent)]));
  const agentIds = await insertAgentSnapshots(tx, instanceId, [...agents.values()]);
  const queueIds = await insertQueueSnapshots(
    tx,
    instanceId,
    offers.flatMap(({ queue }) => queue ?? []),
  );
  const withSnapshot = <Row extends { readonly agent: AgentSnapshot }>(row: Row): WithSnapshot<Row> => ({
    ...row,
    snapshotId: agentIds(agents.get(row.agent) ?? named(row.agent)),
  });

  await sql`
    delete from agent_segment s using ${windowTable(all)}
    where s.instance_id = ${instanceId} and s.agent_id = w.agent_id
      and s.start_time >= w.from_time and s.start_time < w.to_time`.execute(tx);
  await inBites(segments.map(withSnapshot), (bite) => {
    const { names, table } = asTable(segmentColumns, bite);
    return sql`insert into agent_segment (instance_id, ${names}) select ${instanceId}, ${names} from ${table}`.execute(
      tx,
    );
  });

  await sql`
    delete from agent_offer where instance_id = ${instanceId} and event_id = any(${eventIds}::uuid[])`.execute(tx);
  const withQueue = offers.map((offer) => ({
    ...withSnapshot(offer),
    queueSnapshotId: offer.queue && queueIds(offer.queue),
  }));
  await inBites(withQueue, (bite) => {
    const { names, table } = asTable(offerColumns, bite);
    return sql`insert into agent_offer (instance_id, ${names}) select ${instanceId}, ${names} from ${table}`.execute(
      tx,
    );
  });

  await sql`
    delete from agent_session s using ${windowTable(logins)}
    where s.instance_id = ${instanceId} and s.agent_id = w.agent_id and s.source = 'EVENT'
      and s.login_time >= w.from_time and s.login_time < w.to_time`.execute(tx);
  await inBites(sessions.map(withSnapshot), (bite) => {
    const { names, table } = asTable(sessionColumns, bite);
    return sql`
      insert into agent_session (instance_id, source, ${names})
      select ${instanceId}, 'EVENT', ${names} from ${table}`.execute(tx);
  });
}

/** A time of whole quarters of an agent. */
export interface Quarters {
  readonly agentId: string;
  readonly from: Date;
  readonly to: Date;
}

/** The ended segments that reach into these times; one that reaches into two of them, twice. */
export async function segmentsIn(
  db: Db | Tx,
  instanceId: string,
  times: readonly Quarters[],
): Promise<(TimedSegment & { readonly place: number })[]> {
  const columns = sql`s.agent_id, s.start_time, s.end_time, s.agent_snapshot_id, s.status_type, s.on_contact, s.in_error,
    s.incomplete`;
  const ofAgent = sql`s.instance_id = ${instanceId} and s.agent_id = w.agent_id`;
  const { rows } = await sql<Omit<TimedSegment, 'start' | 'end'> & { place: number; start: Date; end: Date }>`
    select w.place::integer, s.agent_id as "agentId", s.start_time as start, s.end_time as end,
      s.agent_snapshot_id as "snapshotId", s.status_type as "statusType", s.on_contact as "onContact",
      s.in_error as "inError", s.incomplete
    from unnest(${times.map(({ agentId }) => agentId)}::uuid[], ${times.map(({ from }) => iso(from))}::timestamptz[],
      ${times.map(({ to }) => iso(to))}::timestamptz[]) with ordinality as w (agent_id, from_time, to_time, place)
    cross join lateral (
      select ${columns} from agent_segment s
      where ${ofAgent} and s.start_time >= w.from_time and s.start_time < w.to_time
      union all
      (select ${columns} from agent_segment s where ${ofAgent} and s.start_time < w.from_time
        order by s.start_time desc limit 1)) s
    where s.end_time > w.from_time`.execute(db);
  return rows.map((row) => ({
    ...row,
    place: row.place - 1,
    start: row.start.getTime(),
    end: row.end.getTime(),
  }));
}

const intervalColumns: readonly Column<Interval>[] = [
  ['agent_id', 'uuid', ({ agentId }) => agentId],
  ['interval_start', 'timestamptz', ({ start }) => iso(start)],
  ['agent_snapshot_id', 'uuid', ({ snapshotId }) => snapshotId],
  ['online_ms', 'integer', ({ onlineMs }) => onlineMs],
  ['idle_ms', 'integer', ({ idleMs }) => idleMs],
  ['contact_ms', 'integer', ({ contactMs }) => contactMs],
  ['non_productive_ms', 'integer', ({ nonProductiveMs }) => nonProductiveMs],
  ['error_ms', 'integer', ({ errorMs }) => errorMs],
  ['incomplete', 'boolean', ({ incomplete }) => incomplete],
];

/** Writes the intervals of these times in the place of what was there. Of agents that are locked. */
export async function replaceIntervals(
  tx: Tx,
  instanceId: string,
  times: readonly Quarters[],
  intervals: Iterable<readonly Interval[]>,
): Promise<void> {
  await sql`
    delete from agent_interval i using ${windowTable(times)}
    where i.instance_id = ${instanceId} and i.agent_id = w.agent_id
      and i.interval_start >= w.from_time and i.interval_start < w.to_time`.execute(tx);
  let waiting: Interval[] = [];
  const write = async () => {
    await inBites(waiting, (bite) => {
      const { names, table } = asTable(intervalColumns, bite);
      return sql`insert into agent_interval (instance_id, ${names}) select ${instanceId}, ${names} from ${table}`.execute(
        tx,
      );
    });
    waiting = [];
  };
  for (const some of intervals) {
    for (const one of some) waiting.push(one);
    if (waiting.length >= mostRows) await write();
  }
  await write();
}
