import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { mayBeNamed, namesEverybody } from '../../access/shown-names.ts';
import { countRows } from '../../database/count.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { SavedReportTable } from '../../database/tables.ts';
import { type Caller, identityOf } from '../../operations/caller.ts';
import { limitExceeded } from '../../operations/errors.ts';
import { kindOfFilter } from '../../operations/named-resources.ts';
import { andAll, escapeLike, orAny } from '../../operations/search.ts';
import { withUniqueName } from '../../operations/unique-name.ts';
import { resources } from '../../resources/resources.ts';
import { mostReports } from './rules.ts';
import type { Owner, ReportSettings, SavedReport, SavedReportStatus, SavedReportType } from './types.ts';

const fromRow = (row: Selectable<SavedReportTable>): SavedReport => ({
  id: row.id,
  name: row.name,
  type: row.type,
  status: row.status,
  owner: { type: row.owner_type, id: row.owner_id, name: row.owner_name },
  settings: row.settings as ReportSettings,
  version: row.version,
  createdTime: row.created_time,
  lastModifiedTime: row.last_modified_time,
});

/** Kept from being changed or deleted by others until the transaction ends; null when the instance has none such. */
export async function lockSavedReport(tx: Tx, instanceId: string, id: string): Promise<SavedReport | null> {
  const row = await tx
    .selectFrom('saved_report')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/**
 * Makes sure that there is room for one more of the owner. It locks the instance, so that two requests which both see the last
 * free place take turns. @throws LimitExceededException
 */
export async function requireRoomFor(tx: Tx, instanceId: string, { type, id }: Owner): Promise<void> {
  await sql`select from instance where id = ${instanceId} for no key update`.execute(tx);
  const own = sql`from saved_report where instance_id = ${instanceId} and owner_type = ${type} and owner_id = ${id}`;
  if ((await countRows(tx, own)) < mostReports) return;
  throw limitExceeded(
    `The report cannot be saved: you have ${mostReports.toLocaleString('en')} saved reports, which is the limit. Delete some that are no longer needed.`,
  );
}

const uniquely = <T>(name: string, statement: Promise<T>) =>
  withUniqueName({ constraint: 'saved_report_name_key', kind: 'saved report', name }, statement);

/** @throws DuplicateResourceException */
export async function insertSavedReport(tx: Tx, instanceId: string, report: SavedReport): Promise<void> {
  const { owner } = report;
  await uniquely(
    report.name,
    tx
      .insertInto('saved_report')
      .values({
        id: report.id,
        instance_id: instanceId,
        owner_type: owner.type,
        owner_id: owner.id,
        owner_name: owner.name,
        name: report.name,
        type: report.type,
        status: report.status,
        settings: JSON.stringify(report.settings),
        version: report.version,
        created_time: report.createdTime,
        last_modified_time: report.lastModifiedTime,
      })
      .execute(),
  );
}

/** @throws DuplicateResourceException. The caller holds the lock. */
export async function updateSavedReport(tx: Tx, after: SavedReport): Promise<void> {
  await uniquely(
    after.name,
    tx
      .updateTable('saved_report')
      .set({
        name: after.name,
        status: after.status,
        settings: JSON.stringify(after.settings),
        version: after.version,
        last_modified_time: after.lastModifiedTime,
      })
      .where('id', '=', after.id)
      .execute(),
  );
}

export async function deleteSavedReport(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('saved_report').where('id', '=', id).execute();
}

// ---- As somebody sees them ------------------------------------------------------------------------------------------

/** A report with what the reader may be told of its owner. */
export interface SeenReport extends SavedReport {
  /** Null: not to be told. */
  readonly ownerName: string | null;
  /** False: the user has been deleted. */
  readonly ownerExists: boolean;
}

export interface Reader {
  readonly access: Access;
  readonly caller: Caller;
}

const joined = sql`saved_report r left join users u
  on u.id = case when r.owner_type = 'USER' then r.owner_id::uuid end and u.instance_id = r.instance_id`;

const ownBy = (caller: Caller) => {
  const { type, id } = identityOf(caller);
  return sql<SqlBool>`(r.owner_type = ${type} and r.owner_id = ${id})`;
};

function seenColumns({ access, caller }: Reader): RawBuilder<unknown> {
  return sql`r.*, (r.owner_type <> 'USER' or u.id is not null) as owner_exists,
    case when r.owner_type <> 'USER' or ${ownBy(caller)} then r.owner_name
      when u.id is null then case when ${namesEverybody(access)} then r.owner_name end
      when ${mayBeNamed(access, 'agent', 'u')} then u.username end as shown_owner`;
}

type SeenRow = Selectable<SavedReportTable> & { owner_exists: boolean; shown_owner: string | null };

const fromSeenRow = (row: SeenRow): SeenReport => ({
  ...fromRow(row),
  ownerName: row.shown_owner,
  ownerExists: row.owner_exists,
});

/** Null when the instance has none such. Whether the reader may see it is not asked. */
export async function findSavedReport(
  db: Db | Tx,
  instanceId: string,
  reader: Reader,
  id: string,
): Promise<SeenReport | null> {
  const { rows } = await sql<SeenRow>`select ${seenColumns(reader)} from ${joined}
    where r.instance_id = ${instanceId} and r.id = ${id}`.execute(db);
  return rows[0] ? fromSeenRow(rows[0]) : null;
}

export interface SavedReportFilter {
  /** Everybody's, and not only one's own and those that are published. */
  readonly all: boolean;
  readonly nameContains: string | undefined;
  readonly types: readonly SavedReportType[] | undefined;
  readonly statuses: readonly SavedReportStatus[] | undefined;
  readonly userIds: readonly string[] | undefined;
}

export const savedReportSorts = ['Name', 'Type', 'Status', 'LastModifiedTime'] as const;

export interface SavedReportPage {
  readonly sortBy: (typeof savedReportSorts)[number];
  readonly descending: boolean;
  readonly start: number;
  readonly size: number;
}

function matching(instanceId: string, { caller }: Reader, filter: SavedReportFilter): RawBuilder<SqlBool> {
  const conditions = [sql<SqlBool>`r.instance_id = ${instanceId}`];
  if (!filter.all) conditions.push(orAny([ownBy(caller), sql<SqlBool>`r.status = 'PUBLISHED'`]));
  if (filter.nameContains) {
    conditions.push(sql`lower(r.name) like lower(${`%${escapeLike(filter.nameContains)}%`})`);
  }
  if (filter.types?.length) conditions.push(sql`r.type = any(${filter.types}::text[])`);
  if (filter.statuses?.length) conditions.push(sql`r.status = any(${filter.statuses}::text[])`);
  if (filter.userIds) {
    conditions.push(sql`r.owner_type = 'USER' and r.owner_id = any(${filter.userIds}::text[])`);
  }
  return andAll(conditions);
}

const sortKeys: Readonly<Record<SavedReportPage['sortBy'], RawBuilder<unknown>>> = {
  Name: sql`lower(r.name)`,
  Type: sql`r.type`,
  Status: sql`r.status`,
  LastModifiedTime: sql`r.last_modified_time`,
};

/** A page of them, and how many there are on all. */
export async function listSavedReports(
  db: Db,
  instanceId: string,
  reader: Reader,
  filter: SavedReportFilter,
  page: SavedReportPage,
): Promise<{ readonly reports: readonly SeenReport[]; readonly count: number }> {
  const where = matching(instanceId, reader, filter);
  const direction = page.descending ? sql`desc` : sql`asc`;
  const [{ rows }, count] = await Promise.all([
    sql<SeenRow>`select ${seenColumns(reader)} from ${joined} where ${where}
      order by ${sortKeys[page.sortBy]} ${direction}, lower(r.name) ${direction}, r.id ${direction}
      limit ${page.size} offset ${page.start}`.execute(db),
    countRows(db, sql`from saved_report r where ${where}`),
  ]);
  return { reports: rows.map(fromSeenRow), count };
}

/** What the filters of a report name that is not there any more. */
export async function goneFilterValues(
  db: Db,
  instanceId: string,
  { Filters: filters }: ReportSettings,
): Promise<{ readonly FilterKey: string; readonly FilterValue: string }[]> {
  const gone: { FilterKey: string; FilterValue: string }[] = [];
  for (const { FilterKey: key = '', FilterValues: values = [] } of filters) {
    const kind = kindOfFilter({ FilterKey: key });
    if (!kind || kind === 'override' || values.length === 0) continue;
    // The AGENT queue of a user has the user's id.
    const tables = kind === 'queue' ? [resources.queue.table, resources.agent.table] : [resources[kind].table];
    const found = tables.map(
      (table) =>
        sql`select id from ${sql.table(table)} where instance_id = ${instanceId} and id = any(${values}::uuid[])`,
    );
    const { rows } = await sql<{ id: string }>`${sql.join(found, sql` union all `)}`.execute(db);
    const there = new Set(rows.map(({ id }) => id));
    gone.push(...values.filter((id) => !there.has(id)).map((id) => ({ FilterKey: key, FilterValue: id })));
  }
  return gone;
}
