import type { Ground } from './measure.ts';

const metrics = [
  'AGENT_ANSWER_RATE',
  'SUM_CONTACT_TIME_AGENT',
  'SUM_IDLE_TIME_AGENT',
  'AGENT_NON_RESPONSE',
  'AGENT_OCCUPANCY',
  'SUM_ONLINE_TIME_AGENT',
  'SUM_NON_PRODUCTIVE_TIME_AGENT',
  'CONTACTS_HANDLED',
  'AVG_HANDLE_TIME',
  'AVG_AFTER_CONTACT_WORK_TIME',
  'AVG_INTERACTION_TIME',
  'AVG_HOLD_TIME',
] as const;

export interface Days {
  readonly start: Date;
  readonly end: Date;
}

/** The values of each row, by its day and agent, and the totals. */
export interface Numbers {
  readonly rows: ReadonlyMap<string, readonly (number | null)[]>;
  readonly totals: readonly (number | null)[];
}

/** Agent performance by day, as the website asks for it before anybody changes anything. */
export async function askForReport({ call, instanceId }: Ground, { start, end }: Days) {
  const { status, body } = await call('GetHistoricalReport', {
    InstanceId: instanceId,
    StartTime: start.getTime() / 1000,
    EndTime: end.getTime() / 1000,
    Interval: 'DAY',
    TimeZone: 'UTC',
    Groupings: ['AGENT'],
    Metrics: metrics.map((Name) => ({ Name })),
  });
  if (status !== 200) throw new Error(`GetHistoricalReport answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

export function numbersOf({ Rows, Totals }: Awaited<ReturnType<typeof askForReport>>): Numbers {
  const values = (list: readonly { readonly Value?: number }[]) => list.map(({ Value }) => Value ?? null);
  return {
    rows: new Map(
      Rows.map(({ StartTime, Dimensions, Values }) => [
        `${new Date(Number(StartTime) * 1000).toISOString()} ${Dimensions[0]?.Id}`,
        values(Values),
      ]),
    ),
    totals: values(Totals),
  };
}

/** The rows that a report of so many metrics shows, and then cuts off. */
const mostRows = Math.floor(120_000 / (3 + metrics.length));

const values = `
  accepted::float8 / nullif(attempts, 0) * 100, coalesce(contact, 0) / 1000.0::float8, coalesce(idle, 0) / 1000.0::float8,
  coalesce(missed, 0)::float8, contact::float8 / nullif(contact + idle, 0), coalesce(online, 0) / 1000.0::float8,
  coalesce(non_productive, 0) / 1000.0::float8, coalesce(handled, 0)::float8, handle::float8 / nullif(with_handle, 0),
  work::float8 / nullif(with_work, 0), interaction::float8 / nullif(with_interaction, 0), hold::float8 / nullif(with_hold, 0)`;

const handWritten = `
  with contacts as (
    select agent_id, date_trunc('day', disconnect_time, 'UTC') as day,
      count(*) filter (where connected_to_agent_time is not null) as handled,
      sum(coalesce(agent_interaction_duration, 0) + coalesce(customer_hold_duration, 0)
        + coalesce(after_contact_work_duration, 0) + coalesce(agent_pause_duration, 0)) as handle,
      count(coalesce(agent_interaction_duration, customer_hold_duration, after_contact_work_duration, agent_pause_duration))
        as with_handle,
      sum(coalesce(after_contact_work_duration, case when connected_to_agent_time is not null then 0 end)) as work,
      count(coalesce(after_contact_work_duration, case when connected_to_agent_time is not null then 0 end)) as with_work,
      sum(agent_interaction_duration) filter (where connected_to_agent_time is not null) as interaction,
      count(agent_interaction_duration) filter (where connected_to_agent_time is not null) as with_interaction,
      sum(customer_hold_duration) filter (where number_of_holds > 0) as hold,
      count(customer_hold_duration) filter (where number_of_holds > 0) as with_hold
    from contact where instance_id = $1 and disconnect_time >= $2 and disconnect_time < $3 group by 1, 2),
  activity as (
    select agent_id, date_trunc('day', interval_start, 'UTC') as day, sum(contact_ms) as contact, sum(idle_ms) as idle,
      sum(online_ms) as online, sum(non_productive_ms) as non_productive
    from agent_interval where instance_id = $1 and interval_start >= $2 and interval_start < $3 group by 1, 2),
  offers as (
    select agent_id, date_trunc('day', end_time, 'UTC') as day, count(*) as attempts,
      count(*) filter (where outcome = 'ACCEPTED') as accepted, count(*) filter (where outcome <> 'ACCEPTED') as missed
    from agent_offer
    where instance_id = $1 and end_time >= $2 and end_time < $3 and initiation_method <> 'OUTBOUND' group by 1, 2),
  days as materialized (
    select * from contacts full join activity using (agent_id, day) full join offers using (agent_id, day)),
  whole as (
    select sum(accepted) as accepted, sum(attempts) as attempts, sum(missed) as missed, sum(contact) as contact,
      sum(idle) as idle, sum(online) as online, sum(non_productive) as non_productive, sum(handled) as handled,
      sum(handle) as handle, sum(with_handle) as with_handle, sum(work) as work, sum(with_work) as with_work,
      sum(interaction) as interaction, sum(with_interaction) as with_interaction, sum(hold) as hold,
      sum(with_hold) as with_hold
    from days)
  select null::uuid as agent, null::timestamptz as day, array[${values}]::float8[] as values from whole
  union all
  (select agent_id, day, array[${values}]::float8[] from days order by day, agent_id limit ${mostRows})`;

/** The same numbers, as somebody would write them who needs nothing else. */
export async function aggregateByHand({ client, instanceId }: Ground, { start, end }: Days): Promise<Numbers> {
  const { rows } = await client.query<{ agent: string | null; day: Date | null; values: (number | null)[] }>(
    handWritten,
    [instanceId, start.toISOString(), end.toISOString()],
  );
  return {
    // What is of no agent is in the totals alone, as in the report.
    rows: new Map(
      rows.flatMap(({ agent, day, values: list }) => (agent && day ? [[`${day.toISOString()} ${agent}`, list]] : [])),
    ),
    totals: rows.find(({ day }) => day === null)?.values ?? [],
  };
}

/** @throws where the two have computed different things, whose times would say nothing */
export function requireSame(one: Numbers, other: Numbers): void {
  const differs = (a: readonly (number | null)[], b: readonly (number | null)[] | undefined) =>
    a.some((value, index) => {
      const against = b?.[index] ?? null;
      if (value === null || against === null) return value !== against;
      return Math.abs(value - against) > 1e-6 * Math.max(1, Math.abs(value));
    });
  const say = (list: unknown) => JSON.stringify(list);
  if (one.rows.size === 0 || one.rows.size !== other.rows.size) {
    throw new Error(`The report has ${one.rows.size} rows and the aggregate by hand ${other.rows.size}.`);
  }
  if (differs(one.totals, other.totals)) throw new Error(`Totals: ${say(one.totals)} and ${say(other.totals)}.`);
  for (const [key, list] of one.rows) {
    if (differs(list, other.rows.get(key))) throw new Error(`${key}: ${say(list)} and ${say(other.rows.get(key))}.`);
  }
}
