import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PermissionId } from '../../access/permissions.ts';
import { pastWithin } from '../../access/reach-over-past.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { andAll, orAny } from '../../operations/search.ts';
import type { Filter } from './asked.ts';
import { agentLevels, type GroupingKey } from './definitions.ts';
import type { Part, SourceName } from './formulas.ts';

/** History as it was: nothing of this is joined with what is alive. */
const sources = {
  ENDED: { table: 'contact', time: 'disconnect_time' },
  ENQUEUED: { table: 'contact', time: 'enqueue_time' },
  CONNECTED: { table: 'contact', time: 'connected_to_agent_time' },
  ACTIVITY: { table: 'agent_interval', time: 'interval_start' },
  OFFERS: { table: 'agent_offer', time: 'end_time' },
} as const satisfies Readonly<Record<SourceName, { table: string; time: string }>>;

/** What belongs together in one interval. */
export interface Facts {
  /** Which interval, from 0. */
  readonly interval: number;
  /** Of the groupings, in their order; null: of none. */
  readonly keys: readonly (string | null)[];
  readonly parts: readonly (number | null)[];
  /** The newest snapshots in them, in which the names are. */
  readonly agentSnapshotId: string | null;
  readonly queueSnapshotId: string | null;
  /** When they were, in seconds since 1970. */
  readonly newest: number;
}

export interface Found {
  readonly rows: readonly Facts[];
  /** The parts of all of them, also of those behind the limit. */
  readonly total: readonly (number | null)[];
}

export interface FactsAsked {
  readonly edges: readonly Date[];
  readonly groupings: readonly GroupingKey[];
  readonly filters: readonly Filter[];
  readonly parts: readonly Part[];
}

type Reader = Pick<InstanceContext<Db | Tx>, 'db' | 'instance' | 'access'>;

const level = (key: GroupingKey) => (agentLevels as readonly GroupingKey[]).indexOf(key);
const isOfSnapshot = (key: GroupingKey) => key === 'AGENT' || key === 'ROUTING_PROFILE' || level(key) >= 0;

/** The columns that facts are first put together by: few rows are left then, to which names of groups are found. */
function rawColumns(groupings: readonly GroupingKey[]): string[] {
  return [
    ...(groupings.some(isOfSnapshot) ? ['agent_snapshot_id'] : []),
    ...(groupings.includes('QUEUE') ? ['queue_id', 'queue_snapshot_id'] : []),
    ...(groupings.includes('CHANNEL') ? ['channel'] : []),
    ...(groupings.includes('PHONE_NUMBER') ? ['system_endpoint'] : []),
  ];
}

function keyColumn(key: GroupingKey): RawBuilder<string | null> {
  if (key === 'AGENT') return sql`s.user_id::text`;
  if (key === 'ROUTING_PROFILE') return sql`s.routing_profile_id::text`;
  if (key === 'QUEUE') return sql`f.queue_id::text`;
  if (key === 'CHANNEL') return sql`f.channel`;
  if (key === 'PHONE_NUMBER') return sql`f.system_endpoint`;
  return sql`s.hierarchy_group_ids[${sql.raw(String(level(key) + 1))}]::text`;
}

/**
 * One statement over one source, which reads the facts once: interval by interval through the index on their time, so that few
 * groups are open at once and fit into memory. Rows come by interval and keys in the order of `compareFacts`,
 * `limit` of them at most, and as JSON, which is read several times faster than arrays and times are.
 * @param permissions by which the caller sees them
 */
export async function factsOf(
  { db, instance, access }: Reader,
  permissions: readonly PermissionId[],
  source: SourceName,
  { edges, groupings, filters, parts }: FactsAsked,
  limit: number,
): Promise<Found> {
  const { table, time } = sources[source];
  const at = sql`c.${sql.ref(time)}`;
  const raw = rawColumns(groupings);
  const rawSql = raw.map((column) => sql`c.${sql.ref(column)}`);
  const keys = groupings.map(keyColumn);
  const ofAgents = raw.includes('agent_snapshot_id');
  const ofQueues = raw.includes('queue_id');
  const columns = { agentId: sql`c.agent_id`, snapshotId: sql`c.agent_snapshot_id` };
  const [from, until] = edges.length === 2 ? edges : [sql`e.start`, sql`e.until`];
  const condition = andAll([
    sql<SqlBool>`c.instance_id = ${instance.id} and ${at} >= ${from} and ${at} < ${until}`,
    pastWithin({ instance, access }, permissions, columns),
    ...filters.map((filter) => filterCondition(instance.id, filter)),
  ]);
  const times = edges.map((edge) => edge.toISOString());
  const list = (items: readonly RawBuilder<unknown>[]) => (items.length > 0 ? sql`, ${sql.join(items)}` : sql``);
  const inner = parts.map(
    ({ kind, value, where }, index) =>
      sql`${sql.raw(kind)}(${value}) filter (where ${where})::float8 as ${sql.ref(`p${index}`)}`,
  );
  const outer = parts.map(({ kind }, index) => sql`${sql.raw(kind)}(f.${sql.ref(`p${index}`)})`);
  const newestOf = (column: string, there: boolean) =>
    there ? sql`(array_agg(f.${sql.ref(column)} order by f.newest desc, f.${sql.ref(column)}))[1]` : sql`null::uuid`;
  const { rows } = await sql<
    { interval: null; parts: readonly (number | null)[] } | ({ interval: number } & Omit<Facts, 'interval'>)
  >`
    with f as (
      select e.interval::int as interval, a.*
      from unnest(${times.slice(0, -1)}::timestamptz[], ${times.slice(1)}::timestamptz[])
        with ordinality as e (start, until, interval)
      cross join lateral (
        select max(${at}) as newest${list(rawSql)}, ${sql.join(inner)}
        from ${sql.table(table)} c where ${condition}
        ${rawSql.length > 0 ? sql`group by ${sql.join(rawSql)}` : sql``} having count(*) > 0
      ) a
    )
    select null as interval, null as keys, to_json(array[${sql.join(outer)}]::float8[]) as parts, null as newest,
      null as "agentSnapshotId", null as "queueSnapshotId"
    from f
    union all (
      select f.interval, to_json(array[${keys.length > 0 ? sql.join(keys) : sql``}]::text[]),
        to_json(array[${sql.join(outer)}]::float8[]), extract(epoch from max(f.newest))::float8,
        ${newestOf('agent_snapshot_id', ofAgents)}, ${newestOf('queue_snapshot_id', ofQueues)}
      from f ${ofAgents ? sql`left join agent_snapshot s on s.id = f.agent_snapshot_id` : sql``}
      group by f.interval${list(keys)}
      order by f.interval${list(keys.map((key) => sql`${key} collate "C"`))}
      limit ${limit}
    )`.execute(db);
  return {
    rows: rows.flatMap((row) => (row.interval === null ? [] : [{ ...row, interval: row.interval - 1 }])),
    total: rows.find((row) => row.interval === null)?.parts ?? [],
  };
}

/** As the statement orders them: by interval and keys, what has none last. */
export function compareFacts(one: Pick<Facts, 'interval' | 'keys'>, other: Pick<Facts, 'interval' | 'keys'>): number {
  if (one.interval !== other.interval) return one.interval - other.interval;
  for (const [index, key] of one.keys.entries()) {
    const against = other.keys[index] ?? null;
    if (key === against) continue;
    if (key === null) return 1;
    if (against === null) return -1;
    return Buffer.compare(Buffer.from(key), Buffer.from(against));
  }
  return 0;
}

function filterCondition(instanceId: string, { key, values }: Filter): RawBuilder<SqlBool> {
  const any = (column: RawBuilder<unknown>, type: 'uuid' | 'text') =>
    values ? sql<SqlBool>`${column} = any(${values}::${sql.raw(type)}[])` : sql<SqlBool>`${column} is null`;
  if (key === 'AGENT') return any(sql`c.agent_id`, 'uuid');
  if (key === 'QUEUE') return any(sql`c.queue_id`, 'uuid');
  if (key === 'CHANNEL') return any(sql`c.channel`, 'text');
  if (key === 'PHONE_NUMBER') return any(sql`c.system_endpoint`, 'text');
  const column =
    key === 'ROUTING_PROFILE'
      ? sql`s.routing_profile_id`
      : sql`s.hierarchy_group_ids[${sql.raw(String(level(key) + 1))}]`;
  const within = sql<SqlBool>`c.agent_snapshot_id in (
    select s.id from agent_snapshot s where s.instance_id = ${instanceId} and ${any(column, 'uuid')})`;
  // What has no agent has no routing profile and no group either.
  return values ? within : orAny([within, sql<SqlBool>`c.agent_snapshot_id is null`]);
}
