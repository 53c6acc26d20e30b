import type pg from 'pg';

const dayMilliseconds = 86_400_000;

/** What has happened in a centre until a midnight (UTC), in office hours. */
export interface History {
  readonly agentIds: readonly string[];
  readonly midnight: Date;
  /** Before the midnight. */
  readonly days: number;
  /** In these days. */
  readonly contacts: number;
}

/** One snapshot for each agent, and one for each of twenty queues; nothing that exists. */
export async function loadSnapshots(client: pg.Client, instanceId: string, agentIds: readonly string[]): Promise<void> {
  await client.query(
    `insert into agent_snapshot (id, instance_id, user_id, username, first_name, last_name, routing_profile_id,
      routing_profile_name, hierarchy_group_ids, hierarchy_group_names)
    select ${agentSnapshotId}, $1::uuid, a.id, 'agent-' || lpad(a.n::text, 6, '0'), 'First' || a.n % 997, 'Last' || a.n % 991,
      md5('profile' || a.n % 20)::uuid, 'Profile ' || a.n % 20,
      array[md5('site' || a.n % 5)::uuid, md5('team' || a.n % 100)::uuid], array['Site ' || a.n % 5, 'Team ' || a.n % 100]
    from unnest($2::uuid[]) with ordinality as a (id, n)`,
    [instanceId, agentIds],
  );
  await client.query(
    `insert into queue_snapshot (id, instance_id, queue_id, type, name)
    select ${queueSnapshotId}, $1::uuid, ${queueId}, 'STANDARD', 'Queue ' || c.n % 20 from generate_series(0, 19) as c (n)`,
    [instanceId],
  );
}

const agentSnapshotId = `md5($1::uuid::text || a.id)::uuid`;
const queueId = `md5('queue' || c.n % 20)::uuid`;
const queueSnapshotId = `md5($1::uuid::text || 'queue' || c.n % 20)::uuid`;

/**
 * Contacts and what they were offered to agents as, in the order of time, as imports bring them: nine of ten were answered,
 * one of fifteen was offered to somebody else before. Past the API: importing is measured by itself.
 */
export async function loadContacts(client: pg.Client, instanceId: string, history: History): Promise<void> {
  const { agentIds, contacts, days } = history;
  const parameters = [instanceId, agentIds, beginOf(history), contacts, days];
  await client.query(
    `insert into contact (instance_id, contact_id, agent_id, agent_snapshot_id, queue_id, queue_snapshot_id,
      initiation_time, connected_to_system_time, enqueue_time, dequeue_time, connected_to_agent_time,
      after_contact_work_end_time, disconnect_time, last_update_time, record_hash, version, queue_duration,
      agent_interaction_duration, customer_hold_duration, after_contact_work_duration, number_of_holds,
      agent_connection_attempts, channel, initiation_method, disconnect_reason, customer_endpoint, system_endpoint,
      attributes)
    select $1::uuid, gen_random_uuid(), a.id, case when a.id is not null then ${agentSnapshotId} end,
      ${queueId}, ${queueSnapshotId}, c.time, c.time, c.time + interval '5 s', c.time + make_interval(secs => 5 + c.wait),
      case when a.id is not null then c.time + make_interval(secs => 5 + c.wait) end,
      case when a.id is not null then c.time + make_interval(secs => 5 + c.wait + c.talk + c.hold + c.work) end,
      c.ended, c.ended + interval '2 min', decode(md5(c.n::text), 'hex'), 1, c.wait,
      case when a.id is not null then c.talk end, case when a.id is not null then c.hold end,
      case when a.id is not null then c.work end, case when a.id is not null then least(c.hold, 1) end,
      case when a.id is not null then 1 else 0 end,
      case when c.n % 10 < 7 then 'VOICE' when c.n % 10 < 9 then 'CHAT' else 'TASK' end,
      case when c.n % 10 >= 7 then 'API' when c.n % 5 = 1 then 'OUTBOUND' else 'INBOUND' end,
      case when c.n % 3 = 0 then 'AGENT_DISCONNECT' else 'CUSTOMER_DISCONNECT' end,
      '+1206555' || lpad((c.n % 10000)::text, 4, '0'), '+18005550100', '{"Product": "Current account"}'
    from (
      select c.*, case when c.agent is null then c.time + make_interval(secs => 5 + c.wait)
        else c.time + make_interval(secs => 5 + c.wait + c.talk + c.hold) end as ended
      from (
        select n, $3::timestamptz + make_interval(days => floor(n::float8 * $5 / $4)::int,
            secs => 28800 + round((n::float8 * $5 / $4 - floor(n::float8 * $5 / $4)) * 28800)) as time,
          n * 13 % 90 as wait, 60 + n * 31 % 600 as talk, case when n % 7 = 0 then 20 + n % 30 else 0 end as hold,
          10 + n * 17 % 90 as work,
          case when n % 10 <> 3 then (n::bigint * 7919 + n / 1000) % cardinality($2::uuid[]) + 1 end as agent
        from generate_series(0, $4::int - 1) n) c) c
    left join unnest($2::uuid[]) with ordinality as a (id, n) on a.n = c.agent
    order by c.n`,
    parameters,
  );
  await client.query(
    `insert into agent_offer (instance_id, agent_id, contact_id, event_id, start_time, end_time, outcome, connecting_ms,
      queue_id, queue_snapshot_id, channel, initiation_method, agent_snapshot_id)
    select c.instance_id, a.id, c.contact_id, gen_random_uuid(), o.end_time - interval '4 s', o.end_time, o.outcome, 4000,
      c.queue_id, c.queue_snapshot_id, c.channel, c.initiation_method, ${agentSnapshotId}
    from contact c
    cross join lateral (
      select c.agent_id, c.connected_to_agent_time as end_time, 'ACCEPTED' as outcome
      union all
      select ($2::uuid[])[get_byte(c.record_hash, 1) % cardinality($2::uuid[]) + 1], c.connected_to_agent_time - interval '5 s', 'MISSED'
      where get_byte(c.record_hash, 0) < 17) o
    cross join lateral (select o.agent_id as id) a
    where c.instance_id = $1 and c.agent_id is not null and c.initiation_time >= $3
      and c.initiation_time < $3::timestamptz + make_interval(days => $4)
    order by o.end_time`,
    [instanceId, agentIds, beginOf(history), days],
  );
}

/** Eight hours of each agent on each day, by quarters of an hour: an hour of them in a break, seven of ten on contact. */
export async function loadIntervals(
  client: pg.Client,
  instanceId: string,
  history: Omit<History, 'contacts'>,
): Promise<void> {
  await client.query(
    `insert into agent_interval (instance_id, agent_id, interval_start, agent_snapshot_id, online_ms, idle_ms, contact_ms,
      non_productive_ms, error_ms, incomplete)
    select $1::uuid, a.id, i.start, ${agentSnapshotId}, 900000, 900000 - i.contact - i.break, i.contact, i.break, 0, false
    from (
      select d, q, $3::timestamptz + make_interval(days => d, mins => 480 + 15 * q) as start,
        case when q % 8 = 3 then 0 else 500000 + (d * 31 + q * 17) % 300 * 1000 end as contact,
        case when q % 8 = 3 then 900000 else 0 end as break
      from generate_series(0, $4::int - 1) d, generate_series(0, 31) q) i
    cross join unnest($2::uuid[]) with ordinality as a (id, n)
    order by i.start, a.n`,
    [instanceId, history.agentIds, beginOf(history), history.days],
  );
}

const beginOf = ({ midnight, days }: Omit<History, 'contacts'>) =>
  new Date(midnight.getTime() - days * dayMilliseconds).toISOString();
