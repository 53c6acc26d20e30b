import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../../database/db.ts';
import { inTransaction } from '../../database/transaction.ts';
import { quarterOf } from './quarters.ts';

interface Derived {
  readonly table: string;
  readonly remove: RawBuilder<unknown>;
  readonly key: readonly string[];
  /** Of an instance, in the order of an index, which of them are past their time. */
  readonly past: (before: Date) => RawBuilder<SqlBool>;
}

/** What follows from the events; the segments only as far as no interval that stays is made of them. */
const derived: readonly Derived[] = [
  {
    table: 'agent_segment',
    remove: sql`delete from agent_segment`,
    key: ['instance_id', 'agent_id', 'start_time'],
    past: (before) => sql<SqlBool>`d.end_time < ${quarterOf(before)}`,
  },
  {
    table: 'agent_interval',
    remove: sql`delete from agent_interval`,
    key: ['instance_id', 'agent_id', 'interval_start', 'agent_snapshot_id'],
    past: (before) => sql<SqlBool>`d.interval_start < ${quarterOf(before)}`,
  },
  {
    table: 'agent_offer',
    remove: sql`delete from agent_offer`,
    key: ['instance_id', 'event_id', 'contact_id'],
    past: (before) => sql<SqlBool>`d.end_time < ${before}`,
  },
  {
    table: 'agent_session',
    remove: sql`delete from agent_session`,
    key: ['instance_id', 'agent_id', 'login_time', 'source'],
    past: (before) => sql<SqlBool>`d.login_time < ${before} and coalesce(d.logout_time, d.login_time) < ${before}`,
  },
];

/** Removes what agents did before. @returns whether there may be more */
export async function pruneActivity(db: Db, before: Date, limit: number): Promise<boolean> {
  let more = (await pruneEvents(db, before, limit)) > 0;
  for (const { past, ...rows } of derived) {
    // By instance, for that is how the indexes are ordered.
    const { rows: found } = await sql<{ id: string }>`
      select i.id from instance i where exists (
        select 1 from ${sql.table(rows.table)} d where d.instance_id = i.id and ${past(before)}) limit 1`.execute(db);
    const [instance] = found;
    if (!instance) continue;
    await removeSome(db, rows, sql`d.instance_id = ${instance.id} and ${past(before)}`, limit);
    more = true;
  }
  return more;
}

/**
 * The last event before that time stays while another follows: it tells what the agent was until then. Without it an event
 * that comes late would find nothing before itself, and change what is kept.
 */
function pruneEvents(db: Db, before: Date, limit: number): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows: agents } = await sql<{ instanceId: string; agentId: string }>`
      select a.instance_id as "instanceId", a.agent_id as "agentId" from agent_activity a
      where exists (
        select 1 from (
          select e.event_time, lead(e.event_time) over (order by e.event_time) as next_time
          from (
            select event_time from agent_event e
            where e.instance_id = a.instance_id and e.agent_id = a.agent_id order by e.event_time limit 2) e) e
        where e.event_time < ${before} and (e.next_time is null or e.next_time < ${before}))
      limit 100 for update skip locked`.execute(tx);
    if (agents.length === 0) return 0;
    const table = sql`unnest(${agents.map(({ instanceId }) => instanceId)}::uuid[],
      ${agents.map(({ agentId }) => agentId)}::uuid[]) as a (instance_id, agent_id)`;
    const { numAffectedRows = 0n } = await sql`
      delete from agent_event where (instance_id, event_id) in (
        select e.instance_id, e.event_id from ${table}
        join agent_event e on e.instance_id = a.instance_id and e.agent_id = a.agent_id and e.event_time < ${before}
        where exists (
          select 1 from agent_event n
          where n.instance_id = a.instance_id and n.agent_id = a.agent_id and n.event_time > e.event_time
            and n.event_time < ${before})
          or not exists (
            select 1 from agent_event n
            where n.instance_id = a.instance_id and n.agent_id = a.agent_id and n.event_time >= ${before})
        order by e.agent_id, e.event_time limit ${limit})`.execute(tx);
    await sql`
      delete from agent_segment s using ${table}
      where s.instance_id = a.instance_id and s.agent_id = a.agent_id and s.end_time is null and s.start_time < ${before}
        and not exists (
          select 1 from agent_event e where e.instance_id = a.instance_id and e.agent_id = a.agent_id)`.execute(tx);
    return Number(numAffectedRows);
  });
}

/** All of an instance that is gone. @returns whether there may be more */
export async function removeActivityOf(db: Db, instanceId: string, limit: number): Promise<boolean> {
  const tables = [
    ...derived,
    { table: 'agent_event', remove: sql`delete from agent_event`, key: ['instance_id', 'event_id'] },
    { table: 'agent_activity', remove: sql`delete from agent_activity`, key: ['instance_id', 'agent_id'] },
  ];
  for (const rows of tables) {
    if ((await removeSome(db, rows, sql`d.instance_id = ${instanceId}`, limit)) === limit) return true;
  }
  return false;
}

async function removeSome(
  db: Db,
  { table, remove, key }: Omit<Derived, 'past'>,
  condition: RawBuilder<SqlBool>,
  limit: number,
): Promise<number> {
  const columns = sql.join(key.map((name) => sql.ref(name)));
  const { numAffectedRows = 0n } = await sql`
    ${remove} where (${columns}) in (
      select ${columns} from ${sql.table(table)} d where ${condition} limit ${limit} for update skip locked)`.execute(
    db,
  );
  return Number(numAffectedRows);
}
