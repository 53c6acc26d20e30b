import { sql } from 'kysely';

/** How a column of a statement comes from a row: a list of what some thousand rows have is one parameter. */
export type Column<Row> = readonly [name: string, type: string, value: (row: Row) => unknown];

/** In a list the driver would write the time of the server's zone. */
export const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

/** Rows as a table of a statement, one parameter for each column, in an order of columns that `names` tells. */
export function asTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]) {
  const names = sql.join(columns.map(([name]) => sql.ref(name)));
  // Within an array JSON is text.
  const arrays = columns.map(([, type, value]) => {
    const values = rows.map(value);
    return type === 'jsonb' ? sql`${values}::text[]::jsonb[]` : sql`${values}::${sql.raw(type)}[]`;
  });
  return { names, table: sql`unnest(${sql.join(arrays)}) as r (${names})` };
}
