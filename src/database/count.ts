import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from './db.ts';

/** How many rows there are: `countRows(db, sql\`from users where …\`)`. */
export async function countRows(db: Db | Tx, from: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count ${from}`.execute(db);
  return rows[0]?.count ?? 0;
}
