import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { countRows } from '../database/count.ts';
import type { Db, Tx } from '../database/db.ts';
import { type InnerType, type ListedType, resources } from '../resources/resources.ts';
import { arnOf } from './arn.ts';
import type { Instance } from './instance.ts';
import { behind, cutByName, type NamePage } from './name-paging.ts';

interface Row {
  readonly id: string;
  readonly name: string;
}

/** Which of an instance's resources of a kind. */
export interface Wanted {
  readonly instanceId: string;
  /** On the kind's bare table; all of them if left out. */
  readonly condition?: RawBuilder<SqlBool> | undefined;
  readonly page: NamePage;
  /** Beside id and name; all if left out. */
  readonly columns?: readonly string[];
}

/** A page of a list. */
export interface Listed<T> {
  readonly items: T[];
  readonly nextToken: string | undefined;
}

/** A page of a search, and how many there are on all pages together. */
export interface Found<T> extends Listed<T> {
  readonly count: number;
}

const everyOne = sql<SqlBool>`true`;

/**
 * A page of what a query finds, in the order of names, as what `from` makes of each row. The query ends with its
 * condition, and its rows have an id and a name.
 */
export async function pageByName<R extends Row, Item>(
  db: Db | Tx,
  page: NamePage,
  query: RawBuilder<unknown>,
  from: (row: R) => Item,
  { name = sql.ref<string>('name'), id = sql.ref<string>('id') } = {},
): Promise<Listed<Item>> {
  const { rows } = await sql<R>`${query} and ${behind(page, name, id)}
    order by lower(${name}), ${id} limit ${page.size + 1}`.execute(db);
  const cut = cutByName(page, rows);
  return { items: cut.rows.map(from), nextToken: cut.nextToken };
}

/** A page of the resources of a kind; a row has the columns that are asked for. */
export function listByName<R extends Row, Item>(
  db: Db | Tx,
  type: ListedType,
  { instanceId, condition = everyOne, page, columns }: Wanted,
  from: (row: R) => Item,
): Promise<Listed<Item>> {
  const selected = columns ? sql.join([...new Set(['id', 'name', ...columns])].map((one) => sql.ref(one))) : sql`*`;
  const query = sql`select ${selected} from ${sql.table(resources[type].table)}
    where instance_id = ${instanceId} and ${condition}`;
  return pageByName(db, page, query, from);
}

/** The same, and the ApproximateTotalCount of a search. */
export async function searchByName<R extends Row, Item>(
  db: Db | Tx,
  type: ListedType,
  wanted: Wanted,
  from: (row: R) => Item,
): Promise<Found<Item>> {
  const { instanceId, condition = everyOne } = wanted;
  const table = sql.table(resources[type].table);
  const [listed, count] = await Promise.all([
    listByName(db, type, wanted, from),
    countRows(db, sql`from ${table} where instance_id = ${instanceId} and ${condition}`),
  ]);
  return { ...listed, count };
}

/** What lists to choose from show of every kind. */
export interface Summary extends Row {
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

interface SummaryRow extends Row {
  readonly last_modified_time: Date;
  readonly last_modified_region: string;
}

export const summaryOf = (row: SummaryRow): Summary => ({
  id: row.id,
  name: row.name,
  lastModifiedTime: row.last_modified_time,
  lastModifiedRegion: row.last_modified_region,
});

export function listSummaries(db: Db | Tx, type: ListedType, wanted: Wanted): Promise<Listed<Summary>> {
  return listByName(db, type, { ...wanted, columns: ['last_modified_time', 'last_modified_region'] }, summaryOf);
}

/** As the List operations answer it. */
export const shownSummary = (instance: Instance, type: InnerType, summary: Summary) => ({
  Id: summary.id,
  Arn: arnOf(instance, type, summary.id),
  Name: summary.name,
  LastModifiedTime: summary.lastModifiedTime,
  LastModifiedRegion: summary.lastModifiedRegion,
});
