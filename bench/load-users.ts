import type pg from 'pg';

/**
 * Adds users straight into the database, past the API: benchmarks need many and do not measure how they came.
 * Names are spread so that sorting and searching have something to do. Answers the ids.
 */
export async function loadUsers(
  client: pg.Client,
  instanceId: string,
  count: number,
  prefix: string,
  options: {
    readonly quickConnects?: boolean;
    /** Whom they are to be; `count` of them. */
    readonly ids?: readonly string[];
  } = {},
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `with p as (select id from routing_profile where instance_id = $1 and is_default),
      s as (select id from security_profile where instance_id = $1 and name = 'Agent'),
      u as (
        insert into users (id, instance_id, username, first_name, last_name, routing_profile_id, phone_type,
          created_time, last_modified_time, last_modified_region)
        select coalesce(($4::uuid[])[n], gen_random_uuid()), $1, $3 || lpad(((n::bigint * 7919) % 1000003)::text, 7, '0'),
          'First' || (n % 997), 'Last' || (n % 991), p.id, 'SOFT_PHONE', now(), now(), 'us-east-1'
        from generate_series(1, $2::int) n, p returning id
      ),
      a as (insert into user_security_profile (user_id, security_profile_id, position) select u.id, s.id, 0 from u, s)
    select id from u`,
    [instanceId, count, prefix, options.ids ?? []],
  );
  const ids = rows.map((row) => row.id);
  if (options.quickConnects) {
    await client.query(
      `insert into quick_connect (id, instance_id, name, type, user_id, contact_flow_id, last_modified_time, last_modified_region)
      select gen_random_uuid(), $1, $3 || id, 'USER', id,
        (select id from contact_flow where instance_id = $1 and type = 'AGENT_TRANSFER' limit 1), now(), 'us-east-1'
      from unnest($2::uuid[]) id`,
      [instanceId, ids, `${prefix} quick connect `],
    );
  }
  await client.query('analyze users, user_security_profile, quick_connect');
  return ids;
}
