import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { shownName } from '../../access/shown-names.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { Tags } from '../../database/tables.ts';
import { andAll, escapeLike } from '../../operations/search.ts';
import { type TargetColumns, targetOf } from './target-store.ts';
import type { QuickConnectType, Target } from './types.ts';

export interface DestinationFilter {
  readonly nameContains?: string | undefined;
  readonly types?: readonly QuickConnectType[] | undefined;
  readonly userIds?: readonly string[] | undefined;
  readonly orphaned?: boolean | undefined;
}

export interface DestinationPage {
  readonly sortBy: 'Name' | 'QuickConnectType' | 'Destination';
  readonly descending: boolean;
  readonly start: number;
  readonly size: number;
}

/** A quick connect beside what it leads to. */
export interface FoundDestination {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly target: Target;
  readonly tags: Tags;
  readonly lastModifiedTime: Date;
  /** Whether what it leads to is there. */
  readonly exists: boolean;
  /** Login, queue name, number or flow name; null when it is gone, or when the caller may not be told. */
  readonly destination: string | null;
  readonly flowName: string | null;
  readonly orphaned: boolean;
}

/** An orphan is a USER quick connect without its user: derived at every look, so that it can never be out of date. */
const orphaned = sql<SqlBool>`(qc.type = 'USER' and u.id is null)`;

const destinationFor = (access: Access) => sql<string | null>`case qc.type
  when 'USER' then ${shownName(access, 'agent', 'u')} when 'QUEUE' then ${shownName(access, 'queue', 'q')}
  when 'FLOW' then ${shownName(access, 'contact-flow', 'f')} else qc.phone_number end`;

const exists = sql<boolean>`case qc.type
  when 'USER' then u.id is not null when 'QUEUE' then q.id is not null when 'FLOW' then f.id is not null else true end`;

const joined = sql`quick_connect qc
  left join users u on u.id = qc.user_id and u.instance_id = qc.instance_id
  left join queue q on q.id = qc.queue_id
  left join contact_flow f on f.id = qc.contact_flow_id`;

/** All but the filter on orphans, of which the counts are wanted either way. */
function matching(instanceId: string, filter: DestinationFilter): RawBuilder<SqlBool> {
  const conditions = [sql<SqlBool>`qc.instance_id = ${instanceId}`];
  if (filter.nameContains) {
    conditions.push(sql`lower(qc.name) like lower(${`%${escapeLike(filter.nameContains)}%`})`);
  }
  if (filter.types?.length) conditions.push(sql`qc.type = any(${filter.types}::text[])`);
  if (filter.userIds) conditions.push(sql`qc.type = 'USER' and qc.user_id = any(${filter.userIds}::uuid[])`);
  return andAll(conditions);
}

const orphanFilter = ({ orphaned: wanted }: DestinationFilter) =>
  wanted === undefined ? sql<SqlBool>`true` : sql<SqlBool>`${orphaned} = ${wanted}`;

const sortKeysFor = (access: Access): Readonly<Record<DestinationPage['sortBy'], RawBuilder<unknown>>> => ({
  Name: sql`lower(qc.name)`,
  QuickConnectType: sql`qc.type`,
  // What is gone comes first: somebody who sorts by destination looks for it. Places tell nothing of names not told.
  Destination: sql`coalesce(lower(${destinationFor(access)}), '')`,
});

const fromRow = (row: Omit<FoundDestination, 'target'> & TargetColumns): FoundDestination => ({
  id: row.id,
  name: row.name,
  description: row.description,
  target: targetOf(row),
  tags: row.tags,
  lastModifiedTime: row.lastModifiedTime,
  exists: row.exists,
  destination: row.destination,
  flowName: row.flowName,
  orphaned: row.orphaned,
});

export async function searchDestinations(
  db: Db | Tx,
  instanceId: string,
  access: Access,
  filter: DestinationFilter,
  page: DestinationPage,
): Promise<FoundDestination[]> {
  const direction = page.descending ? sql`desc` : sql`asc`;
  const { rows } = await sql<Parameters<typeof fromRow>[0]>`
    select qc.id, qc.name, qc.description, qc.tags, qc.type, qc.user_id, qc.queue_id, qc.contact_flow_id,
      qc.phone_number, qc.last_modified_time as "lastModifiedTime", ${destinationFor(access)} as destination, ${exists} as exists,
      ${shownName(access, 'contact-flow', 'f')} as "flowName", ${orphaned} as orphaned
    from ${joined}
    where ${matching(instanceId, filter)} and ${orphanFilter(filter)}
    order by ${sortKeysFor(access)[page.sortBy]} ${direction}, lower(qc.name) ${direction}, qc.id ${direction}
    limit ${page.size} offset ${page.start}`.execute(db);
  return rows.map(fromRow);
}

/** How many match in all, and how many orphans match but for the filter on orphans. */
export async function countDestinations(
  db: Db | Tx,
  instanceId: string,
  filter: DestinationFilter,
): Promise<{ total: number; orphaned: number }> {
  const { rows } = await sql<{ total: number; orphaned: number }>`
    select count(*) filter (where ${orphanFilter(filter)}) as total, count(*) filter (where ${orphaned}) as orphaned
    from ${joined} where ${matching(instanceId, filter)}`.execute(db);
  const [counts] = rows;
  return { total: Number(counts?.total ?? 0), orphaned: Number(counts?.orphaned ?? 0) };
}
