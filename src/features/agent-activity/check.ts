import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../../database/db.ts';
import { iso } from '../../database/rows.ts';
import { atATime } from '../contacts/history-import.ts';
import type { AgentSnapshot } from '../contacts/types.ts';
import type { AgentEvent } from './agent-event.ts';
import { keptEvent } from './import.ts';
import { quarterOf } from './quarters.ts';
import { recomputeIntervals, recomputeOffers, recomputeSessions } from './recompute.ts';
import { type EventKind, eventsWithin } from './store.ts';
import type { Window } from './windows.ts';

export interface Difference {
  /** Such as "interval 2026-05-04T09:00:00.000Z ada". */
  readonly what: string;
  readonly kept: string | null;
  readonly recomputed: string | null;
}

/** Working out anew takes time that grows with the square of them. */
export const mostChecked = 5000;

/**
 * Holds what is kept of an agent, of a time of whole quarters, against what the events themselves say.
 * @returns null where there are more events than `most`
 */
export async function checkAgent(
  db: Db,
  instanceId: string,
  agentId: string,
  { start, end, most }: { readonly start: Date; readonly end: Date; readonly most: number },
): Promise<{ readonly events: number; readonly differences: readonly Difference[] } | null> {
  const [from, to] = [quarterOf(start), quarterOf(end)];
  const ofAgent = sql`e.instance_id = ${instanceId} and e.agent_id = ${agentId}`;
  const { rows: around } = await sql<{ before: Date | null; behind: Date | null; nextLogin: Date | null }>`
    select (select max(e.event_time) from agent_event e where ${ofAgent} and e.event_time < ${iso(from)}::timestamptz) as before,
      (select min(e.event_time) from agent_event e where ${ofAgent} and e.event_time >= ${iso(to)}::timestamptz) as behind,
      (select min(e.event_time) from agent_event e
        where ${ofAgent} and e.event_time >= ${iso(to)}::timestamptz and e.type <> 'STATE_CHANGE') as "nextLogin"`.execute(
    db,
  );
  const [{ before, behind, nextLogin } = { before: null, behind: null, nextLogin: null }] = around;
  const window = { agentId, from: before ?? from, to: behind, hasEventBefore: before !== null };
  const events = await readWithin(db, instanceId, window, 'ALL', most);
  const logins = await readWithin(db, instanceId, { ...window, from, to: nextLogin }, 'LOGINS', most);
  if (!events || !logins) return null;
  const isWithin = (time: Date) => time >= from && time < to;

  const recomputed = new Map<string, string>();
  const name = ({ username }: AgentSnapshot) => username;
  for (const [key, counted] of recomputeIntervals(events, from, to, name)) {
    const { online, idle, contact, nonProductive, error } = counted;
    recomputed.set(`interval ${key}`, told({ online, idle, contact, nonProductive, error }));
  }
  for (const offer of recomputeOffers(events)) {
    const key = `offer ${offer.contactId} ${offer.start.toISOString()}`;
    if (isWithin(offer.end)) recomputed.set(key, `${offer.outcome} ${offer.end.toISOString()}`);
  }
  for (const { login, logout } of recomputeSessions(logins)) {
    if (isWithin(login)) recomputed.set(`session ${login.toISOString()}`, logout?.toISOString() ?? 'open');
  }
  const kept = await keptOf(db, instanceId, agentId, from, to);
  const keys = [...new Set([...kept.keys(), ...recomputed.keys()])].sort();
  return {
    events: events.filter(({ time }) => isWithin(time)).length,
    differences: keys
      .map((what) => ({ what, kept: kept.get(what) ?? null, recomputed: recomputed.get(what) ?? null }))
      .filter((one) => one.kept !== one.recomputed),
  };
}

async function readWithin(
  db: Db,
  instanceId: string,
  window: Window,
  kind: EventKind,
  most: number,
): Promise<AgentEvent[] | null> {
  const kept = await eventsWithin(db, instanceId, [window], kind, most + 1);
  if (kept.length > most) return null;
  const events: AgentEvent[] = [];
  for (const [index, one] of kept.entries()) {
    if (index % atATime === atATime - 1) await turn();
    events.push(keptEvent(one));
  }
  return events;
}

const told = (ms: Readonly<Record<string, number>>) =>
  Object.entries(ms)
    .map(([name, count]) => `${name} ${count} ms`)
    .join(', ');

async function keptOf(db: Db, instanceId: string, agentId: string, from: Date, to: Date): Promise<Map<string, string>> {
  const ofAgent = sql`t.instance_id = ${instanceId} and t.agent_id = ${agentId}`;
  const within = (column: string) =>
    sql`${sql.ref(column)} >= ${iso(from)}::timestamptz and ${sql.ref(column)} < ${iso(to)}::timestamptz`;
  const { rows: intervals } = await sql<{ start: Date; username: string; ms: Record<string, number> }>`
    select t.interval_start as start, a.username, json_build_object('online', sum(t.online_ms), 'idle', sum(t.idle_ms),
      'contact', sum(t.contact_ms), 'nonProductive', sum(t.non_productive_ms), 'error', sum(t.error_ms)) as ms
    from agent_interval t join agent_snapshot a on a.id = t.agent_snapshot_id
    where ${ofAgent} and ${within('t.interval_start')} group by t.interval_start, a.username`.execute(db);
  const { rows: offers } = await sql<{ contactId: string; start: Date; end: Date; outcome: string }>`
    select t.contact_id as "contactId", t.start_time as start, t.end_time as end, t.outcome from agent_offer t
    where ${ofAgent} and ${within('t.end_time')}`.execute(db);
  const { rows: sessions } = await sql<{ login: Date; logout: Date | null }>`
    select t.login_time as login, t.logout_time as logout from agent_session t
    where ${ofAgent} and t.source = 'EVENT' and ${within('t.login_time')}`.execute(db);
  return new Map([
    ...intervals.map(({ start, username, ms }) => [`interval ${start.toISOString()} ${username}`, told(ms)] as const),
    ...offers.map(
      ({ contactId, start, end, outcome }) =>
        [`offer ${contactId} ${start.toISOString()}`, `${outcome} ${end.toISOString()}`] as const,
    ),
    ...sessions.map(
      ({ login, logout }) => [`session ${login.toISOString()}`, logout?.toISOString() ?? 'open'] as const,
    ),
  ]);
}

/** Whoever had this login in what is kept. */
export async function agentsCalled(db: Db, instanceId: string, username: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct a.user_id as id from agent_snapshot a
    where a.instance_id = ${instanceId} and lower(a.username) = lower(${username}) order by a.user_id limit 100`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}
