import { sql } from 'kysely';
import { countRows } from '../database/count.ts';
import type { Tx } from '../database/db.ts';
import { type LimitedType, resources } from '../resources/resources.ts';
import { limitExceeded } from './errors.ts';

/**
 * Makes sure that the instance has room for one more. It locks the instance, so that two requests which both see the
 * last free place take turns. @throws LimitExceededException
 */
export async function requireRoom(
  tx: Tx,
  instanceId: string,
  type: LimitedType,
  advice = 'Delete some that are no longer needed.',
): Promise<void> {
  const { table, quota, words } = resources[type];
  await sql`select from instance where id = ${instanceId} for no key update`.execute(tx);
  if ((await countRows(tx, sql`from ${sql.table(table)} where instance_id = ${instanceId}`)) < quota) return;
  throw limitExceeded(`This instance has ${quota} ${words[1]}, which is its limit. ${advice}`);
}
