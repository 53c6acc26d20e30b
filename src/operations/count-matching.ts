import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../database/db.ts';

/** ApproximateTotalCount of a search over one table, whose condition is on its bare columns. */
export async function countMatching(
  db: Db | Tx,
  table:
    | 'contact_flow'
    | 'contact_flow_module'
    | 'hours_of_operation'
    | 'queue'
    | 'routing_profile'
    | 'security_profile',
  instanceId: string,
  condition: RawBuilder<SqlBool>,
): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from ${sql.table(table)} where instance_id = ${instanceId} and ${condition}`.execute(db);
  return Number(rows[0]?.count);
}
