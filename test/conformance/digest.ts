import { sql } from 'kysely';
import type { Db } from '../../src/database/db.ts';

/** What each table holds, as a number that changes with any of its rows. */
export type Digest = Readonly<Record<string, string>>;

export async function digestOf(db: Db): Promise<Digest> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema() order by tablename`.execute(db);
  const sums = tables.map(
    ({
      name,
    }) => sql`select ${name}::text as name, concat(count(*), ' rows, ', sum(hashtextextended(t::text, 0)::numeric)) as sum
      from ${sql.table(name)} t`,
  );
  const { rows } = await sql<{ name: string; sum: string }>`${sql.join(sums, sql` union all `)}`.execute(db);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

/** The tables that are not the same. */
export function changedTables(before: Digest, after: Digest): string[] {
  return Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);
}
